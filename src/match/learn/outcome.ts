import type { Lesson, LessonCandidate } from './lesson.ts';

/** Of one lesson under some weights. */
export interface Outcome {
  /** −ln of the probability of what was decided. */
  loss: number;
  /** How likely each candidate was said to be: Bayes' rule over all of them and over “nobody of them”, as in `probability.ts`. */
  said: readonly number[];
  /** Each candidate's share of all, and of what was decided: nobody has the rest. */
  shares: readonly number[];
  decided: readonly number[];
}

/** How far the truth may be this candidate, by what was decided: what a refused one leaves is his namesake outside the register. */
function allowanceOf({ isRight, trust }: LessonCandidate, isSettled: boolean): number {
  if (isSettled) return isRight ? trust : 0;
  return isRight === false ? 1 - trust : 1;
}

/** What weights (as in `toList`) say of a lesson. Odds are taken from the greatest, so that none overflows. */
export function outcomeOf({ candidates }: Lesson, weights: readonly number[]): Outcome {
  const isSettled = candidates.some(({ isRight }) => isRight === true);
  const logs = candidates.map(({ prior, signs }) =>
    signs.reduce((sum, sign, at) => sum + sign * (weights[at] ?? 0), prior),
  );
  const top = Math.max(0, ...logs);
  const odds = logs.map((log) => Math.exp(log - top));
  const nobody = Math.exp(-top);
  const sum = odds.reduce((all, one) => all + one, nobody);
  const allowed = candidates.map((one, at) => allowanceOf(one, isSettled) * (odds[at] ?? 0));
  const left = allowed.reduce((all, one) => all + one, isSettled ? 0 : nobody);
  return {
    loss: Math.log(sum) - Math.log(Math.max(left, Number.MIN_VALUE)),
    said: candidates.map(({ trust }, at) => (trust * (odds[at] ?? 0)) / sum),
    shares: odds.map((one) => one / sum),
    decided: allowed.map((one) => (left > 0 ? one / left : 0)),
  };
}
