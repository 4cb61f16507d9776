import { isBoilerplateName, isCommentsName } from './boilerplate-names.ts';
import { childElements, type DomElement, type DomNode, isElement, TEXT } from './dom.ts';

/** Elements that never hold the article's words. */
const NEVER = new Set(
  'script style noscript template nav footer aside form button dialog iframe svg select input textarea menu object embed link meta figcaption canvas'.split(
    ' ',
  ),
);
/** Elements that hold the page or the article, whatever their names say. */
const ALWAYS = new Set([
  'html',
  'body',
  'main',
  'article',
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'code',
  'pre',
  'img',
  'picture',
  'table',
  'tbody',
  'td',
]);
const ROLES = new Set([
  'navigation',
  'complementary',
  'search',
  'dialog',
  'alertdialog',
  'banner',
  'contentinfo',
  'menu',
  'tablist',
]);
/** A block with more than this part of the page's words is the page itself, whatever it is called. */
const MAX_SHARE = 0.3;

type Weights = Map<DomElement, number>;

function textWeight(node: DomNode): number {
  return (node.textContent ?? '').replace(/\s+/g, ' ').length;
}

/** Characters outside links, of each element: links make navigation heavy and articles hardly. */
function weigh(element: DomElement, weights: Weights): number {
  let weight = 0;
  for (let child = element.firstChild; child; child = child.nextSibling) {
    if (child.nodeType === TEXT) weight += textWeight(child);
    else if (isElement(child) && (child.localName === 'form' || !NEVER.has(child.localName)))
      weight += weigh(child, weights);
  }
  weights.set(element, weight);
  return element.localName === 'a' ? 0 : weight;
}

function names(element: DomElement): string {
  const { className } = element;
  return `${typeof className === 'string' ? className : ''} ${element.id}`.trim();
}

function isBeside(element: DomElement, isLight: boolean): boolean {
  const { localName } = element;
  if (NEVER.has(localName)) return localName !== 'form' || isLight;
  if (ALWAYS.has(localName)) return false;
  if (isCommentsName(names(element))) return element.querySelector('h1, [itemprop=articleBody]') === null;
  if (!isLight) return false;
  return ROLES.has(element.getAttribute('role') ?? '') || isBoilerplateName(names(element));
}

/** Takes out of a page what is certainly not its article. Changes the tree it is given. */
export function prune(body: DomElement): void {
  const weights: Weights = new Map();
  const limit = weigh(body, weights) * MAX_SHARE;
  const visit = (element: DomElement): void => {
    for (const child of childElements(element)) {
      if (isBeside(child, (weights.get(child) ?? 0) <= limit)) child.remove();
      else visit(child);
    }
  };
  visit(body);
}
