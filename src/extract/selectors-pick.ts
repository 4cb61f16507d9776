import { load } from 'cheerio/slim';
import { errorMessage, InputError, PermanentError } from '../lib/errors.ts';
import type { TreeElement, TreeNode } from './page-tree.ts';
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
const CSS_ATTRIBUTE = /^(.*?)\s*@([a-z_][\w:.-]*)$/is;

function isXPath(selector: string): boolean {
  return XPATH.test(selector);
}

function xpathOf(selector: string): string {
  return selector.replace(/^xpath:\s*/, '');
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
 * @throws InputError when the selector cannot be read, PermanentError when it takes too long
 */
export function pick(selector: string, scope: TreeNode): Picked[] {
  if (isXPath(selector)) return findByXPath(xpathOf(selector), scope).map(asPicked);
  try {
    return pickByCss(selector, scope);
  } catch (error) {
    if (error instanceof PermanentError) throw error;
    throw new InputError([{ at: `selector "${selector.slice(0, 80)}"`, message: errorMessage(error) }]);
  }
}

/** @throws InputError when it is no selector */
export function checkSelector(selector: string): void {
  if (isXPath(selector)) return void parseXPath(xpathOf(selector));
  const [scope] = load('<p></p>').root().children().toArray();
  if (scope) pick(selector, scope);
}

export function linesOf({ element, value }: Picked): string {
  return value?.trim() ?? textOf(element);
}

export function wordsOf({ element, value }: Picked): string {
  return value?.replace(/\s+/g, ' ').trim() ?? lineOf(element);
}
