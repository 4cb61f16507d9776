import { childElements, type DomElement, flatText, TEXT } from './dom.ts';
import { dropLinkLists, linkedChars } from './link-density.ts';
import { plainText } from './plain-text.ts';

const TEXT_BLOCKS = 'p, pre, blockquote, li, td, div, section, article, span';
const PARAGRAPHS = new Set(['p', 'pre', 'blockquote']);
const MIN_CHARS = 40;
/** The article is the innermost element with this part of the page's running text. */
const SHARE = 0.7;

function ownChars(element: DomElement): number {
  let chars = 0;
  for (let child = element.firstChild; child; child = child.nextSibling) {
    if (child.nodeType === TEXT) chars += (child.textContent ?? '').trim().length;
  }
  return chars;
}

function runningChars(element: DomElement): number {
  if (!PARAGRAPHS.has(element.localName)) return ownChars(element);
  const chars = flatText(element).length;
  const linked = linkedChars(element);
  return linked > chars / 2 ? 0 : chars - linked;
}

/** Running text within each element that holds paragraphs. */
function weighParagraphs(body: DomElement): Map<DomElement, number> {
  const weights = new Map<DomElement, number>();
  for (const block of body.querySelectorAll(TEXT_BLOCKS)) {
    const chars = runningChars(block);
    if (chars < MIN_CHARS) continue;
    for (let at = block.parentElement; at; at = at.parentElement)
      weights.set(at, (weights.get(at) ?? 0) + chars);
  }
  return weights;
}

/** The main text by where the page's paragraphs are densest: coarse, but it finds something on every page that has words. */
export function readByDensity(body: DomElement): { text: string; root: DomElement } {
  const weights = weighParagraphs(body);
  const wanted = (weights.get(body) ?? 0) * SHARE;
  let container = body;
  for (;;) {
    const inner = childElements(container).find((child) => (weights.get(child) ?? 0) >= wanted);
    if (!inner || wanted === 0) break;
    container = inner;
  }
  const root = container.cloneNode(true);
  dropLinkLists(root);
  return { text: plainText(root), root };
}
