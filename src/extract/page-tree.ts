import { type CheerioAPI, load } from 'cheerio/slim';
import { PermanentError } from '../lib/errors.ts';
import { scanHtml } from './html-scan.ts';

const MAX_CHARS = 5_000_000;
/** A thread page has some 2,000. */
const MAX_ELEMENTS = 20_000;
/** Real pages nest some 50 deep. Deeper trees cost time and stack that no page is worth. */
const MAX_DEPTH = 150;
/** Elements within one element: every search within it takes a time that grows with their square. */
const MAX_CHILDREN = 4000;

/** End tags of nothing: the parser looks through all that is open for each. */
const MAX_STRAY = 2000;

function isHeap(html: string): boolean {
  const open = new Map<string, number>();
  let elements = 0;
  let stray = 0;
  scanHtml(html, {
    text: () => undefined,
    open: (name) => {
      elements += 1;
      open.set(name, (open.get(name) ?? 0) + 1);
    },
    close: (name) => {
      const left = open.get(name) ?? 0;
      if (left === 0) stray += 1;
      else open.set(name, left - 1);
    },
  });
  return elements > MAX_ELEMENTS || stray > MAX_STRAY;
}

interface Parent {
  readonly children: readonly object[];
}

/** Asked of the tree itself: what closes what, and is thereby nested, only the parser knows. */
function isTangled(root: Parent): boolean {
  let level: readonly Parent[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    const below: Parent[] = [];
    for (const { children } of level) {
      const elements = children.filter((child): child is Parent => 'children' in child);
      if (elements.length > MAX_CHILDREN) return true;
      for (const element of elements) below.push(element);
    }
    if (depth > MAX_DEPTH) return true;
    level = below;
  }
  return false;
}

/**
 * A page as a tree to ask by selectors.
 * @throws PermanentError `broken-page` when it is nested or sized like no page is
 */
export function loadTree(html: string): CheerioAPI {
  const $ = html.length > MAX_CHARS || isHeap(html) ? null : load(html);
  const [root] = $?.root().toArray() ?? [];
  if (!$ || !root || isTangled(root)) {
    throw new PermanentError(
      'broken-page',
      'The page is too large or nested too deep to be a forum page: check the address.',
    );
  }
  return $;
}

/** One node or several, as a selector finds them. */
export type Selection = ReturnType<CheerioAPI>;
