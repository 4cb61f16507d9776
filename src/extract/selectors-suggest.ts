import type { SelectorDraft } from '../model/selectors.ts';
import type { DateContext } from './dates.ts';
import { loadTree, pageRoot, THREAD_LIMITS, type TreeElement, type TreeNode } from './page-tree.ts';
import { best, classesOf, elementsAt, selectorForAll, selectorWithin } from './selector-for.ts';
import { cleanAddress } from './thread/address.ts';
import { authorFacts, dateFacts } from './thread/generic/facts.ts';
import { chooseFamily } from './thread/generic/family.ts';
import { type Block, blocksOf } from './thread/generic/fields.ts';
import { outlineOf } from './thread/generic/outline.ts';
import { readBlocks } from './thread/generic/posts.ts';
import { nextPageIn } from './thread/pager.ts';
import { descendants, isElement } from './thread/tree-text.ts';

/** Blocks by which selectors are tried. */
const TRIED = 30;
const TITLE = /(?:^|[\s_-])(?:title|heading|headline|subject)(?:$|[\s_-])/i;

function titleIn({ element, inner }: Block): TreeElement | undefined {
  const all = [...descendants(element, inner)];
  return (
    all.find(({ name }) => /^h[1-6]$/.test(name)) ??
    all.find(({ attribs }) => TITLE.test(`${attribs.class ?? ''} ${attribs.itemprop ?? ''}`))
  );
}

function isLink({ attribs }: TreeElement): boolean {
  return /^(?!#|javascript:)./i.test(attribs.href ?? '');
}

/** Items usually lead to their own pages by their title or date: no two to the same. */
function linkWithin(blocks: readonly Block[], places: readonly (string | undefined)[]): string | undefined {
  const ways = places.flatMap((place) => (place === undefined ? [] : [`${place} a`, place]));
  const found = best(ways, (way) => {
    const links = blocks.map(({ element }) => elementsAt(way, element).find(isLink)?.attribs.href);
    return new Set(links.filter((link) => link !== undefined)).size / blocks.length;
  });
  return found && `${found}@href`;
}

function nextSelector(root: TreeElement, next: string | undefined, url: string): string | undefined {
  if (next === undefined) return undefined;
  const leadsThere = ({ attribs }: TreeElement): boolean => cleanAddress(attribs.href, url) === next;
  const link = [...descendants(root)].find((element) => element.name === 'a' && leadsThere(element));
  if (link === undefined) return undefined;
  const parent = link.parent as TreeNode | null;
  const ways = [
    ...(/(?:^|\s)next(?:\s|$)/.test(link.attribs.rel ?? '') ? ['a[rel~="next"]'] : []),
    ...classesOf(link).map((name) => `a.${name}`),
    ...(isElement(parent) ? classesOf(parent).map((name) => `.${name} > a`) : []),
  ];
  return best(ways, (way) => {
    const [first] = elementsAt(way, root);
    return first && leadsThere(first) ? 1 : 0;
  });
}

/**
 * Selectors to begin with: for the alike blocks that carry the page's prose, each with a date and a name. Null when there are
 * none. @throws PermanentError `broken-page`
 */
export function suggestSelectors(
  html: string,
  url: string,
  dates: DateContext & { zone: number },
): SelectorDraft | null {
  const $ = loadTree(html, { limits: THREAD_LIMITS });
  const root = pageRoot($);
  if (!root) return null;
  const outline = outlineOf(root);
  const [dated, named] = [dateFacts(outline, dates), authorFacts(outline)];
  const family = chooseFamily(outline, dated, named, root);
  const item = family && family.members.length > 1 ? selectorForAll(family.members, root) : undefined;
  if (!family || item === undefined) return null;
  const blocks = blocksOf(family.members, dated, named).slice(0, TRIED);
  const parts = readBlocks(blocks, outline);
  const within = (elementOf: (part: (typeof parts)[number]) => TreeElement | undefined) =>
    selectorWithin(parts.map((part) => [part.block.element, elementOf(part)]));
  const title = within(({ block }) => titleIn(block));
  const date = within((part) => part.date?.element);
  const author = within((part) => part.author?.element);
  return {
    list: { item, next: nextSelector(root, nextPageIn({ $, url, dates }), url) },
    fields: {
      text: within((part) => part.body) ?? 'p',
      title,
      author: author === title ? undefined : author,
      date,
      permalink: linkWithin(blocks, [title, date]),
    },
    on: 'list',
    zone: dates.zone,
  };
}
