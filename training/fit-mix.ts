import type { Mix } from '../src/understand/classifier/model.ts';
import { softmax } from '../src/understand/probabilities.ts';
import { bestBiases } from './blend.ts';
import type { Goal } from './measure.ts';

export interface MixExample {
  /** Log-odds and logarithms of probabilities, of equal number in all examples. */
  sources: readonly number[];
  answer: number;
}

const ROUNDS = 400;
const RATE = 0.3;
const PENALTY = 30;

/**
 * How several opinions are added up to one: multinomial logistic regression with an L2 penalty, by AdaGrad over all examples. The opinions
 * must come from what has not seen the examples. `balance`: a rare answer counts so much of what would make it as dear as the others.
 */
export function fitMix(examples: readonly MixExample[], answers: number, goal: Goal, balance: number): Mix {
  const width = examples[0]?.sources.length ?? 0;
  const costs = costsOf(examples, answers, balance);
  const weights = Array.from({ length: answers }, () => new Float64Array(width + 1));
  const squares = weights.map((row) => new Float64Array(row.length).fill(1e-6));
  const total = examples.reduce((sum, { answer }) => sum + (costs[answer] as number), 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const slopes = weights.map((row) => new Float64Array(row.length));
    for (const { sources, answer } of examples) {
      const probabilities = softmax(Float64Array.from(weights, (row) => sumOf(row, sources)));
      slopes.forEach((row, one) => {
        const slope = ((probabilities[one] as number) - (one === answer ? 1 : 0)) * (costs[answer] as number);
        for (let at = 0; at < width; at += 1) row[at] = (row[at] as number) + slope * (sources[at] as number);
        row[width] = (row[width] as number) + slope;
      });
    }
    weights.forEach((row, one) => {
      for (let at = 0; at <= width; at += 1) {
        const penalty = at < width ? PENALTY * (row[at] as number) : 0;
        const slope = ((slopes[one]?.[at] as number) + penalty) / total;
        const square = (squares[one]?.[at] as number) + slope * slope;
        (squares[one] as Float64Array)[at] = square;
        row[at] = (row[at] as number) - (RATE * slope) / Math.sqrt(square);
      }
    });
  }
  return withFairness(weights, examples, answers, goal);
}

function withFairness(
  weights: readonly Float64Array[],
  examples: readonly MixExample[],
  answers: number,
  goal: Goal,
): Mix {
  const logits = examples.map(({ sources }) => weights.map((row) => sumOf(row, sources)));
  const fairness = bestBiases(
    logits,
    examples.map(({ answer }) => answer),
    answers,
    goal,
  );
  const round = (value: number): number => Math.round(value * 1e4) / 1e4;
  return {
    weights: weights.map((row) => Array.from(row.subarray(0, -1), round)),
    biases: weights.map((row) => round(row.at(-1) ?? 0)),
    fairness,
  };
}

function sumOf(row: Float64Array, sources: readonly number[]): number {
  let sum = row[sources.length] as number;
  for (let at = 0; at < sources.length; at += 1) sum += (row[at] as number) * (sources[at] as number);
  return sum;
}

function costsOf(examples: readonly MixExample[], answers: number, balance: number): number[] {
  return Array.from({ length: answers }, (_, one) => {
    const count = Math.max(1, examples.filter(({ answer }) => answer === one).length);
    return (examples.length / answers / count) ** balance;
  });
}
