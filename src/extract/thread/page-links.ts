import type { TreeElement, TreeNode } from '../page-tree.ts';
import { cleanAddress, withoutHash } from './address.ts';
import type { PageTree } from './model.ts';
import { elementsIn, isElement, lineOf } from './tree-text.ts';

export interface PageLink {
  element: TreeElement;
  /** Its place among the page's links. */
  at: number;
  /** Absolute, without session id. */
  address: string;
  /** On one line, at most 60 characters. */
  text: string;
  /** What is said of it: title and aria-label. */
  label: string;
  /** Its own and its parent's classes and id. */
  marks: string;
  /** Classes and ids of what it stands in. */
  around: string;
  isRelNext: boolean;
  isSamePage: boolean;
  /** Its number is one more than that of the page marked as the current one in the same pager. */
  isAfterCurrent: boolean;
}

const known = new WeakMap<PageTree, PageLink[]>();

function marksOf(element: TreeElement): string {
  return `${element.attribs.class ?? ''} ${element.attribs.id ?? ''}`;
}

function parentOf(element: TreeElement): TreeElement | undefined {
  return isElement(element.parent) ? element.parent : undefined;
}

function surroundings(element: TreeElement): string {
  const found: string[] = [];
  let at = parentOf(element);
  for (let level = 0; at && level < 5; level += 1) {
    found.push(marksOf(at), at.attribs.role ?? '', at.name === 'nav' ? 'nav' : '');
    at = parentOf(at);
  }
  return found.join(' ');
}

const CURRENT = /current|active|selected|(?:^|\s)(?:on|cur|here|now|act|this)(?:$|\s)/i;

/** A number in a pager that is marked or is no link. */
function currentNumber(element: TreeElement): number | undefined {
  const text = lineOf(element);
  const number = /^[[(«\s-]*(\d{1,5})[\])»\s-]*$/.exec(text)?.[1];
  if (number === undefined) return undefined;
  const link = element.name === 'a' ? element : elementsIn(element).find(({ name }) => name === 'a');
  const isMarked = CURRENT.test(marksOf(element)) || element.attribs['aria-current'] !== undefined;
  const isLinked = link?.attribs.href !== undefined && !/^(?:#|javascript:|$)/.test(link.attribs.href);
  return isMarked || !isLinked ? Number(number) : undefined;
}

/** Elements of one pager stand within two levels of each other. */
function isAfterCurrent(link: TreeElement, text: string): boolean {
  const number = Number(/^[[(]?(\d{1,5})[\])]?$/.exec(text)?.[1]);
  if (!(number > 1)) return false;
  const parent = parentOf(link);
  const boxes = [parent, parent && parentOf(parent)].filter((box) => box !== undefined);
  return boxes.some((box) => hasCurrent(box, number - 1));
}

const MAX_BOX = 60;

function hasCurrent(box: TreeElement, wanted: number): boolean {
  const items = elementsIn(box);
  if (items.length > MAX_BOX) return false;
  if (items.some((item) => currentNumber(item) === wanted)) return true;
  return box.children.some(
    (child: TreeNode) => child.type === 'text' && new RegExp(`(?:^|\\D)${wanted}(?:\\D|$)`).test(child.data),
  );
}

function pageLink({ url }: PageTree, element: TreeElement, at: number): PageLink | undefined {
  const { href, title = '', 'aria-label': aria = '', rel = '' } = element.attribs;
  const address = href === undefined || href.startsWith('#') ? undefined : cleanAddress(href, url);
  if (address === undefined) return undefined;
  const parent = parentOf(element);
  const text = lineOf(element).slice(0, 60);
  return {
    element,
    at,
    address,
    text,
    label: `${aria || title}`.trim(),
    marks: `${marksOf(element)} ${parent ? marksOf(parent) : ''} ${elementsIn(element).map(marksOf).join(' ')}`,
    around: surroundings(element),
    isRelNext: /(?:^|\s)next(?:\s|$)/i.test(rel),
    isSamePage: withoutHash(address) === withoutHash(cleanAddress(url, url) ?? url),
    isAfterCurrent: isAfterCurrent(element, text),
  };
}

/** Every link of a page, read once. */
export function pageLinks(page: PageTree): PageLink[] {
  const found = known.get(page);
  if (found) return found;
  const base = page.$('base[href]').first().attr('href');
  const from = { ...page, url: cleanAddress(base, page.url) ?? page.url };
  const elements = page.$<TreeElement, string>('a[href], link[rel="next"][href]').toArray();
  const links = elements
    .map((element, at) => pageLink(from, element, at))
    .filter((link) => link !== undefined);
  const here = withoutHash(cleanAddress(page.url, page.url) ?? page.url);
  const made = links.map((link) => ({ ...link, isSamePage: withoutHash(link.address) === here }));
  known.set(page, made);
  return made;
}
