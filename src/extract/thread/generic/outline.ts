import type { TreeElement, TreeNode } from '../../page-tree.ts';
import { isElement, lineOf } from '../tree-text.ts';
import { makeKeys } from './keys.ts';

const HIDDEN = new Set(
  'script style template svg math audio video canvas iframe object button input select textarea noscript head'.split(
    ' ',
  ),
);
const QUOTE =
  /(?:^|[\s_-])(?:bb|cite|post|bbcode_?|mycode_?)?quot(?:e|ed|ation)(?:[\s_-]?(?:block|box|content|container|main|top|text|body|wrapper|header))?(?:$|[\s_-])|citation|bbCodeQuote|цитат/i;

/** The readable part of a page, measured once from below: every question about a block is then answered at once. */
export interface Outline {
  /** In the page's order. */
  elements: TreeElement[];
  /** Place in the page's order. */
  at: Map<TreeElement, number>;
  /** Characters of text within. */
  chars: Map<TreeElement, number>;
  /** Of these, characters in links. */
  linkChars: Map<TreeElement, number>;
  keyOf: (element: TreeElement) => string;
  isQuoted: (element: TreeElement) => boolean;
}

export function isQuote(element: TreeElement): boolean {
  const { name, attribs } = element;
  if (name === 'blockquote') return !/post|message|content|restore/i.test(attribs.class ?? '');
  if (name === 'a' || name === 'li' || name === 'span') return false;
  return QUOTE.test(attribs.class ?? '') || isCaptioned(element);
}

const CAPTION = /^(?:quote|цитата)(?: \(.{1,60}\))?\s?:?$/i;

/** Old themes give a quotation no class, but a caption above it. */
function isCaptioned({ name, children }: TreeElement): boolean {
  if (name !== 'div' && name !== 'table') return false;
  const [first, second] = children.filter(isElement);
  return (
    second !== undefined && first !== undefined && first.children.length <= 3 && CAPTION.test(lineOf(first))
  );
}

export function outlineOf(root: TreeNode): Outline {
  const elements: TreeElement[] = [];
  const at = new Map<TreeElement, number>();
  const chars = new Map<TreeElement, number>();
  const linkChars = new Map<TreeElement, number>();
  const quoted = new Set<TreeElement>();
  const visit = (node: TreeNode, isInLink: boolean, isInQuote: boolean): [number, number] => {
    if (node.type === 'text') {
      const { length } = node.data.trim();
      return [length, isInLink ? length : 0];
    }
    if (!('children' in node) || (isElement(node) && HIDDEN.has(node.name) && !holdsPage(node)))
      return [0, 0];
    const element = isElement(node) ? node : undefined;
    if (element) {
      at.set(element, elements.length);
      elements.push(element);
      if (isInQuote) quoted.add(element);
    }
    let sum = 0;
    let inLinks = 0;
    const within = isInQuote || (element !== undefined && isQuote(element));
    for (const child of node.children) {
      const [all, links] = visit(child, isInLink || element?.name === 'a', within);
      sum += all;
      inLinks += links;
    }
    if (element) {
      chars.set(element, sum);
      linkChars.set(element, inLinks);
    }
    return [sum, inLinks];
  };
  visit(root, false, false);
  return { elements, at, chars, linkChars, keyOf: makeKeys(), isQuoted: (element) => quoted.has(element) };
}

const PAGE_PARTS = new Set('div article main section table ul ol h1'.split(' '));

/** Some applications keep the whole page in `noscript`; most keep a picture there. */
function holdsPage({ name, children }: TreeElement): boolean {
  return name === 'noscript' && children.some((child) => isElement(child) && PAGE_PARTS.has(child.name));
}

export function parentOf(element: TreeElement): TreeElement | undefined {
  return isElement(element.parent) ? element.parent : undefined;
}
