import { scanHtml } from './html-scan.ts';

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
/** Their end tags may be left out: a second one closes the first, so that many in a row nest nothing. */
const SELF_ENDING = new Set('p li dt dd tr td th tbody thead tfoot option optgroup rp rt'.split(' '));

/** What a tree of this markup would be like, without making it. */
export interface HtmlSize {
  elements: number;
  /** Open at once; elements whose end tag may be left out are not counted. */
  depth: number;
  /** End tags of what is not open. */
  stray: number;
}

/** One pass: time grows with the length alone. */
export function measureHtml(html: string): HtmlSize {
  const size: HtmlSize = { elements: 0, depth: 0, stray: 0 };
  const open: string[] = [];
  const counts = new Map<string, number>();
  const count = (name: string, step: number) => counts.set(name, (counts.get(name) ?? 0) + step);
  scanHtml(html, {
    text: () => undefined,
    open: (name, tag) => {
      size.elements += 1;
      if (VOID.has(name) || SELF_ENDING.has(name) || tag.endsWith('/')) return;
      open.push(name);
      count(name, 1);
      size.depth = Math.max(size.depth, open.length);
    },
    close: (name) => {
      if (SELF_ENDING.has(name)) return;
      if ((counts.get(name) ?? 0) === 0) {
        size.stray += 1;
        return;
      }
      for (let last = open.pop(); last !== undefined; last = open.pop()) {
        count(last, -1);
        if (last === name) return;
      }
    },
  });
  return size;
}
