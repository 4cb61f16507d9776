import type { WordFacts } from './word-facts.ts';
import { type NameWord, OUTSIDE } from './words.ts';

/** Features of a word; raised with the form of the model's file. Each has a number, which weights know it by. */
export const FEATURES = 50;
/** Numbers of those that tell of one word alone: of the word itself, of the one before it, of the one behind it (the next number each). */
export const OWN = [0, 5, 8, 9, 10, 11, 14, 22, 25, 28, 45];
export const BEFORE = [1, 6, 12, 15, 23, 29];
export const BEHIND = BEFORE.map((number) => number + 1);
const ALONE = new Set([...OWN, ...BEFORE, ...BEHIND]);
/** Numbers of the others. */
export const JOINT = Array.from({ length: FEATURES }, (_, number) => number).filter((one) => !ALONE.has(one));

const SEEDS = Uint32Array.from({ length: FEATURES }, (_, number) => Math.imul(number + 2, 0x9e3779b1));

/** Rows of the weights, by number of the feature. */
export type Rows = Uint32Array<ArrayBuffer>;

// Where `add` writes: a closure for each word would cost more than the features.
let out: Rows = new Uint32Array(0);
let from = 0;
let bits = 0;

function writeTo(rows: Rows, to: number, shift: number): void {
  out = rows;
  from = to;
  bits = shift;
}

function add(number: number, value: number): void {
  const spread = Math.imul(value ^ (value >>> 16) ^ (SEEDS[number] as number), 0x85ebca6b);
  out[from + number] = Math.imul(spread ^ (spread >>> 13), 0xc2b2ae35) >>> bits;
}

function mix(one: number, other: number): number {
  // In 32 bits, or it would be a number on the heap.
  return (Math.imul(one ^ (one >>> 15), 0x2c1b3c6d) + other) | 0;
}

/** Writes the rows of all features of the word at `at` into `rows`, from `to` on. */
export function writeFeatures(
  words: readonly NameWord[],
  at: number,
  shift: number,
  rows: Rows,
  to: number,
): void {
  writeTo(rows, to, shift);
  addOwn((words[at] as NameWord).facts);
  addBeside(factsAt(words, at - 1), 0);
  addBeside(factsAt(words, at + 1), 1);
  addJoint(words, at);
}

/** Those of OWN, BEFORE and BEHIND, of the same word in each of the three places. */
export function writeAlone(facts: WordFacts, shift: number, rows: Rows): void {
  writeTo(rows, 0, shift);
  addOwn(facts);
  addBeside(facts, 0);
  addBeside(facts, 1);
}

/** Those of JOINT. */
export function writeJoint(words: readonly NameWord[], at: number, shift: number, rows: Rows): void {
  writeTo(rows, 0, shift);
  addJoint(words, at);
}

/** Of the word there, or of what is beyond the text. */
export function factsAt(words: readonly NameWord[], at: number): WordFacts {
  return at >= 0 && at < words.length ? (words[at] as NameWord).facts : OUTSIDE;
}

function addOwn({ word, lemma, beginning, ends, shape, sense, form }: WordFacts): void {
  add(0, word);
  add(5, lemma);
  add(8, beginning);
  add(9, ends[0]);
  add(10, ends[1]);
  add(11, ends[2]);
  add(14, shape);
  add(22, sense);
  add(25, mix(sense, shape));
  add(28, mix(form, shape));
  add(45, mix(lemma, shape));
}

/** `side`: 0 for the word before, 1 for the one behind. */
function addBeside({ word, lemma, ends, shape, sense, form }: WordFacts, side: number): void {
  add(1 + side, word);
  add(6 + side, lemma);
  add(12 + side, ends[1]);
  add(15 + side, shape);
  add(23 + side, sense);
  add(29 + side, mix(form, shape));
}

/** One flat function: it runs for every word of every post. */
function addJoint(words: readonly NameWord[], at: number): void {
  const own = words[at] as NameWord;
  const next = words[at + 1];
  const w0 = own.facts;
  const a1 = factsAt(words, at - 1);
  const a2 = factsAt(words, at - 2);
  const b1 = factsAt(words, at + 1);
  const b2 = factsAt(words, at + 2);
  const gap = own.gap + (own.isFirst ? 7919 : 0);
  const gapAfter = next ? next.gap + (next.isFirst ? 7919 : 0) : 7919;
  const gapFar = at > 0 ? (words[at - 1] as NameWord).gap : 0;
  const quotes = own.quotedAfter >= 0 ? factsAt(words, own.quotedAfter) : null;
  const inQuotes = quotes ? 1 : 0;
  const shapes = mix(a1.shape, w0.shape);
  const shapesAfter = mix(w0.shape, b1.shape);
  add(3, a2.word);
  add(4, b2.word);
  add(17, shapes);
  add(18, shapesAfter);
  add(19, mix(shapes, b1.shape));
  add(20, mix(mix(a2.shape, a1.shape), w0.shape));
  add(21, mix(shapesAfter, b2.shape));
  add(26, mix(mix(a1.sense, w0.sense), w0.shape));
  add(27, mix(mix(w0.sense, b1.sense), w0.shape));
  add(31, mix(mix(a1.form, w0.form), w0.shape));
  add(32, mix(mix(w0.form, b1.form), w0.shape));
  add(33, mix(gap, w0.shape));
  add(34, mix(gapAfter, w0.shape));
  add(35, mix(gap, w0.sense));
  add(36, mix(gapFar, mix(gap, w0.shape)));
  add(37, mix(gap, shapes));
  add(38, mix(gapAfter, shapesAfter));
  add(39, mix(a1.word, w0.shape));
  add(40, mix(a1.word, w0.word));
  add(41, mix(w0.word, b1.word));
  add(42, mix(b1.word, w0.shape));
  add(43, mix(a1.lemma, w0.sense));
  add(44, mix(mix(a2.word, a1.word), w0.shape));
  add(46, mix(inQuotes, w0.shape));
  add(47, quotes ? mix(quotes.lemma, w0.shape) : 1);
  add(48, quotes ? mix(quotes.ends[1], 3) : 1);
  add(49, mix(mix(a1.lemma, gap), w0.shape));
}
