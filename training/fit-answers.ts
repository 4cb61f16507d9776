import type { LinearWeights } from '../src/understand/classifier/linear.ts';
import { fitLogistic, type LogisticFit } from './fit-logistic.ts';
import { quantiseLinear } from './quantise.ts';
import type { SparseVector } from './sparse.ts';

export interface AnsweredVector {
  vector: SparseVector;
  /** Number of the right answer. */
  answer: number;
  /** How much it counts beside others. */
  cost: number;
}

export interface AnswersPlan {
  seed: number;
  /** Two to this power rows of weights. */
  bits: number;
  /** C of logistic regression. */
  cost: number;
  /** A rare answer counts so much of what would make it as dear as the others: 0 … 1. */
  balance: number;
}

/** How often each answer is right, 0 … 1; an answer that never is counts as one. */
export function sharesOf(
  examples: readonly Pick<AnsweredVector, 'answer' | 'cost'>[],
  answers: number,
): number[] {
  const sumOf = (some: readonly Pick<AnsweredVector, 'cost'>[]): number =>
    Math.max(
      1,
      some.reduce((sum, { cost }) => sum + cost, 0),
    );
  return Array.from(
    { length: answers },
    (_, one) => sumOf(examples.filter(({ answer }) => answer === one)) / sumOf(examples),
  );
}

/** Each answer of a question against the others. */
export function fitAnswers(
  examples: readonly AnsweredVector[],
  answers: number,
  { seed, bits, cost, balance }: AnswersPlan,
): LogisticFit[] {
  return sharesOf(examples, answers).map((share, one) => {
    // How many others there are for each that has the answer: rare answers are not to be drowned.
    const dearness = ((1 - share) / share || 1) ** balance;
    const given = examples.map(({ vector, answer, cost: own }) => ({
      vector,
      isOne: answer === one,
      cost: cost * own * (answer === one ? dearness : 1),
    }));
    return fitLogistic(given, 2 ** bits, seed);
  });
}

/** The weights of all questions in 8 bits. `vectors` are all that there are: a row that only one of them has tells of one text. */
export function packAnswers(
  fits: readonly LogisticFit[],
  bits: number,
  vectors: Iterable<SparseVector>,
): LinearWeights {
  const seen = new Uint16Array(2 ** bits);
  for (const { rows } of vectors) for (const row of rows) seen[row] = Math.min(9, (seen[row] as number) + 1);
  return quantiseLinear(fits, bits, seen);
}
