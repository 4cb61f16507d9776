import { type DomElement, flatText } from './dom.ts';

/** Characters of an element's text that stand in links. */
export function linkedChars(element: DomElement): number {
  let chars = 0;
  for (const link of element.querySelectorAll('a')) chars += flatText(link).length;
  return chars;
}

const BLOCKS = 'div, section, ul, ol, table, form, fieldset';
/** From this part of linked text on a block is a list of other pages … */
const MAX_DENSITY = 0.5;
/** … unless it is a list or table with words between the links, as articles have them. */
const MAX_LIST_DENSITY = 0.7;

/** Takes the blocks out of an extracted article that are mostly links. Changes the tree it is given. */
export function dropLinkLists(root: DomElement): void {
  for (const block of [...root.querySelectorAll(BLOCKS)]) {
    const chars = flatText(block).length;
    if (chars === 0) continue;
    const most = /^(?:ul|ol|table)$/.test(block.localName) ? MAX_LIST_DENSITY : MAX_DENSITY;
    if (linkedChars(block) > chars * most) block.remove();
  }
}
