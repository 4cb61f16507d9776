import { load } from 'cheerio/slim';
import type { TreeElement, TreeNode } from './page-tree.ts';
import { cssMistake, SelectorError } from './selector-mistake.ts';
import { lineOf, textOf } from './thread/tree-text.ts';
import { type AttributeNode, findByXPath } from './xpath.ts';
import { parseXPath } from './xpath-parse.ts';

/** One thing that a selector found: an element, or the value of an attribute or text. */
export interface Picked {
  element?: TreeElement;
  /** Of an attribute or a text; of an element its text comes from `linesOf`. */
  value?: string;
}

const XPATH = /^(?:xpath:|\.{0,2}\/|\()/;
const XPATH_MARK = /^xpath:\s*/;
const CSS_ATTRIBUTE = /^(.*?)\s*@([a-z_][\w:.-]*)$/is;

function isXPath(selector: string): boolean {
  return XPATH.test(selector);
}

/** Places in mistakes count from the beginning of what was written, the mark included. */
function withXPath<Result>(selector: string, use: (path: string) => Result): Result {
  const path = selector.replace(XPATH_MARK, '');
  try {
    return use(path);
  } catch (error) {
    const mark = selector.length - path.length;
    if (!(error instanceof SelectorError) || mark === 0) throw error;
    throw error.after(mark);
  }
}

/** An XPath that begins at the page's top, wherever it is asked. */
export function isFromTop(selector: string): boolean {
  return isXPath(selector) && selector.replace(XPATH_MARK, '').startsWith('/');
}

function isElement(node: TreeNode | AttributeNode): node is TreeElement {
  return 'attribs' in node;
}

function asPicked(node: TreeNode | AttributeNode): Picked {
  if (isElement(node)) return { element: node };
  return { value: 'value' in node ? node.value : 'data' in node ? node.data : '' };
}

function pickByCss(selector: string, scope: TreeNode | readonly TreeNode[]): Picked[] {
  const [, css = selector, attribute] = CSS_ATTRIBUTE.exec(selector) ?? [];
  const within = load([])(scope as TreeNode[]);
  const found = (css === '' ? within : within.find(css)).toArray().filter(isElement);
  if (attribute === undefined) return found.map((element) => ({ element }));
  return found.flatMap(({ attribs }) => {
    const value = attribs[attribute.toLowerCase()];
    return value === undefined ? [] : [{ value }];
  });
}

/**
 * Everything that a selector finds within a node, in the page's order.
 * @throws SelectorError when it cannot be read, PermanentError when it takes too long
 */
export function pick(selector: string, scope: TreeNode): Picked[] {
  if (isXPath(selector)) return withXPath(selector, (path) => findByXPath(path, scope).map(asPicked));
  try {
    return pickByCss(selector, scope);
  } catch (error) {
    throw cssMistake(selector, error);
  }
}

/** @throws SelectorError when it is no selector */
export function checkSelector(selector: string): void {
  if (isXPath(selector)) return void withXPath(selector, parseXPath);
  const [scope] = load('<p></p>').root().children().toArray();
  if (scope) pick(selector, scope);
}

export function linesOf({ element, value }: Picked): string {
  return value?.trim() ?? textOf(element);
}

export function wordsOf({ element, value }: Picked): string {
  return value?.replace(/\s+/g, ' ').trim() ?? lineOf(element);
}
