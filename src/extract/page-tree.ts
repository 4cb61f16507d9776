import { type CheerioAPI, load } from 'cheerio/slim';
import { PermanentError } from '../lib/errors.ts';
import { measureHtml } from './page-size.ts';

/** What a tree may be like. */
export interface TreeLimits {
  chars: number;
  elements: number;
  /** Real pages nest some 50 deep; deeper trees cost time and stack that no page is worth. */
  depth: number;
  /** Elements within one element: what goes through siblings may take a time that grows with their square. */
  children: number;
  /** End tags of nothing: the parser looks through all that is open for each. */
  stray: number;
}

/** An ordinary page has some 2,000 elements. */
export const PAGE_LIMITS: TreeLimits = {
  chars: 5_000_000,
  elements: 20_000,
  depth: 150,
  children: 4000,
  stray: 2000,
};

/** A thread shown whole: 4,000 posts of some 40 elements each, all side by side; old themes leave `font` open. */
export const THREAD_LIMITS: TreeLimits = {
  chars: 8_000_000,
  elements: 160_000,
  depth: 400,
  children: 20_000,
  stray: 20_000,
};

interface Parent {
  readonly children: readonly object[];
}

/** Asked of the tree itself: what closes what, and is thereby nested, only the parser knows for sure. */
function isTangled(root: Parent, limits: TreeLimits): boolean {
  let level: readonly Parent[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    const below: Parent[] = [];
    for (const { children } of level) {
      const elements = children.filter((child): child is Parent => 'children' in child);
      if (elements.length > limits.children) return true;
      for (const element of elements) below.push(element);
    }
    if (depth > limits.depth) return true;
    level = below;
  }
  return false;
}

function isHeap(html: string, limits: TreeLimits): boolean {
  if (html.length > limits.chars) return true;
  const { elements, depth, stray } = measureHtml(html);
  return elements > limits.elements || depth > limits.depth || stray > limits.stray;
}

/** In HTML a CDATA mark means nothing; the parser, made for XML too, would take all behind an open one for a comment. */
function withoutCdata(html: string): string {
  return html.includes('<![CDATA[') ? html.replaceAll('<![CDATA[', '').replaceAll(']]>', '') : html;
}

const MAX_ROOTS = 50;
/** Stands above a piece of a page that has no root of its own. */
const MADE_ROOT = 'molva-page';

/** Cheerio's every search compares the tree's topmost elements with each other: where they are many, one is put above. */
function loadRooted(html: string): CheerioAPI {
  const $ = load(html);
  const tops = $.root().get(0)?.children ?? [];
  const hasRoot = tops.length <= MAX_ROOTS && $('html, body').length > 0;
  return hasRoot ? $ : load(`<${MADE_ROOT}>${html}`);
}

/** What holds all that a page shows. */
export function pageRoot($: CheerioAPI): TreeElement | undefined {
  return ['body', 'html', MADE_ROOT]
    .map((name) => $<TreeElement, string>(name).get(0))
    .find((root) => root !== undefined);
}

export interface TreeOptions {
  /**
   * True: `noscript` is for others and is left out, as a browser does. False (what we are): its content is read,
   * which is where Discourse and Flarum keep the thread.
   */
  scriptingEnabled?: boolean;
  limits?: TreeLimits;
}

/**
 * A page as a tree to ask by selectors.
 * @throws PermanentError `broken-page` when it is nested or sized like no page is
 */
export function loadTree(
  html: string,
  { scriptingEnabled = false, limits = PAGE_LIMITS }: TreeOptions = {},
): CheerioAPI {
  const $ = isHeap(html, limits) ? null : loadRooted(withoutCdata(html));
  const [root] = $?.root().toArray() ?? [];
  if (!$ || !root || isTangled(root, limits)) {
    throw new PermanentError(
      'broken-page',
      'The page is too large or nested too deep to be a forum page: check the address.',
    );
  }
  if (scriptingEnabled) $('noscript').remove();
  return $;
}

/** One node or several, as a selector finds them. */
export type Selection = ReturnType<CheerioAPI>;
type TreeRoot = NonNullable<ReturnType<CheerioAPI['root']>[number]>;
/** A node of the tree: an element, a text, a comment. */
export type TreeNode = TreeRoot['children'][number];
export type TreeElement = Extract<TreeNode, { attribs: unknown }>;
