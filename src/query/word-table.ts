import { grown } from '../lib/grown.ts';
import type { Scan } from '../lib/scan.ts';

export interface WordTable {
  /**
   * What `find` gave for the token's spelling; asked again when that was for an earlier generation. Words longer than the table's
   * limit are asked every time.
   */
  get(scan: Scan, token: number, generation: number, find: (word: string) => Uint32Array): Uint32Array;
}

const WORDS_AT_MOST = 300_000;
const FIRST_SLOTS = 1 << 15;
const NONE = new Uint32Array(0);

// A slot is four numbers: hash, generation, where its letters begin, how many there are (0: nothing stands here).
const HASH = 0;
const GENERATION = 1;
const START = 2;
const LENGTH = 3;
const STRIDE = 4;

/**
 * Words of documents, found by the hash that the scan has made anyway: no string is made for a known word, and what is looked at
 * lies side by side, since most of the cost is waiting for memory. Forgets everything when it is full.
 */
export function createWordTable(longest: number): WordTable {
  let slots = new Int32Array(FIRST_SLOTS * STRIDE);
  let found: Uint32Array[] = new Array<Uint32Array>(FIRST_SLOTS).fill(NONE);
  let letters = new Uint16Array(FIRST_SLOTS * 4);
  let end = 0;
  let count = 0;

  function isWord(at: number, units: Uint16Array, from: number, length: number): boolean {
    if (slots[at + LENGTH] !== length) return false;
    const start = slots[at + START] as number;
    for (let unit = 0; unit < length; unit += 1)
      if (letters[start + unit] !== units[from + unit]) return false;
    return true;
  }

  function emptySlot(hash: number): number {
    const mask = slots.length - 1;
    let at = firstSlot(hash) & mask;
    while (slots[at + LENGTH] !== 0) at = (at + STRIDE) & mask;
    return at;
  }

  function makeRoom(length: number): void {
    if (count >= WORDS_AT_MOST) {
      slots.fill(0);
      found.fill(NONE);
      end = 0;
      count = 0;
    }
    if (end + length > letters.length) {
      letters = grown(letters, new Uint16Array(letters.length * 2));
    }
    if (count * 2 * STRIDE >= slots.length) spreadOut();
  }

  function spreadOut(): void {
    const [old, oldFound] = [slots, found];
    slots = new Int32Array(old.length * 2);
    found = new Array<Uint32Array>(slots.length / STRIDE).fill(NONE);
    for (let at = 0; at < old.length; at += STRIDE) {
      if (old[at + LENGTH] === 0) continue;
      const to = emptySlot(old[at + HASH] as number);
      slots.set(old.subarray(at, at + STRIDE), to);
      found[to >> 2] = oldFound[at >> 2] as Uint32Array;
    }
  }

  function get(
    scan: Scan,
    token: number,
    generation: number,
    find: (word: string) => Uint32Array,
  ): Uint32Array {
    const { units } = scan;
    const hash = scan.hashes[token] as number;
    const from = scan.from[token] as number;
    const length = (scan.to[token] as number) - from;
    if (length > longest) return find(scan.word(token));
    const mask = slots.length - 1;
    let at = firstSlot(hash) & mask;
    for (; slots[at + LENGTH] !== 0; at = (at + STRIDE) & mask) {
      if (slots[at + HASH] !== hash || !isWord(at, units, from, length)) continue;
      if (slots[at + GENERATION] === generation) return found[at >> 2] as Uint32Array;
      slots[at + GENERATION] = generation;
      const answer = find(scan.word(token));
      found[at >> 2] = answer;
      return answer;
    }
    return add(scan, token, generation, find(scan.word(token)));
  }

  function add(
    { from, to, units, hashes }: Scan,
    token: number,
    generation: number,
    answer: Uint32Array,
  ): Uint32Array {
    const [start, stop] = [from[token] as number, to[token] as number];
    makeRoom(stop - start);
    letters.set(units.subarray(start, stop), end);
    const at = emptySlot(hashes[token] as number);
    slots[at + HASH] = hashes[token] as number;
    slots[at + GENERATION] = generation;
    slots[at + START] = end;
    slots[at + LENGTH] = stop - start;
    found[at >> 2] = answer;
    end += stop - start;
    count += 1;
    return answer;
  }

  return { get };
}

/** Before it is cut to the size of the table. */
function firstSlot(hash: number): number {
  return (hash ^ (hash >>> 15)) * STRIDE;
}
