import { spreadBits } from '../../lib/hash32.ts';

/**
 * What a text is found by: hashes of its word triples, of which winnowing keeps the least in each window (Schleimer, Wilkerson, Aiken,
 * "Winnowing: local algorithms for document fingerprinting", 2003). Texts that share a run of words, be it a quotation or what
 * is left of a cut one, share fingerprints, however long the rest is.
 */

export const SHINGLE_WORDS = 3;

/** Windows: the longer the text, the sparser. What a long window keeps, a short one keeps too. */
const WINDOWS: readonly (readonly [upToWords: number, window: number])[] = [
  [16, 1],
  [48, 4],
  [400, 8],
  [1500, 16],
];
const WIDEST = 32;

/** Three words in their order, spread over 32 bits (the finaliser of MurmurHash3). */
export function tripleAt(hashes: Int32Array, at: number): number {
  let mixed = Math.imul(hashes[at] as number, 0x9e3779b1) ^ (hashes[at + 1] as number);
  mixed = Math.imul((mixed << 13) | (mixed >>> 19), 0x85ebca6b) ^ (hashes[at + 2] as number);
  return spreadBits(mixed);
}

function windowFor(words: number): number {
  return WINDOWS.find(([upTo]) => words <= upTo)?.[1] ?? WIDEST;
}

/** By which a text of so many words is kept: each number once. */
export function fingerprintsOf(hashes: Int32Array): Int32Array {
  return winnow(hashes, windowFor(hashes.length));
}

/** By which texts like it are looked for: closer together than what is kept. */
export function probesOf(hashes: Int32Array): Int32Array {
  return winnow(hashes, Math.min(8, Math.max(1, windowFor(hashes.length) >> 1)));
}

/** Linear: the least of a window is looked for anew only when it has left the window. */
function winnow(hashes: Int32Array, window: number): Int32Array {
  const count = hashes.length - SHINGLE_WORDS + 1;
  if (count < 1) return new Int32Array(0);
  const triples = new Int32Array(count);
  for (let at = 0; at < count; at += 1) triples[at] = tripleAt(hashes, at);
  const kept = new Set<number>();
  let least = -1;
  for (let end = Math.min(window, count) - 1; end < count; end += 1) {
    const start = Math.max(0, end - window + 1);
    if (least < start) {
      least = start;
      for (let at = start + 1; at <= end; at += 1)
        if ((triples[at] as number) <= (triples[least] as number)) least = at;
    } else if ((triples[end] as number) <= (triples[least] as number)) least = end;
    kept.add(triples[least] as number);
  }
  return Int32Array.from(kept);
}
