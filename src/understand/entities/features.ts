import { type NameWord, OUTSIDE } from './words.ts';

/** Features of a word; raised with the form of the model's file. */
export const FEATURES = 50;

const SEEDS = Uint32Array.from({ length: FEATURES + 1 }, (_, at) => Math.imul(at + 1, 0x9e3779b1));

// Where `add` writes: a closure for each word would cost more than the features.
let out = new Uint32Array(0);
let place = 0;
let seed = 0;
let bits = 0;

function add(value: number): void {
  seed += 1;
  const spread = Math.imul(value ^ (value >>> 16) ^ (SEEDS[seed] as number), 0x85ebca6b);
  out[place] = Math.imul(spread ^ (spread >>> 13), 0xc2b2ae35) >>> bits;
  place += 1;
}

function mix(one: number, other: number): number {
  return Math.imul(one ^ (one >>> 15), 0x2c1b3c6d) + (other | 0);
}

/**
 * Writes the rows of the weights that speak of the word at `at` into `rows`, from `to` on; `FEATURES` of them.
 * One flat function: it runs for every word of every post.
 */
export function writeFeatures(
  words: readonly NameWord[],
  at: number,
  shift: number,
  rows: Uint32Array<ArrayBuffer>,
  to: number,
): void {
  const own = words[at] as NameWord;
  const next = words[at + 1];
  const w0 = own.facts;
  const a1 = words[at - 1]?.facts ?? OUTSIDE;
  const a2 = words[at - 2]?.facts ?? OUTSIDE;
  const b1 = next?.facts ?? OUTSIDE;
  const b2 = words[at + 2]?.facts ?? OUTSIDE;
  const gap = own.gap + (own.isFirst ? 7919 : 0);
  const gapAfter = next ? next.gap + (next.isFirst ? 7919 : 0) : 7919;
  const gapFar = words[at - 1]?.gap ?? 0;
  const quotes = own.quotedAfter >= 0 ? (words[own.quotedAfter]?.facts ?? OUTSIDE) : null;
  const inQuotes = own.quotedAfter >= 0 ? 1 : 0;
  out = rows;
  place = to;
  seed = 0;
  bits = shift;
  add(w0.word);
  add(a1.word);
  add(b1.word);
  add(a2.word);
  add(b2.word);
  add(w0.lemma);
  add(a1.lemma);
  add(b1.lemma);
  add(w0.beginning);
  add(w0.ends[0]);
  add(w0.ends[1]);
  add(w0.ends[2]);
  add(a1.ends[1]);
  add(b1.ends[1]);
  add(w0.shape);
  add(a1.shape);
  add(b1.shape);
  add(mix(a1.shape, w0.shape));
  add(mix(w0.shape, b1.shape));
  add(mix(mix(a1.shape, w0.shape), b1.shape));
  add(mix(mix(a2.shape, a1.shape), w0.shape));
  add(mix(mix(w0.shape, b1.shape), b2.shape));
  add(w0.sense);
  add(a1.sense);
  add(b1.sense);
  add(mix(w0.sense, w0.shape));
  add(mix(mix(a1.sense, w0.sense), w0.shape));
  add(mix(mix(w0.sense, b1.sense), w0.shape));
  add(mix(w0.form, w0.shape));
  add(mix(a1.form, a1.shape));
  add(mix(b1.form, b1.shape));
  add(mix(mix(a1.form, w0.form), w0.shape));
  add(mix(mix(w0.form, b1.form), w0.shape));
  add(mix(gap, w0.shape));
  add(mix(gapAfter, w0.shape));
  add(mix(gap, w0.sense));
  add(mix(gapFar, mix(gap, w0.shape)));
  add(mix(gap, mix(a1.shape, w0.shape)));
  add(mix(gapAfter, mix(w0.shape, b1.shape)));
  add(mix(a1.word, w0.shape));
  add(mix(a1.word, w0.word));
  add(mix(w0.word, b1.word));
  add(mix(b1.word, w0.shape));
  add(mix(a1.lemma, w0.sense));
  add(mix(mix(a2.word, a1.word), w0.shape));
  add(mix(w0.lemma, w0.shape));
  add(mix(inQuotes, w0.shape));
  add(quotes ? mix(quotes.lemma, w0.shape) : 1);
  add(quotes ? mix(quotes.ends[1], 3) : 1);
  add(mix(mix(a1.lemma, gap), w0.shape));
}
