import { spreadBits } from '../../lib/hash32.ts';
import type { HeldOut, MatchWeights } from '../../model/match-weights.ts';
import { fitMatchWeights } from './fit.ts';
import { type Lesson, toList } from './lesson.ts';
import { type ShownAuthors, toLevel } from './level.ts';
import { outcomeOf } from './outcome.ts';
import { binsOf, saidPairs } from './reliability.ts';

/** Below this many authors nothing is learned. Chosen by simulation (docs/decisions/0028). */
export const LEAST_DECISIONS = 100;
/** Below this many that the weights in force have not learned from, nothing is measured. */
export const LEAST_NEW = 50;

const FOLDS = 5;

const foldOf = ({ author }: Lesson): number => (spreadBits(author ^ 0x3c6ef372) >>> 0) % FOLDS;

export interface Learned {
  weights: MatchWeights;
  heldOut: HeldOut;
  /** The loss on what was held out fell by more than its standard error. */
  isBetter: boolean;
}

/** Mean and standard error of the mean. */
function meanOf(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const spread = values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, values.length - 1);
  return { mean, error: Math.sqrt(spread / values.length) };
}

/** Each lesson with weights that were learned from others. */
function heldOutWeights(shown: ShownAuthors): { lesson: Lesson; weights: readonly number[] }[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const taught = shown.decided.filter((lesson) => foldOf(lesson) !== fold);
    const weights = toList(toLevel(fitMatchWeights(taught), shown));
    return shown.decided.filter((lesson) => foldOf(lesson) === fold).map((lesson) => ({ lesson, weights }));
  }).flat();
}

/**
 * Learns weights from what was decided and says whether they foretell better what they have not seen than those in force. Only decisions after
 * `since` measure: from the others the weights in force may have learned. null: too few of either.
 */
export function learnMatchWeights(
  shown: ShownAuthors,
  { inForce, since }: { inForce: MatchWeights; since: Date | null },
): Learned | null {
  const isNew = ({ at }: Lesson): boolean => since === null || at > since;
  const lessons = shown.decided;
  if (lessons.length < LEAST_DECISIONS || lessons.filter(isNew).length < LEAST_NEW) return null;
  const known = toList(inForce);
  const measured = heldOutWeights(shown).filter(({ lesson }) => isNew(lesson));
  const before = measured.map(({ lesson }) => outcomeOf(lesson, known).loss);
  const after = measured.map(({ lesson, weights }) => outcomeOf(lesson, weights).loss);
  const gain = meanOf(before.map((loss, at) => loss - (after[at] ?? 0)));
  return {
    weights: toLevel(fitMatchWeights(lessons), shown),
    heldOut: {
      authors: measured.length,
      before: meanOf(before).mean,
      after: meanOf(after).mean,
      error: gain.error,
      reliability: {
        before: binsOf(measured.flatMap(({ lesson }) => saidPairs(lesson, known))),
        after: binsOf(measured.flatMap(({ lesson, weights }) => saidPairs(lesson, weights))),
      },
    },
    isBetter: gain.mean > gain.error,
  };
}
