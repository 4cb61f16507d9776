import { absoluteUrl } from '../html-text.ts';
import type { TreeElement, TreeNode } from '../page-tree.ts';

/** Elements that start and end a line. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body br center dd details dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary table tbody ' +
    'tfoot thead tr ul'
  ).split(' '),
);
const CELLS = new Set(['td', 'th']);
/** Never read: code, pictures, and what is pressed rather than read. */
const HIDDEN = new Set(
  'script style template svg math audio video canvas iframe object button input select textarea'.split(' '),
);
const MAX_TEXT_CHARS = 1_000_000;

export type NodeSet = ReadonlySet<TreeNode>;
export const NO_NODES: NodeSet = new Set();

export function isElement(node: TreeNode | null | undefined): node is TreeElement {
  return node !== null && node !== undefined && 'attribs' in node;
}

export function elementsIn(node: TreeNode): TreeElement[] {
  return 'children' in node ? node.children.filter(isElement) : [];
}

interface Sink {
  parts: string[];
  size: number;
  leaveOut: NodeSet;
}

function put(sink: Sink, part: string): void {
  if (sink.size > MAX_TEXT_CHARS) return;
  sink.parts.push(part);
  sink.size += part.length;
}

function walk(node: TreeNode, sink: Sink): void {
  if (sink.leaveOut.has(node)) return;
  if (node.type === 'text') return put(sink, node.data.replace(/\s+/g, ' '));
  if (!('children' in node)) return;
  const name = isElement(node) ? node.name : '';
  if (HIDDEN.has(name)) return;
  const edge = BLOCKS.has(name) ? '\n' : CELLS.has(name) ? ' ' : '';
  if (edge) put(sink, edge);
  for (const child of node.children) walk(child, sink);
  if (edge) put(sink, edge);
}

/** Readable text of a node without what is in `leaveOut`; block elements and `<br>` become `\n`. At most 1,000,000 characters. */
export function textOf(node: TreeNode | undefined, leaveOut: NodeSet = NO_NODES): string {
  if (node === undefined) return '';
  const sink: Sink = { parts: [], size: 0, leaveOut };
  walk(node, sink);
  return sink.parts
    .join('')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}

/** On one line. */
export function lineOf(node: TreeNode | undefined, leaveOut: NodeSet = NO_NODES): string {
  return textOf(node, leaveOut).replace(/\s+/g, ' ');
}

/** Every element within, in the page's order, without going into what is left out. */
export function* descendants(node: TreeNode, leaveOut: NodeSet = NO_NODES): Generator<TreeElement> {
  for (const child of elementsIn(node)) {
    if (leaveOut.has(child)) continue;
    yield child;
    yield* descendants(child, leaveOut);
  }
}

const MAX_LINKS = 200;

/** Absolute http(s) addresses of the links in a node, each once, at most 200. */
export function linksOf(node: TreeNode, baseUrl: string, leaveOut: NodeSet): string[] {
  const found = new Set<string>();
  for (const element of descendants(node, leaveOut)) {
    const href = element.name === 'a' ? element.attribs.href : undefined;
    const url = href === undefined || href.startsWith('#') ? undefined : absoluteUrl(href, baseUrl);
    if (url !== undefined && found.size < MAX_LINKS) found.add(url);
  }
  return [...found];
}

/** Is it the node itself or within it? */
export function isWithin(node: TreeNode, ancestor: TreeNode): boolean {
  for (let at: TreeNode | null = node; at; at = at.parent) if (at === ancestor) return true;
  return false;
}

/** Those that stand in none of the others, in the page's order: a post within a post would be read over and over. */
export function outermost(elements: readonly TreeElement[]): TreeElement[] {
  const all = new Set<TreeNode>(elements);
  return elements.filter((element) => {
    for (let above: TreeNode | null = element.parent; above; above = above.parent)
      if (all.has(above)) return false;
    return true;
  });
}
