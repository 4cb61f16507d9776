import { EVIDENCE_GROUPS, type GroupNumbers, type MatchWeights } from '../../model/match-weights.ts';
import { type Lesson, toList } from './lesson.ts';
import { outcomeOf } from './outcome.ts';
import { solve } from './solve.ts';
import { FACTORY_WEIGHTS } from './weights.ts';

/** How far from the shipped ones weights are expected to be before anything is decided: a tenth more or less; the offset 1 bit. By simulation. */
const SPREAD = { offset: 1, weight: 0.1 };
/** Whatever was decided: signs keep their sense, and no probability is moved beyond what some hundred decisions can tell. */
const BOUNDS = { offset: [-6, 6], weight: [0.2, 2] } as const;
const STEPS = 60;
const HALVINGS = 12;
const SETTLED = 1e-6;

const CENTRE = toList(FACTORY_WEIGHTS);
const PRECISION = CENTRE.map((_, at) => 1 / (at === 0 ? SPREAD.offset : SPREAD.weight) ** 2);

/** −ln of the probability of all decisions, and of the weights themselves. */
function objective(lessons: readonly Lesson[], weights: readonly number[]): number {
  const prior = weights.reduce(
    (sum, weight, at) => sum + (PRECISION[at] ?? 0) * (weight - (CENTRE[at] ?? 0)) ** 2,
    0,
  );
  return lessons.reduce((sum, lesson) => sum + outcomeOf(lesson, weights).loss, prior / 2);
}

/** Gradient and curvature of the objective; of the curvature the part that is never negative, which is never too small. */
function slopeAt(
  lessons: readonly Lesson[],
  weights: readonly number[],
): { gradient: number[]; curvature: number[][] } {
  const gradient = weights.map((weight, at) => (PRECISION[at] ?? 0) * (weight - (CENTRE[at] ?? 0)));
  const curvature = weights.map((_, row) => weights.map((__, at) => (row === at ? (PRECISION[at] ?? 0) : 0)));
  for (const lesson of lessons) addLesson(lesson, weights, gradient, curvature);
  return { gradient, curvature };
}

function addLesson(
  lesson: Lesson,
  weights: readonly number[],
  gradient: number[],
  curvature: number[][],
): void {
  const { shares, decided } = outcomeOf(lesson, weights);
  const mean = weights.map((_, at) =>
    lesson.candidates.reduce((sum, { signs }, one) => sum + (shares[one] ?? 0) * (signs[at] ?? 0), 0),
  );
  lesson.candidates.forEach(({ signs }, one) => {
    const share = shares[one] ?? 0;
    for (let row = 0; row < weights.length; row += 1) {
      gradient[row] = (gradient[row] ?? 0) + (share - (decided[one] ?? 0)) * (signs[row] ?? 0);
      for (let at = 0; at < weights.length; at += 1)
        add(curvature, row, at, share * (signs[row] ?? 0) * (signs[at] ?? 0));
    }
  });
  for (let row = 0; row < weights.length; row += 1)
    for (let at = 0; at < weights.length; at += 1)
      add(curvature, row, at, -(mean[row] ?? 0) * (mean[at] ?? 0));
}

function add(matrix: number[][], row: number, at: number, much: number): void {
  const line = matrix[row];
  if (line) line[at] = (line[at] ?? 0) + much;
}

/** One step of Newton's, halved until it leads down. null: none does. */
function stepFrom(lessons: readonly Lesson[], weights: readonly number[], height: number): number[] | null {
  const { gradient, curvature } = slopeAt(lessons, weights);
  const step = solve(curvature, gradient);
  let length = 1;
  for (let count = 0; count < HALVINGS; count += 1) {
    const next = weights.map((weight, at) => weight - length * (step[at] ?? 0));
    if (objective(lessons, next) < height) return next;
    length /= 2;
  }
  return null;
}

const within = (value: number, [low, high]: readonly [number, number]): number =>
  Math.min(high, Math.max(low, value));

function toWeights([offset = 0, ...weights]: readonly number[]): MatchWeights {
  const entries = EVIDENCE_GROUPS.map((group, at) => [group, within(weights[at] ?? 1, BOUNDS.weight)]);
  return { offset: within(offset, BOUNDS.offset), groups: Object.fromEntries(entries) as GroupNumbers };
}

/**
 * The likeliest weights by what was decided and by a normal distribution around the shipped ones: a conditional logit with “nobody of them” as
 * one of the answers (McFadden 1974), which with one candidate is logistic regression. The same lessons give the same weights.
 */
export function fitMatchWeights(lessons: readonly Lesson[]): MatchWeights {
  let weights: readonly number[] = CENTRE;
  let height = objective(lessons, weights);
  for (let count = 0; count < STEPS; count += 1) {
    const next = stepFrom(lessons, weights, height);
    if (next === null) break;
    const lower = objective(lessons, next);
    weights = next;
    const isSettled = height - lower < SETTLED;
    height = lower;
    if (isSettled) break;
  }
  return toWeights(weights);
}
