import { hashText } from '../../lib/hash32.ts';
import type { TargetView } from '../../model/opinion.ts';
import type { FeatureBuffer } from './feature-buffer.ts';
import { pushSteps, type Steps, stepsOf } from './steps.ts';
import { isDenied, type WordSigns } from './word-signs.ts';
import { MOOD_SCALE, STRENGTH_SCALE } from './word-table.ts';

export interface LeaningSteps {
  all: Steps;
  before: Steps;
  after: Steps;
  clause: Steps;
  byDistance: Steps;
  nearest: Steps;
  /** Hashes of how far away the nearest word is, of warm ones and of cold ones. */
  far: { warm: Int32Array; cold: Int32Array };
}

/** Of moods and of opinions. */
export function leaningSteps(seed: number): readonly [LeaningSteps, LeaningSteps] {
  const leaning = (name: string): LeaningSteps => {
    const steps = (what: string, size: number, most: number) => stepsOf(seed, `${name} ${what}`, size, most);
    const far = (side: string) =>
      Int32Array.from({ length: FARTHEST + 1 }, (_, at) => hashText(`${name} nearest ${side} ${at}`, seed));
    return {
      all: steps('all', 1, 5),
      before: steps('before', 1, 4),
      after: steps('after', 1, 4),
      clause: steps('clause', 0.7, 5),
      byDistance: steps('by distance', 0.35, 7),
      nearest: steps('nearest', 0.8, 3),
      far: { warm: far('+'), cold: far('−') },
    };
  };
  return [leaning('mood'), leaning('opinion')];
}

/** How the words around a target lean: all of them, those before and after it, in its clause, by distance, the nearest. */
export function pushLeaning(
  buffer: FeatureBuffer,
  [moodSteps, opinionSteps]: readonly [LeaningSteps, LeaningSteps],
  { distances, clauses }: TargetView,
  signs: readonly WordSigns[],
): void {
  const [moods, opinions] = [createLeaning(), createLeaning()];
  for (let at = 0; at < signs.length; at += 1) {
    const sign = signs[at] as WordSigns;
    const distance = distances[at] ?? 0;
    if (distance === 0) continue;
    const turn = isDenied(signs, at) ? -0.7 : 1;
    const isOwn = clauses[at] === 0;
    lean(moods, turn * moodOf(sign), distance, isOwn);
    lean(opinions, turn * opinionOf(sign), distance, isOwn);
  }
  tellLeaning(buffer, moodSteps, moods);
  tellLeaning(buffer, opinionSteps, opinions);
}

function moodOf(sign: WordSigns): number {
  const mood = sign.mood / MOOD_SCALE;
  return Math.abs(mood) < FAINT ? 0 : mood;
}

/** By whichever list knows the word: ours first. */
function opinionOf({ own, first, second }: WordSigns): number {
  return own === 0 ? 1.5 * (first || second) : own / STRENGTH_SCALE;
}

/** Moods nearer to nought are chance. */
const FAINT = 0.3;
/** Logarithm of the greatest distance that is told from greater ones. */
const FARTHEST = 5;
/** Words so far away count half of those beside the target. */
const HALF_WAY = 3;

interface Leaning {
  all: number;
  before: number;
  after: number;
  clause: number;
  byDistance: number;
  nearest: { distance: number; value: number } | null;
}

function createLeaning(): Leaning {
  return { all: 0, before: 0, after: 0, clause: 0, byDistance: 0, nearest: null };
}

function lean(leaning: Leaning, value: number, distance: number, isOwn: boolean): void {
  if (value === 0) return;
  const size = Math.abs(distance);
  leaning.all += value;
  if (distance < 0) leaning.before += value;
  else leaning.after += value;
  if (isOwn) leaning.clause += value;
  leaning.byDistance += value / (1 + size / HALF_WAY);
  if (leaning.nearest === null || size < leaning.nearest.distance)
    leaning.nearest = { distance: size, value };
}

function tellLeaning(buffer: FeatureBuffer, steps: LeaningSteps, leaning: Leaning): void {
  pushSteps(buffer, steps.all, leaning.all);
  pushSteps(buffer, steps.before, leaning.before);
  pushSteps(buffer, steps.after, leaning.after);
  pushSteps(buffer, steps.clause, leaning.clause);
  pushSteps(buffer, steps.byDistance, leaning.byDistance);
  if (!leaning.nearest) return;
  const { value, distance } = leaning.nearest;
  pushSteps(buffer, steps.nearest, value);
  const far = Math.min(FARTHEST, Math.floor(Math.log2(distance)));
  buffer.push((value > 0 ? steps.far.warm : steps.far.cold)[far] as number);
}
