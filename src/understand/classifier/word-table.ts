import { hashText, spreadBits } from '../../lib/hash32.ts';

/** What word lists say of words and phrases: each −127 … 127, 0 for nothing. */
export interface WordTableRows {
  /** Keys (`wordKey`), ascending. */
  words: Uint32Array;
  /** `LISTS` numbers for each of them. */
  values: Int8Array;
}

/**
 * The lists, in the order of their numbers in a row. `first`: 1 for good and −1 for bad, our own words for opinions and for what news tell of;
 * `second`: the same of others. `frames`: 5 + 3 · towards whom it is done to + towards who does it, each −1, 0 or 1.
 */
export const LIST = { moods: 0, first: 1, second: 2, own: 3, faults: 4, frames: 5 } as const;
export const LISTS = Object.keys(LIST).length;
export type ListNumber = (typeof LIST)[keyof typeof LIST];

/** A value in the list of moods (by the company that words keep) is so many times the logarithm of odds. */
export const MOOD_SCALE = 30;
/** A value in our own lists is so many times a strength of −3 … 3. */
export const STRENGTH_SCALE = 40;
const SEED = 0x2545f491;

/** Of a folded word, or of lemmas parted by a blank. */
export function wordKey(word: string): number {
  return spreadBits(beginKey(word)) >>> 0;
}

/** The hash that a key is made of: a phrase's is that of its first word, and the others hashed on to it. */
export function beginKey(word: string): number {
  return hashText(word, SEED);
}

/** Looks words up: open addressing, half full at most. */
export class WordTable {
  readonly isEmpty: boolean;
  private readonly rows: WordTableRows;
  /** Place → number of the row, or −1. */
  private readonly places: Int32Array;

  constructor(rows: WordTableRows) {
    this.rows = rows;
    this.isEmpty = rows.words.length === 0;
    this.places = new Int32Array(2 ** Math.ceil(Math.log2(2 * rows.words.length + 1))).fill(-1);
    rows.words.forEach((key, row) => {
      this.places[this.placeOf(key)] = row;
    });
  }

  /** The row of a word, by the hash that its key is made of; −1 when no list has it. */
  rowOf(begun: number): number {
    return this.places[this.placeOf(spreadBits(begun) >>> 0)] as number;
  }

  /** What a list says in a row; 0 for row −1. */
  at(row: number, list: ListNumber): number {
    return row < 0 ? 0 : (this.rows.values[row * LISTS + list] as number);
  }

  /** Those words that one list has. */
  only(list: ListNumber): WordTable {
    const { words, values } = this.rows;
    const kept = Array.from(words.keys()).filter((row) => this.at(row, list) !== 0);
    return new WordTable({
      words: Uint32Array.from(kept, (row) => words[row] as number),
      values: Int8Array.from(kept.flatMap((row) => [...values.subarray(row * LISTS, (row + 1) * LISTS)])),
    });
  }

  value(word: string, list: ListNumber): number {
    return this.at(this.rowOf(beginKey(word)), list);
  }

  /** Where the key stands, or would. */
  private placeOf(key: number): number {
    const mask = this.places.length - 1;
    let place = key & mask;
    for (;;) {
      const row = this.places[place] as number;
      if (row < 0 || this.rows.words[row] === key) return place;
      place = (place + 1) & mask;
    }
  }
}
