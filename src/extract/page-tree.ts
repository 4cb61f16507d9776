import { type CheerioAPI, load } from 'cheerio/slim';
import { PermanentError } from '../lib/errors.ts';
import { scanHtml } from './html-scan.ts';

const MAX_CHARS = 5_000_000;
/** Real pages nest some 50 deep. Deeper trees cost time and stack that no page is worth. */
const MAX_DEPTH = 400;
/** A thread page has some 2,000. Selectors slow down with the square of siblings. */
const MAX_ELEMENTS = 20_000;
/** Without end tags, or with ones that may be left out. */
const FLAT = new Set(
  (
    'area base br col embed hr img input link meta param source track wbr p li dt dd tr td th tbody thead tfoot option ' +
    'optgroup html head body'
  ).split(' '),
);

function isOvergrown(html: string): boolean {
  let depth = 0;
  let deepest = 0;
  let elements = 0;
  scanHtml(html, {
    text: () => undefined,
    open: (name, tag) => {
      elements += 1;
      if (!FLAT.has(name) && !tag.endsWith('/')) depth += 1;
      deepest = Math.max(deepest, depth);
    },
    close: (name) => {
      if (!FLAT.has(name)) depth = Math.max(0, depth - 1);
    },
  });
  return deepest > MAX_DEPTH || elements > MAX_ELEMENTS;
}

/**
 * A page as a tree to ask by selectors.
 * @throws PermanentError `broken-page` when it is nested or sized like no page is
 */
export function loadTree(html: string): CheerioAPI {
  if (html.length > MAX_CHARS || isOvergrown(html)) {
    throw new PermanentError(
      'broken-page',
      'The page is too large or nested too deep to be a forum page: check the address.',
    );
  }
  return load(html);
}

/** One node or several, as a selector finds them. */
export type Selection = ReturnType<CheerioAPI>;
