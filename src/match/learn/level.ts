import type { MatchWeights } from '../../model/match-weights.ts';
import { type Lesson, toList } from './lesson.ts';
import { outcomeOf } from './outcome.ts';
import { FACTORY_WEIGHTS } from './weights.ts';

/** All authors who were shown: of some of them people have decided something. */
export interface ShownAuthors {
  decided: readonly Lesson[];
  /** Of the others some, */
  open: readonly Lesson[];
  /** and how many there are. */
  openCount: number;
}

const REACH = 12;
const STEPS = 20;

/** How many of those who were shown are customers, as far as weights say. */
function expectedRight({ decided, open, openCount }: ShownAuthors, weights: MatchWeights): number {
  const list = toList(weights);
  const sumOf = (lessons: readonly Lesson[]): number =>
    lessons.reduce((sum, lesson) => outcomeOf(lesson, list).said.reduce((all, one) => all + one, sum), 0);
  return sumOf(decided) + (open.length === 0 ? 0 : (sumOf(open) * openCount) / open.length);
}

/** The offset with which weights expect as many customers among all who were shown as the shipped ones do. */
function levelOf(shown: ShownAuthors, { groups }: MatchWeights): number {
  const wanted = expectedRight(shown, FACTORY_WEIGHTS);
  let [low, high] = [-REACH, REACH];
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2;
    if (expectedRight(shown, { offset: middle, groups }) < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * People decide first what can be decided, so that there may be more customers, or fewer, among those decided than among those shown: that moves the
 * offset, and not the weights (as sampling by outcome does: Prentice and Pyke 1979). So the offset is believed in so far as all who were shown were decided;
 * for the rest as many customers are expected as before.
 */
export function toLevel(weights: MatchWeights, shown: ShownAuthors): MatchWeights {
  const decided = shown.decided.length / (shown.decided.length + shown.openCount);
  if (decided === 1) return weights;
  const level = levelOf(shown, weights);
  return { ...weights, offset: decided * weights.offset + (1 - decided) * level };
}
