import { load } from 'cheerio/slim';
import {
  type PlaceReport,
  type PreviewProblem,
  SELECTOR_FIELDS,
  type SelectedItem,
  type SelectorDraft,
  type SelectorField,
  type SelectorPreview,
} from '../model/selectors.ts';
import type { DateContext } from './dates.ts';
import type { TreeElement, TreeNode } from './page-tree.ts';
import { type Review, readReviews } from './reviews.ts';
import { addressIn, type FoundFields, hasWords, readItem, treeOf } from './selectors.ts';
import { reportOf, search } from './selectors-report.ts';

const SHOWN = 20;
/** Items in which each field is looked for. */
const SAMPLED = 500;
const TITLE_CHARS = 200;
const TEXT_CHARS = 400;
const MARKUP_CHARS = 4000;

const USED: Record<SelectorField, keyof Review> = {
  title: 'title',
  text: 'text',
  author: 'author',
  profile: 'profileUrl',
  date: 'publishedAt',
  id: 'id',
  rating: 'rating',
  permalink: 'url',
};

const NOTHING: SelectorPreview = { items: [], found: 0, collected: 0, links: [], places: [], problems: [] };

function shown({ title, text, author, publishedAt, url, rating }: Review): SelectedItem {
  const cut = (words: string, chars: number): string => words.slice(0, chars).toWellFormed();
  return {
    text: cut(text, TEXT_CHARS),
    ...(title === undefined ? {} : { title: cut(title, TITLE_CHARS) }),
    ...(author === undefined ? {} : { author: cut(author, TITLE_CHARS) }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(url === undefined ? {} : { url }),
    ...(rating === undefined ? {} : { rating }),
  };
}

/** All fields in all items; items without words are left out, their fields are counted. */
function readFields(
  scopes: readonly TreeNode[],
  url: string,
  { fields }: SelectorDraft,
  dates: DateContext,
): { items: Review[]; places: PlaceReport[] } {
  const searches = SELECTOR_FIELDS.flatMap((field) => {
    const selector = fields[field];
    return selector === undefined ? [] : [{ field, done: search(field, selector, scopes) }];
  });
  const items = scopes.map((_, at) => {
    const found = Object.fromEntries(searches.map(({ field, done }) => [field, done.found[at] ?? []]));
    return readItem(found as FoundFields, url, dates);
  });
  const places = searches.map(({ field, done }) =>
    reportOf(
      done,
      items.map((item) => item[USED[field]]),
    ),
  );
  return { items: items.filter(hasWords), places };
}

interface OfPage {
  elements: TreeElement[];
  places: PlaceReport[];
}

function readItems({ list: { item } }: SelectorDraft, root: TreeNode): OfPage {
  if (item === undefined) return { elements: [], places: [] };
  const done = search('item', item, [root]);
  const elements = done.found.flat().flatMap(({ element }) => (element ? [element] : []));
  return { elements, places: [reportOf(done, [elements[0]])] };
}

function readNext({ list: { next } }: SelectorDraft, root: TreeNode, url: string) {
  if (next === undefined) return { places: [] };
  const done = search('next', next, [root]);
  const address = addressIn(done.found.flat(), url);
  const places = [reportOf(done, [address])];
  return address === undefined || address === url ? { places } : { next: address, places };
}

function readLinks({ list: { link } }: SelectorDraft, scopes: readonly TreeNode[], url: string) {
  if (link === undefined) return { links: [], places: [] };
  const done = search('link', link, scopes);
  const addresses = done.found.map((one) => one.flatMap((picked) => addressIn([picked], url) ?? []));
  return {
    links: [...new Set(addresses.flat())],
    places: [
      reportOf(
        done,
        addresses.map(([first]) => first),
      ),
    ],
  };
}

function reviewsOf(html: string, url: string, dates: DateContext): SelectorPreview {
  const items = readReviews(html, url, dates);
  const counts = { found: items.length, collected: items.length };
  const problems: PreviewProblem[] = items.length === 0 ? ['no-reviews'] : [];
  return { ...NOTHING, ...counts, items: items.slice(0, SHOWN).map(shown), problems };
}

function markupOf([first]: readonly TreeElement[]): { markup?: string } {
  if (first === undefined) return {};
  return { markup: load([])(first).prop('outerHTML')?.slice(0, MARKUP_CHARS).toWellFormed() ?? '' };
}

function listProblem({ fields }: SelectorDraft, found: number, collected: number): PreviewProblem[] {
  if (found === 0) return ['no-items'];
  if (fields.text === undefined) return ['text-needed'];
  return collected === 0 ? ['no-words'] : [];
}

function previewList(root: TreeNode, url: string, draft: SelectorDraft, dates: DateContext): SelectorPreview {
  const { elements, places } = readItems(draft, root);
  const fields = readFields(elements.slice(0, SAMPLED), url, draft, dates);
  const collected = fields.items.length;
  return {
    ...NOTHING,
    items: fields.items.slice(0, SHOWN).map(shown),
    found: elements.length,
    collected,
    places: [...places, ...fields.places],
    problems: listProblem(draft, elements.length, collected),
    ...markupOf(elements),
  };
}

function previewLinks(root: TreeNode, url: string, draft: SelectorDraft): SelectorPreview {
  const { elements, places } = readItems(draft, root);
  const scopes = draft.list.item === undefined ? [root] : elements.slice(0, SAMPLED);
  const found = readLinks(draft, scopes, url);
  const problem = draft.list.link === undefined ? 'link-needed' : 'no-links';
  return {
    ...NOTHING,
    found: found.links.length,
    links: found.links.slice(0, SHOWN),
    ...markupOf(elements),
    places: [...places, ...found.places],
    problems: found.links.length === 0 ? [problem] : [],
  };
}

/**
 * What selectors find on a page, for showing while they are being written; mistakes in them are part of the answer. With
 * `on: page` the fields are left to `previewSelectedPage`.
 * @throws PermanentError `broken-page`
 */
export function previewSelectors(
  html: string,
  url: string,
  draft: SelectorDraft,
  dates: DateContext,
): SelectorPreview {
  const root = treeOf(html);
  if (root === undefined) return { ...NOTHING, problems: ['no-items'] };
  const { places, ...next } = readNext(draft, root, url);
  const preview =
    draft.on === 'page'
      ? previewLinks(root, url, draft)
      : draft.list.item === undefined
        ? reviewsOf(html, url, dates)
        : previewList(root, url, draft, dates);
  return { ...preview, ...next, places: [...preview.places, ...places] };
}

/** What the fields find on the page of one item, for `on: page`. @throws PermanentError `broken-page` */
export function previewSelectedPage(
  html: string,
  url: string,
  draft: SelectorDraft,
  dates: DateContext,
): Pick<SelectorPreview, 'items' | 'places'> {
  const root = treeOf(html);
  const { items, places } = readFields(root === undefined ? [] : [root], url, draft, dates);
  return { items: items.map(shown), places };
}
