import type { ReliabilityBin } from '../../model/match-weights.ts';
import type { Lesson } from './lesson.ts';
import { outcomeOf } from './outcome.ts';

const BINS = 10;

/** Pairs about which somebody decided: how likely each was said to be, and whether it was right. */
export function saidPairs(lesson: Lesson, weights: readonly number[]): { said: number; isRight: boolean }[] {
  const { said } = outcomeOf(lesson, weights);
  return lesson.candidates.flatMap(({ isRight }, at) =>
    isRight === null ? [] : [{ said: said[at] ?? 0, isRight }],
  );
}

/** Said probability against the share that was right, in tenths; those in which there is nothing are left out. */
export function binsOf(pairs: readonly { said: number; isRight: boolean }[]): ReliabilityBin[] {
  return Array.from({ length: BINS }, (_, bin) => {
    const inside = pairs.filter(({ said }) => Math.min(BINS - 1, Math.floor(said * BINS)) === bin);
    const said = inside.reduce((sum, one) => sum + one.said, 0) / inside.length;
    return { said, right: inside.filter(({ isRight }) => isRight).length, count: inside.length };
  }).filter(({ count }) => count > 0);
}
