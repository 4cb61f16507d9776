import { hashText, spreadBits } from '../../lib/hash32.ts';

/** What word lists say of words and phrases: each −127 … 127, 0 for nothing. */
export interface WordTableRows {
  /** Keys (`wordKey`), ascending. */
  words: Uint32Array;
  /** `LISTS` numbers for each of them. */
  values: Int8Array;
}

/** The lists, in the order of their numbers in a row. */
export const LIST = { moods: 0, first: 1, second: 2, own: 3, faults: 4 } as const;
export const LISTS = Object.keys(LIST).length;
export type ListNumber = (typeof LIST)[keyof typeof LIST];

/** A value in the list of moods (by the company that words keep) is so many times the logarithm of odds. */
export const MOOD_SCALE = 30;
/** A value in our own lists is so many times a strength of −3 … 3. */
export const STRENGTH_SCALE = 40;
const SEED = 0x2545f491;

/** Of a folded word, or of lemmas parted by a blank. */
export function wordKey(word: string): number {
  return spreadBits(hashText(word, SEED)) >>> 0;
}

/** Looks words up by bisection. */
export class WordTable {
  readonly isEmpty: boolean;
  private readonly rows: WordTableRows;
  constructor(rows: WordTableRows) {
    this.rows = rows;
    this.isEmpty = rows.words.length === 0;
  }

  value(word: string, list: ListNumber): number {
    const { words, values } = this.rows;
    const key = wordKey(word);
    let [low, high] = [0, words.length - 1];
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = words[middle] as number;
      if (found === key) return values[middle * LISTS + list] as number;
      if (found < key) low = middle + 1;
      else high = middle - 1;
    }
    return 0;
  }
}
