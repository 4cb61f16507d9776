import type { Estimate } from '../model/estimate.ts';
import type { ClassScore } from '../model/scorecard.ts';
import { wilsonInterval, Z_95 } from './wilson.ts';

/** One answer of a classifier beside the truth; null: none of the classes. */
export interface Answer {
  /** Of how many it stands for. */
  weight: number;
  said: string | null;
  truth: string | null;
}

/**
 * A share of weighted things. Interval: Wilson's for the effective size (Σw)² / Σw² (L. Kish, "Survey Sampling", 1965, §11.7), which C. Franco,
 * R. Little, T. Louis and E. Slud, "Comparative study of confidence intervals for proportions in complex sample surveys" (2019) found to
 * hold what it promises also near 0 and 1, where a bootstrap of few things has no width. null of nothing.
 */
export function weightedShare(
  things: readonly { weight: number; isRight: boolean }[],
  z: number = Z_95,
): Estimate | null {
  let sum = 0;
  let squares = 0;
  let right = 0;
  for (const { weight, isRight } of things) {
    sum += weight;
    squares += weight ** 2;
    if (isRight) right += weight;
  }
  if (sum === 0) return null;
  const value = right / sum;
  const size = sum ** 2 / squares;
  return { value, ...wilsonInterval(value * size, size, z) };
}

/** F1 = 2J / (1 + J), where J is the share of those that are right among those that are of the class by either word: its interval is that of J. */
function f1Of(jaccard: Estimate | null): Estimate | null {
  if (!jaccard) return null;
  const f1 = (share: number): number => (2 * share) / (1 + share);
  return { value: f1(jaccard.value), low: f1(jaccard.low), high: f1(jaccard.high) };
}

/** `z`: of the intervals, 95 % without it. */
export function classScore(name: string, answers: readonly Answer[], z: number = Z_95): ClassScore {
  const judged = answers.map(({ weight, said, truth }) => ({
    weight,
    isSaid: said === name,
    isTrue: truth === name,
    isRight: said === name && truth === name,
  }));
  const said = judged.filter(({ isSaid }) => isSaid);
  const truths = judged.filter(({ isTrue }) => isTrue);
  const either = judged.filter(({ isSaid, isTrue }) => isSaid || isTrue);
  return {
    name,
    said: said.length,
    truths: truths.length,
    precision: weightedShare(said, z),
    recall: weightedShare(truths, z),
    f1: f1Of(weightedShare(either, z)),
  };
}

/** How much F1 of a class moves with an answer of weight 1. */
function pullOf(name: string, answers: readonly Answer[]): { f1: number; of(answer: Answer): number } | null {
  const votes = ({ said, truth }: Answer): number => Number(said === name) + Number(truth === name);
  const isRight = ({ said, truth }: Answer): boolean => said === name && truth === name;
  const total = answers.reduce((sum, one) => sum + one.weight * votes(one), 0);
  if (total === 0) return null;
  const right = answers.reduce((sum, one) => sum + (isRight(one) ? one.weight : 0), 0);
  const f1 = (2 * right) / total;
  return { f1, of: (one) => (2 * Number(isRight(one)) - f1 * votes(one)) / total };
}

/**
 * The mean of F1 over the classes that occur. Interval: Wilson's for the effective size f (1 − f) / variance, the variance by linearisation,
 * and never more than the size by weights (E. Korn and B. Graubard, "Confidence intervals for proportions with small expected number
 * of positive counts estimated from survey data", Survey Methodology 24, 1998). null of nothing.
 */
export function macroF1(
  names: readonly string[],
  answers: readonly Answer[],
  z: number = Z_95,
): Estimate | null {
  const pulls = names.flatMap((name) => pullOf(name, answers) ?? []);
  if (pulls.length === 0) return null;
  const value = pulls.reduce((sum, { f1 }) => sum + f1, 0) / pulls.length;
  const weights = answers.reduce((sum, { weight }) => sum + weight, 0);
  const size = weights ** 2 / answers.reduce((sum, { weight }) => sum + weight ** 2, 0);
  const spread = answers.reduce((sum, one) => {
    const pull = pulls.reduce((all, { of }) => all + of(one), 0) / pulls.length;
    return sum + (one.weight * pull) ** 2;
  }, 0);
  // Of a variance that is estimated: Student's quantile in place of the normal one, by the first term of its expansion.
  const freedom = Math.max(1, size - 1);
  const variance = spread * (1 + 1 / freedom) * (1 + (z ** 2 + 1) / (2 * freedom));
  const effective = variance > 0 ? Math.min(size, (value * (1 - value)) / variance) : size;
  return { value, ...wilsonInterval(value * effective, effective, z) };
}

/**
 * Later minus earlier, of independent samples: R. G. Newcombe's hybrid interval ("Interval estimation for the difference between independent
 * proportions", Statistics in Medicine 17, 1998, method 10), −1 to 1.
 */
export function differenceOf(later: Estimate, earlier: Estimate): Estimate {
  const value = later.value - earlier.value;
  const below = Math.hypot(later.value - later.low, earlier.high - earlier.value);
  const above = Math.hypot(later.high - later.value, earlier.value - earlier.low);
  return { value, low: value - below, high: value + above };
}
