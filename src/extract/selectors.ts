import { sha256 } from '../lib/hash.ts';
import type { SelectorField } from '../model/selectors.ts';
import { type DateContext, readDate } from './dates.ts';
import { loadTree, pageRoot, THREAD_LIMITS, type TreeNode } from './page-tree.ts';
import { type Review, ratingOf } from './reviews.ts';
import { linesOf, type Picked, pick, wordsOf } from './selectors-pick.ts';
import type { SelectorSettings } from './selectors-settings.ts';
import { cleanAddress } from './thread/address.ts';
import { readStamp } from './thread/stamp.ts';
import { descendants } from './thread/tree-text.ts';

/** What a list page of a site told by selectors holds. */
export interface SelectedList {
  /** `on: list`: the items themselves, without those that say nothing. */
  items: Review[];
  /** `on: page`: where the items stand. */
  links: string[];
  next?: string;
}

/** What each field found in one item. */
export type FoundFields = Partial<Record<SelectorField, Picked[]>>;

export function treeOf(html: string): TreeNode | undefined {
  const $ = loadTree(html, { limits: THREAD_LIMITS });
  return $.root().get(0) ? pageRoot($) : undefined;
}

function fieldsIn(scope: TreeNode, { fields }: SelectorSettings): FoundFields {
  const pairs = Object.entries(fields).map(([name, selector]) =>
    selector === undefined ? [name, []] : [name, pick(selector, scope)],
  );
  return Object.fromEntries(pairs) as FoundFields;
}

function firstWords(found: readonly Picked[] | undefined): string | undefined {
  return found?.map(wordsOf).find((words) => words !== '');
}

/** The first address among what was found, absolute. */
export function addressIn(found: readonly Picked[] | undefined, url: string): string | undefined {
  for (const { element, value } of found ?? []) {
    const link =
      element && [element, ...descendants(element)].find(({ attribs }) => attribs.href !== undefined);
    const address = cleanAddress(value ?? link?.attribs.href, url);
    if (address !== undefined) return address;
  }
  return undefined;
}

function dateOf(found: readonly Picked[] | undefined, dates: DateContext): Date | undefined {
  for (const { element, value } of found ?? []) {
    const date = element ? readStamp(element, dates) : readDate(value ?? '', dates);
    if (date !== undefined) return date;
  }
  return undefined;
}

/** «4 из 5», `4/5`, `8 out of 10`, `★★★☆☆`, a number alone. */
export function ratingIn(words: string | undefined): Review['rating'] {
  const stars = words?.match(/★/g)?.length ?? 0;
  if (stars > 0) return { value: stars, best: Math.max(5, stars + (words?.match(/☆/g)?.length ?? 0)) };
  const [, value, best] = /(\d+(?:[.,]\d+)?)(?:\s*(?:из|of|out of|\/)\s*(\d+))?/.exec(words ?? '') ?? [];
  return ratingOf(value, best);
}

function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** What the fields of one item say, as far as they say anything. */
export function readItem(found: FoundFields, url: string, dates: DateContext): Review {
  const text = (found.text ?? [])
    .map(linesOf)
    .filter((lines) => lines !== '')
    .join('\n');
  const fields = present({
    id: firstWords(found.id),
    url: addressIn(found.permalink, url),
    title: firstWords(found.title),
    author: firstWords(found.author),
    profileUrl: addressIn(found.profile ?? found.author, url),
    publishedAt: dateOf(found.date, dates),
    rating: ratingIn(firstWords(found.rating)),
  });
  return { ...fields, text };
}

export function hasWords({ text, title }: Review): boolean {
  return text !== '' || title !== undefined;
}

/** What names an item for good: its id, its address, else who said what when. */
export function identityOf({ id, url, author, publishedAt, text }: Review): string {
  return id ?? url ?? sha256(`${author ?? ''}\n${publishedAt?.toISOString() ?? ''}\n${text}`).slice(0, 32);
}

function linksIn(
  elements: readonly TreeNode[],
  { list: { link }, on }: SelectorSettings,
  url: string,
): string[] {
  if (on === 'list' || link === undefined) return [];
  const found = elements.flatMap((element) => pick(link, element));
  const addresses = found.map((one) => addressIn([one], url));
  return [...new Set(addresses.filter((address) => address !== undefined))];
}

/** A list page. @throws InputError for a selector that cannot be read, PermanentError `broken-page` */
export function readSelectedList(
  html: string,
  url: string,
  settings: SelectorSettings,
  dates: DateContext,
): SelectedList {
  const root = treeOf(html);
  if (root === undefined) return { items: [], links: [] };
  const { item, next } = settings.list;
  const elements =
    item === undefined ? [root] : pick(item, root).flatMap(({ element }) => (element ? [element] : []));
  const items =
    settings.on === 'page'
      ? []
      : elements.map((element) => readItem(fieldsIn(element, settings), url, dates));
  const nextPage = next === undefined ? undefined : addressIn(pick(next, root), url);
  return {
    items: items.filter(hasWords),
    links: linksIn(elements, settings, url),
    ...(nextPage === undefined || nextPage === url ? {} : { next: nextPage }),
  };
}

/** The page behind a link, for `on: page`. */
export function readSelectedPage(
  html: string,
  url: string,
  settings: SelectorSettings,
  dates: DateContext,
): Review | undefined {
  const root = treeOf(html);
  const item = root && readItem(fieldsIn(root, settings), url, dates);
  return item && hasWords(item) ? item : undefined;
}
