import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { cached } from '../../lib/cache.ts';
import { onceFor } from '../../lib/once-for.ts';
import { softmax } from '../probabilities.ts';
import { gramsOf, MOST_GRAMS } from './grams.ts';

/** Softmax regression over hashed pieces of words, its weights in steps of `step`. */
export interface LanguageModel {
  /** The classes, in the order of the columns. */
  codes: readonly string[];
  step: number;
  /** rows × codes.length */
  weights: Int8Array;
}

export interface LanguageModels {
  cyrillic: LanguageModel;
  latin: LanguageModel;
  /** Everyday English words: one of them alone is English, any other word alone may be a name. */
  english: ReadonlySet<string>;
}

interface Head {
  cyrillic: { codes: string[]; step: number; size: number };
  latin: { codes: string[]; step: number; size: number };
  english: string;
}

const FILE = new URL('../../../models/language.bin.gz', import.meta.url);
let models: LanguageModels | null = null;

/** Read once, on first use. */
export function languageModels(): LanguageModels {
  models ??= parseModels(gunzipSync(readFileSync(FILE)));
  return models;
}

/** For training, which measures weights before they are written; null: those of the file again. */
export function useLanguageModels(others: LanguageModels | null): void {
  models = others;
}

/** A line of JSON, then the weights of both models. */
export function formatModels({ cyrillic, latin, english }: LanguageModels): Uint8Array {
  const head: Head = {
    cyrillic: { codes: [...cyrillic.codes], step: cyrillic.step, size: cyrillic.weights.length },
    latin: { codes: [...latin.codes], step: latin.step, size: latin.weights.length },
    english: [...english].join(' '),
  };
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(head)}\n`),
    Buffer.from(cyrillic.weights.buffer),
    Buffer.from(latin.weights.buffer),
  ]);
}

function parseModels(bytes: Uint8Array): LanguageModels {
  const lineEnd = bytes.indexOf(0x0a);
  const head = JSON.parse(Buffer.from(bytes.subarray(0, lineEnd)).toString()) as Head;
  let at = lineEnd + 1;
  const read = ({ codes, step, size }: Head['latin']): LanguageModel => {
    const weights = new Int8Array(bytes.buffer, bytes.byteOffset + at, size);
    at += size;
    return { codes, step, weights };
  };
  return {
    cyrillic: read(head.cyrillic),
    latin: read(head.latin),
    english: new Set(head.english.split(' ')),
  };
}

/** So many words mostly leave no doubt, and the rest need not be looked at. */
const FIRST_WORDS = 8;
const NO_DOUBT = 0.99;

/** The probability of each class, in the order of `codes`. */
export function classify(model: LanguageModel, words: readonly string[]): Float64Array {
  if (words.length <= FIRST_WORDS) return classifyAll(model, words);
  const first = classifyAll(model, words.slice(0, FIRST_WORDS));
  return first.some((probability) => probability > NO_DOUBT) ? first : classifyAll(model, words);
}

function classifyAll(model: LanguageModel, words: readonly string[]): Float64Array {
  const sumOf = sumsOf(model);
  const sums = new Float64Array(model.codes.length);
  let count = 0;
  for (let at = 0; at < words.length && count < MOST_GRAMS; at += 1) {
    const own = sumOf(words[at] as string);
    count += own.count;
    for (let column = 0; column < sums.length; column += 1)
      sums[column] = (sums[column] as number) + (own.sums[column] as number);
  }
  return softmax(sums, model.step / Math.sqrt(count || 1));
}

/** What the pieces of a word add to each class, and how many they are. */
interface WordSum {
  sums: Int32Array;
  count: number;
}

/** Words come again and again: some ten thousands are remembered. */
const REMEMBERED = 20_000;
const rows = new Uint16Array(MOST_GRAMS);
const sumsOf = onceFor((model: LanguageModel) => cached((word) => sumWord(model, word), REMEMBERED));

function sumWord({ codes, weights }: LanguageModel, word: string): WordSum {
  const classes = codes.length;
  const count = gramsOf([word], rows);
  const sums = new Int32Array(classes);
  for (let at = 0; at < count; at += 1) {
    const base = (rows[at] as number) * classes;
    for (let column = 0; column < classes; column += 1) {
      sums[column] = (sums[column] as number) + (weights[base + column] as number);
    }
  }
  return { sums, count };
}
