import { hashText, hashUnit } from '../../lib/hash32.ts';
import { unitAt } from '../../lib/unit-at.ts';

/** Size of a model's table of features: hashed pieces of words share its rows. */
export const ROWS = 1 << 15;
export const LONGEST_GRAM = 5;
/** Pieces of a text that are looked at. */
export const MOST_GRAMS = 2_048;

const EDGE = 0x5f;
const SEED = 0x811c;
const WHOLE_WORD = 0x9e37;

/**
 * Rows of the pieces of 1 to LONGEST_GRAM letters of each word, its edges included, and of whole words.
 * Fills `rows` and returns how many there are. Training and use share it.
 */
export function gramsOf(words: readonly string[], rows: Uint16Array): number {
  let count = 0;
  for (const word of words) {
    for (let from = -1; from < word.length; from += 1) count = addPieces(word, from, rows, count);
    count = addWord(word, rows, count);
  }
  return count;
}

/** The pieces that begin at `from`; −1 is the edge before the word. An edge alone is no piece. */
function addPieces(word: string, from: number, rows: Uint16Array, before: number): number {
  let count = before;
  let hash = SEED;
  const end = Math.min(from + LONGEST_GRAM, word.length + 1);
  for (let at = from; at < end && count < rows.length; at += 1) {
    const isEdge = at < 0 || at === word.length;
    hash = hashUnit(hash, isEdge ? EDGE : unitAt(word, at));
    if (at < 0) continue;
    rows[count] = fold(hash);
    count += 1;
  }
  return count;
}

function addWord(word: string, rows: Uint16Array, count: number): number {
  if (count === rows.length) return count;
  rows[count] = fold(hashText(word, WHOLE_WORD));
  return count + 1;
}

function fold(hash: number): number {
  return (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 12) & (ROWS - 1);
}
