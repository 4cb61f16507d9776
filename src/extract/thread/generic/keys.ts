import type { TreeElement } from '../../page-tree.ts';
import { isElement } from '../tree-text.ts';

/** Classes that tell a block's state, not its kind: they differ between the posts of one thread. */
const STATE =
  /^(?:odd|even|alt|first|last|bg|row|op|own|owner|staff|admin|mod|moderator|new|old|unread|read|hidden|deleted|highlight\w*|current|active|selected|online|offline|starter|by-?\w+|has-.*|is-.*|js-.*|clear\w*|clearfix|hentry|group|col-.*|m[tblrxy]?-.*|p[tblrxy]?-.*|d-.*|flex.*|(?:topic|thread)-?(?:owner|starter|author).*|u-.*|depth.*|level.*)$/i;

/** Classes that tell how a block looks, one property each, as utility style sheets have them: blocks of any kind bear them. */
const LOOK =
  /[:[\]/]|^(?:relative|absolute|static|fixed|sticky|block|inline(?:-block|-flex)?|grid|table|contents|truncate|italic|underline|uppercase|container|border|rounded|shadow|bg-.*|(?:min-|max-)?[wh]-.*|(?:text|font|leading|tracking|break|whitespace|items|justify|content|self|place|gap|space|order|grow|shrink|basis|overflow|inset|top|right|bottom|left|z|opacity|border|rounded|shadow|ring|transition|duration|cursor|select|align|float|divide|object|aspect|size)-(?:.*-)?(?:\d*|auto|full|px|none|xs|sm|md|base|lg|xl|x|y|t|b|l|r|left|right|center|start|end|between|around|bold|semibold|medium|normal|light|tight|snug|relaxed|loose|words|all|nowrap|hidden|scroll|pointer|white|black|gray|top|bottom|middle|baseline|screen|fit|min|max)-?)$/i;

/** The first class that tells a kind; with what it is a variant of it (`cell cell--user`), the variant. */
function firstKind(className: string): string {
  const tokens = className
    .split(/\s+/)
    .map((token) => token.replace(/\d+/g, ''))
    .filter((token) => token.length > 1 && !STATE.test(token) && !LOOK.test(token));
  const [first = ''] = tokens;
  return (
    tokens.find(
      (token) => token.startsWith(`${first}--`) && !/--(?:js|first|last|deleted|own)/.test(token),
    ) ?? first
  );
}

/** `post_123` and `post_124` are of one kind; an id without digits is one of its kind. */
function idKind(id: string): string {
  return /\d/.test(id) ? id.replace(/\d+/g, '#').replace(/[0-9a-f]{8,}/gi, '#') : '';
}

const DEPTH = 3;

/** What an element has in common with its likes elsewhere on the page: name, kind of id and class, else its place. */
export function makeKeys(): (element: TreeElement) => string {
  const known = new Map<TreeElement, string>();
  const keyOf = (element: TreeElement, depth: number): string => {
    const found = depth === DEPTH ? known.get(element) : undefined;
    if (found !== undefined) return found;
    const own = `${firstKind(element.attribs.class ?? '')}${idKind(element.attribs.id ?? '')}`;
    const parent = element.parent;
    const place = own === '' && depth > 0 && isElement(parent) ? `${keyOf(parent, depth - 1)}>` : '';
    const key = `${place}${element.name}.${own}`;
    if (depth === DEPTH) known.set(element, key);
    return key;
  };
  return (element) => keyOf(element, DEPTH);
}
