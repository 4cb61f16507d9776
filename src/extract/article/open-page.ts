import { parseHTML } from 'linkedom';
import { PermanentError } from '../../lib/errors.ts';
import { scanHtml } from '../html-scan.ts';
import { childElements, type DomDocument, type DomElement } from './dom.ts';

const MAX_CHARS = 8_000_000;
/** Long articles with their comments have some 10,000. */
const MAX_ELEMENTS = 40_000;
const MAX_ATTRIBUTES = 200_000;
/** Real pages nest some 50 deep. Deeper trees cost time and stack that no page is worth. */
const MAX_DEPTH = 200;
/** Elements within one element: searches take a time that grows with their square. */
const MAX_CHILDREN = 6000;

/** Counts what the parser would have to build, before it builds it. */
function isHeap(html: string): boolean {
  let elements = 0;
  let attributes = 0;
  scanHtml(html, {
    text: () => undefined,
    close: () => undefined,
    open: (_name, tag) => {
      elements += 1;
      if (attributes <= MAX_ATTRIBUTES && tag.length > 5) attributes += tag.split('=', 2000).length - 1;
    },
  });
  return elements > MAX_ELEMENTS || attributes > MAX_ATTRIBUTES;
}

function isTangled(root: DomElement): boolean {
  let level = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    const below: DomElement[] = [];
    for (const element of level) {
      const children = childElements(element);
      if (children.length > MAX_CHILDREN) return true;
      for (const child of children) below.push(child);
    }
    level = below;
  }
  return false;
}

/** linkedom leaves a page without `<html>` or `<body>` as it is; Readability needs both. */
function withBody(html: string): string {
  return /<body[\s>]/i.test(html) && /<html[\s>]/i.test(html)
    ? html
    : `<html><body>${html.replace(/<!doctype[^>]{0,500}>/i, '').replace(/<\/?(?:html|body)(?:\s[^>]{0,2000})?>/gi, '')}</body></html>`;
}

/** linkedom looks for the body right behind the head, and makes an empty one when something else stands there. */
function gatherBody(document: DomDocument, root: DomElement): void {
  const written = childElements(root).find(({ localName }) => localName === 'body');
  const { body } = document;
  if (!body || !written || body === written) return;
  for (let child = written.firstChild; child; child = written.firstChild) body.append(child);
  written.remove();
}

/**
 * A page as a document, parsed once.
 * @throws PermanentError `broken-page` when it is nested or sized like no page is
 */
export function openPage(html: string): DomDocument {
  if (html.length <= MAX_CHARS && !isHeap(html)) {
    const document: DomDocument = parseHTML(withBody(html)).document;
    const root = document.documentElement;
    if (root && !isTangled(root)) {
      gatherBody(document, root);
      return document;
    }
  }
  throw new PermanentError(
    'broken-page',
    'The page is too large or nested too deep to be an article: check the address.',
  );
}
