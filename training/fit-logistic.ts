import { randomFrom, shuffle } from '../src/lib/random.ts';
import type { SparseVector } from './sparse.ts';

export interface LogisticExample {
  vector: SparseVector;
  isOne: boolean;
  /** How dear a mistake with it is: the C of its own. */
  cost: number;
}

export interface LogisticFit {
  weights: Float32Array;
  bias: number;
}

const ROUNDS = 15;
const NEWTON_STEPS = 20;
const SETTLED = 0.01;

/**
 * Logistic regression with an L2 penalty by dual coordinate descent (Yu, Huang and Lin, "Dual coordinate descent methods for
 * logistic regression and maximum entropy models", 2011). The same examples, seed and size give the same weights.
 */
export function fitLogistic(examples: readonly LogisticExample[], size: number, seed: number): LogisticFit {
  const weights = new Float32Array(size);
  let bias = 0;
  const random = randomFrom(seed);
  const duals = Float64Array.from(examples, ({ cost }) => Math.min(0.001 * cost, 1e-8));
  const squares = Float64Array.from(examples, ({ vector }) =>
    vector.values.reduce((sum, value) => sum + value * value, 1),
  );
  const order = Int32Array.from(examples, (_, at) => at);

  function move(example: LogisticExample, by: number): void {
    const { rows, values } = example.vector;
    const step = example.isOne ? by : -by;
    for (let at = 0; at < rows.length; at += 1)
      weights[rows[at] as number] = (weights[rows[at] as number] as number) + step * (values[at] as number);
    bias += step;
  }

  examples.forEach((example, at) => {
    move(example, duals[at] as number);
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    shuffle(order, random);
    let largest = 0;
    for (const at of order) {
      const example = examples[at] as LogisticExample;
      const margin = (example.isOne ? 1 : -1) * (bias + product(example.vector, weights));
      const old = duals[at] as number;
      const dual = bestDual(old, squares[at] as number, margin, example.cost);
      if (dual === old) continue;
      duals[at] = dual;
      move(example, dual - old);
      largest = Math.max(largest, Math.abs(dual - old) / example.cost);
    }
    if (largest < SETTLED) break;
  }
  return { weights, bias };
}

export function product({ rows, values }: SparseVector, weights: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < rows.length; at += 1)
    sum += (weights[rows[at] as number] as number) * (values[at] as number);
  return sum;
}

/** By Newton's method, held within (0, cost). */
function bestDual(old: number, square: number, margin: number, cost: number): number {
  let dual = old;
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    const slope = square * (dual - old) + margin + Math.log(dual / (cost - dual));
    const bend = square + cost / (dual * (cost - dual));
    let next = dual - slope / bend;
    if (next <= 0) next = dual * 0.1;
    else if (next >= cost) next = cost - (cost - dual) * 0.1;
    const change = Math.abs(next - dual);
    dual = next;
    if (change < 1e-4 * Math.min(dual, cost - dual)) break;
  }
  return dual;
}
