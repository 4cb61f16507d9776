import { readByDensity } from './by-density.ts';
import { readByReadability } from './by-readability.ts';
import { cleanLines } from './clean-lines.ts';
import type { DomDocument, DomElement } from './dom.ts';
import { prune } from './prune.ts';

/** Less than this is seldom an article, so that the slower ways are asked too. */
const ENOUGH_CHARS = 300;

export interface MainText {
  text: string;
  /** A tree of its own; absent when nothing was found. */
  root?: DomElement;
}

/** The longest that is enough; without one, simply the longest. */
function choose(found: readonly (MainText | undefined)[]): MainText {
  const texts = found.filter((one) => one !== undefined);
  const enough = texts.find(({ text }) => text.length >= ENOUGH_CHARS);
  return enough ?? texts.toSorted((a, b) => b.text.length - a.text.length)[0] ?? { text: '' };
}

/**
 * The article's own words. Readability on the pruned page is right for most; on the whole page it finds what pruning
 * took along, and density what Readability cannot see at all.
 */
export function findMainText(document: DomDocument): MainText {
  const pruned = document.cloneNode(true);
  const { body } = pruned;
  if (!body) return { text: '' };
  prune(body);
  const first = readByReadability(pruned.cloneNode(true));
  const isEnough = first !== undefined && first.text.length >= ENOUGH_CHARS;
  const best = isEnough
    ? first
    : choose([first, readByReadability(document.cloneNode(true)), readByDensity(body)]);
  return { ...best, text: cleanLines(best.text) };
}
