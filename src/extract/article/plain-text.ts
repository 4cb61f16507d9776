import { type DomElement, type DomNode, isElement, TEXT } from './dom.ts';

/** Elements that start and end a line. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section select summary table tbody ' +
    'tfoot thead tr ul'
  ).split(' '),
);
/** Elements whose content is never read. */
const SILENT = new Set(
  'script style template svg math noscript audio video canvas iframe object textarea head title button select'.split(
    ' ',
  ),
);

function put(node: DomNode, parts: string[]): void {
  if (node.nodeType === TEXT) parts.push((node.textContent ?? '').replace(/\s+/g, ' '));
  if (!isElement(node) || SILENT.has(node.localName)) return;
  if (node.localName === 'br') parts.push('\n');
  const edge = BLOCKS.has(node.localName)
    ? '\n'
    : node.localName === 'td' || node.localName === 'th'
      ? ' '
      : '';
  parts.push(edge);
  for (let child = node.firstChild; child; child = child.nextSibling) put(child, parts);
  parts.push(edge);
}

/** What a reader sees of an element: plain text, a line for each block. Recurses: the page's depth is bounded. */
export function plainText(element: DomElement): string {
  const parts: string[] = [];
  put(element, parts);
  return parts
    .join('')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}
