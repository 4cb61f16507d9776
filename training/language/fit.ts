import { gramsOf, MOST_GRAMS, ROWS } from '../../src/understand/language/grams.ts';
import type { LanguageModel } from '../../src/understand/language/model.ts';
import { softmax } from '../../src/understand/probabilities.ts';

/** The words of a text, of one script. */
export interface Example {
  code: string;
  words: readonly string[];
}

export interface FitOptions {
  /** The classes, and how often each is shown; the shares add up to 1. */
  shares: Readonly<Record<string, number>>;
  steps: number;
  random: () => number;
}

const RATE = 0.3;
/** Pulls the weights of the rows that an example touches towards 0. */
const DECAY = 1e-5;
const LONGEST_RUN = 12;

/**
 * Softmax regression by AdaGrad over hashed pieces of words. Each step shows a run of 1 to LONGEST_RUN words of
 * an example, short runs more often: the model must know short texts.
 */
export function fitLanguages(examples: readonly Example[], options: FitOptions): LanguageModel {
  const codes = Object.keys(options.shares);
  const byClass = codes.map((code) => examples.filter((one) => one.code === code && one.words.length > 0));
  const weights = new Float32Array(ROWS * codes.length);
  const squares = new Float32Array(weights.length).fill(1e-3);
  const rows = new Uint16Array(MOST_GRAMS);
  for (let step = 0; step < options.steps; step += 1) {
    const label = drawClass(Object.values(options.shares), options.random());
    const own = byClass[label] ?? [];
    const example = own[Math.floor(options.random() * own.length)];
    if (!example) throw new RangeError(`no examples of ${codes[label] ?? label}`);
    const count = gramsOf(runOfWords(example.words, options.random), rows);
    learn(weights, squares, rows.subarray(0, count), label, codes.length);
  }
  return quantise(codes, weights);
}

function learn(
  weights: Float32Array,
  squares: Float32Array,
  rows: Uint16Array,
  label: number,
  classes: number,
): void {
  const value = 1 / Math.sqrt(rows.length);
  const sums = new Float64Array(classes);
  for (const row of rows)
    for (let c = 0; c < classes; c += 1) sums[c] = (sums[c] ?? 0) + (weights[row * classes + c] ?? 0);
  const errors = softmax(sums, value);
  errors[label] = (errors[label] ?? 0) - 1;
  for (const row of rows) {
    for (let c = 0; c < classes; c += 1) {
      const at = row * classes + c;
      const weight = weights[at] ?? 0;
      const gradient = (errors[c] ?? 0) * value + DECAY * weight;
      const square = (squares[at] ?? 0) + gradient * gradient;
      squares[at] = square;
      weights[at] = weight - (RATE * gradient) / Math.sqrt(square);
    }
  }
}

function drawClass(shares: readonly number[], at: number): number {
  let sum = 0;
  for (let label = 0; label < shares.length; label += 1) {
    sum += shares[label] ?? 0;
    if (at < sum) return label;
  }
  return shares.length - 1;
}

function runOfWords(words: readonly string[], random: () => number): readonly string[] {
  const length = 1 + Math.floor(random() ** 1.5 * LONGEST_RUN);
  const from = Math.floor(random() * Math.max(1, words.length - length + 1));
  return words.slice(from, from + length);
}

/** Coarse steps: the file packs into a third, and nothing measurable is lost. */
const STEP = 0.25;

function quantise(codes: readonly string[], weights: Float32Array): LanguageModel {
  const steps = new Int8Array(weights.length);
  for (let at = 0; at < weights.length; at += 1) {
    steps[at] = Math.max(-127, Math.min(127, Math.round((weights[at] ?? 0) / STEP)));
  }
  return { codes, step: STEP, weights: steps };
}
