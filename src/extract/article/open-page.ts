import { parseHTML } from 'linkedom';
import { PermanentError } from '../../lib/errors.ts';
import { scanHtml } from '../html-scan.ts';
import { childElements, type DomDocument, type DomElement } from './dom.ts';

const MAX_CHARS = 6_000_000;
/** A long novel has a million. */
const MAX_TEXT = 2_000_000;
/** Long articles with their comments have some 10,000. */
const MAX_ELEMENTS = 20_000;
const MAX_ATTRIBUTES = 100_000;
const MAX_ATTRIBUTES_EACH = 5000;
const MAX_CLASS_CHARS = 20_000;
/** Real pages nest some 50 deep. Deeper trees cost time and stack that no page is worth. */
const MAX_DEPTH = 150;
/** Steps to the root, of all elements together: some 15 for each on real pages. */
const MAX_STEPS = 500_000;
/** Elements within one element: searches take a time that grows with their square. */
const MAX_CHILDREN = 1500;
/** The parser makes a node of each entity. */
const MAX_ENTITIES = 60_000;

/** The start of a class attribute's value, to see how long it is. */
const CLASS = /\s(?:class|id)\s*=\s*["']/gi;

function hasHugeName(tag: string): boolean {
  if (tag.length < MAX_CLASS_CHARS) return false;
  return [...tag.matchAll(CLASS)].some(({ index }) => {
    const quote = tag.charAt(tag.indexOf('=', index) + 1).trim() || '"';
    const end = tag.indexOf(quote, index + 10);
    return (end === -1 ? tag.length : end) - index > MAX_CLASS_CHARS;
  });
}

/** Counts what the parser would have to build, before it builds it. */
function isHeap(html: string): boolean {
  let elements = 0;
  let attributes = 0;
  let text = 0;
  let entities = 0;
  let isHuge = false;
  scanHtml(html, {
    text: (raw) => {
      text += raw.length;
      entities += raw.split('&').length - 1;
    },
    close: () => undefined,
    open: (_name, tag) => {
      elements += 1;
      if (isHuge || tag.length < 6) return;
      const own = tag.split('=', MAX_ATTRIBUTES_EACH + 2).length - 1;
      attributes += own;
      isHuge = own > MAX_ATTRIBUTES_EACH || hasHugeName(tag);
    },
  });
  return (
    isHuge ||
    elements > MAX_ELEMENTS ||
    attributes > MAX_ATTRIBUTES ||
    text > MAX_TEXT ||
    entities > MAX_ENTITIES
  );
}

function isTangled(root: DomElement): boolean {
  let level = [root];
  let steps = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    steps += depth * level.length;
    if (depth > MAX_DEPTH || steps > MAX_STEPS) return true;
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
