import { softmax } from '../probabilities.ts';
import type { SparseVector } from './sparse.ts';

/** What is to be said of a text. */
export interface ShiftExample {
  vector: SparseVector;
  /** Log-odds of the answers by the shipped model: they stay as they are, something is added. */
  offset: readonly number[];
  /** How likely each answer should be. */
  aim: readonly number[];
  /** How much a mistake with it counts. */
  cost: number;
}

/** What is added: Σ value × weight + bias, per answer. */
export interface ShiftFit {
  /** Feature → one number for each answer. */
  weights: ReadonlyMap<number, Float64Array>;
  biases: Float64Array;
}

/** A bias is a feature that every text has: smaller values shrink it more. */
const BIAS = 0.2;
/** A feature that fewer texts have says something of those texts alone. */
const LEAST_TEXTS = 2;
const STEPS = 50;
const SETTLED = 2e-3;
const POWER_STEPS = 12;

/** Examples with features numbered without gaps; the bias is feature 0. */
export interface ShiftProblem {
  answers: number;
  /** Number in the model of each feature but the bias. */
  features: readonly number[];
  rows: readonly Int32Array[];
  values: readonly Float64Array[];
  examples: readonly ShiftExample[];
}

export function problemOf(examples: readonly ShiftExample[], answers: number): ShiftProblem {
  const counts = new Map<number, number>();
  for (const { vector } of examples)
    for (const row of vector.rows) counts.set(row, (counts.get(row) ?? 0) + 1);
  const features = [...counts].filter(([, count]) => count >= LEAST_TEXTS).map(([row]) => row);
  const numbers = new Map(features.map((row, at) => [row, at + 1]));
  const known = examples.map(({ vector }) => {
    const places = [...vector.rows.keys()].filter((at) => numbers.has(vector.rows[at] as number));
    return {
      rows: Int32Array.of(0, ...places.map((at) => numbers.get(vector.rows[at] as number) as number)),
      values: Float64Array.of(BIAS, ...places.map((at) => vector.values[at] as number)),
    };
  });
  return {
    answers,
    features,
    rows: known.map(({ rows }) => rows),
    values: known.map(({ values }) => values),
    examples,
  };
}

/** Which of the examples to learn from; all when it is absent. */
export type Chosen = (at: number) => boolean;

/**
 * Multinomial logistic regression with a fixed offset: the least ½‖weights‖² + cost × Σ cost of the example × cross-entropy, by accelerated
 * gradient steps (Beck and Teboulle 2009) that begin anew where they overshoot. `weights`: where to begin, changed in place. `pause` is
 * called before each step, so that others get their turn.
 */
export async function fitWeights(
  problem: ShiftProblem,
  cost: number,
  weights: Float64Array,
  { isChosen = () => true, pause }: { isChosen?: Chosen; pause?: () => Promise<void> },
): Promise<void> {
  const places = [...problem.examples.keys()].filter(isChosen);
  const step = 1 / (1 + 0.5 * cost * largestSquare(problem, places));
  const ahead = weights.slice();
  let speed = 1;
  for (let count = 0; count < STEPS; count += 1) {
    await pause?.();
    const gradient = gradientAt(problem, places, ahead, cost);
    const next = (1 + Math.sqrt(1 + 4 * speed * speed)) / 2;
    const push = (speed - 1) / next;
    let [moved, size, against] = [0, 0, 0];
    for (let at = 0; at < weights.length; at += 1) {
      const before = weights[at] as number;
      const after = (ahead[at] as number) - step * (gradient[at] as number);
      moved += (after - before) ** 2;
      size += after * after;
      against += (gradient[at] as number) * (after - before);
      weights[at] = after;
      ahead[at] = after + push * (after - before);
    }
    speed = next;
    if (against > 0) {
      ahead.set(weights);
      speed = 1;
    }
    if (moved <= SETTLED ** 2 * Math.max(size, 1e-12)) break;
  }
}

function gradientAt(
  { answers, rows, values, examples }: ShiftProblem,
  places: readonly number[],
  weights: Float64Array,
  cost: number,
): Float64Array {
  const gradient = weights.slice();
  const odds = new Float64Array(answers);
  for (const place of places) {
    const { offset, aim, cost: own } = examples[place] as ShiftExample;
    const [row, value] = [rows[place] as Int32Array, values[place] as Float64Array];
    addOdds(odds, offset, row, value, weights);
    softmax(odds);
    for (let answer = 0; answer < answers; answer += 1)
      odds[answer] = cost * own * ((odds[answer] as number) - (aim[answer] as number));
    for (let at = 0; at < row.length; at += 1) {
      const from = (row[at] as number) * answers;
      const much = value[at] as number;
      for (let answer = 0; answer < answers; answer += 1)
        gradient[from + answer] = (gradient[from + answer] as number) + much * (odds[answer] as number);
    }
  }
  return gradient;
}

function addOdds(
  odds: Float64Array,
  offset: readonly number[],
  row: Int32Array,
  value: Float64Array,
  weights: Float64Array,
): void {
  const answers = odds.length;
  for (let answer = 0; answer < answers; answer += 1) odds[answer] = offset[answer] as number;
  for (let at = 0; at < row.length; at += 1) {
    const from = (row[at] as number) * answers;
    const much = value[at] as number;
    for (let answer = 0; answer < answers; answer += 1)
      odds[answer] = (odds[answer] as number) + much * (weights[from + answer] as number);
  }
}

/** Cross-entropy of the chosen examples, each by its cost. */
export function lossOf(
  { answers, rows, values, examples }: ShiftProblem,
  weights: Float64Array,
  isChosen: Chosen,
): number {
  const odds = new Float64Array(answers);
  let loss = 0;
  examples.forEach(({ offset, aim, cost }, place) => {
    if (!isChosen(place)) return;
    addOdds(odds, offset, rows[place] as Int32Array, values[place] as Float64Array, weights);
    softmax(odds);
    for (let answer = 0; answer < answers; answer += 1)
      loss -= cost * (aim[answer] as number) * Math.log(Math.max(1e-9, odds[answer] as number));
  });
  return loss;
}

/** The largest eigenvalue of Σ cost × vector × vectorᵀ, by power iteration; a little more, since it comes from below. */
function largestSquare(
  { features, rows, values, examples }: ShiftProblem,
  places: readonly number[],
): number {
  let direction = new Float64Array(features.length + 1).fill(1);
  let found = 0;
  for (let count = 0; count < POWER_STEPS; count += 1) {
    const next = new Float64Array(direction.length);
    for (const place of places) {
      const [row, value] = [rows[place] as Int32Array, values[place] as Float64Array];
      let product = 0;
      for (let at = 0; at < row.length; at += 1)
        product += (value[at] as number) * (direction[row[at] as number] as number);
      product *= (examples[place] as ShiftExample).cost;
      for (let at = 0; at < row.length; at += 1)
        next[row[at] as number] = (next[row[at] as number] as number) + product * (value[at] as number);
    }
    found = Math.sqrt(next.reduce((sum, one) => sum + one * one, 0));
    if (found === 0) return 0;
    direction = next.map((one) => one / found);
  }
  return 1.1 * found;
}

export function toFit({ answers, features }: ShiftProblem, weights: Float64Array): ShiftFit {
  const of = (number: number): Float64Array => weights.slice(number * answers, (number + 1) * answers);
  return {
    weights: new Map(features.map((feature, at) => [feature, of(at + 1)])),
    biases: of(0).map((one) => BIAS * one),
  };
}
