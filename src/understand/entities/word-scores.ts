import { BEFORE, BEHIND, FEATURES, OWN, writeAlone } from './features.ts';
import { LABELS, type SequenceWeights, type WordScores } from './sequence-weights.ts';
import type { WordFacts } from './word-facts.ts';

/** What a word by itself says of the labels of itself, of the word behind it, and of the one before it: where each begins. */
export const BEFORE_SCORES = LABELS;
export const BEHIND_SCORES = 2 * LABELS;

const rows = new Uint32Array(FEATURES);

/** LABELS numbers for each of the three. Worked out once for each model, and kept with the facts. */
export function scoreAlone(facts: WordFacts, model: SequenceWeights): readonly number[] {
  const { scores } = facts;
  for (let at = 0; at < scores.length; at += 1) {
    const known = scores[at] as WordScores;
    if (known.model === model) return known.alone;
  }
  writeAlone(facts, 32 - model.bits, rows);
  const alone = new Array<number>(3 * LABELS).fill(0);
  addRows(alone, 0, OWN, model);
  addRows(alone, BEFORE_SCORES, BEFORE, model);
  addRows(alone, BEHIND_SCORES, BEHIND, model);
  scores.push({ model, alone });
  return alone;
}

function addRows(
  sums: number[],
  from: number,
  features: readonly number[],
  { weights }: SequenceWeights,
): void {
  for (let at = 0; at < features.length; at += 1) {
    const row = (rows[features[at] as number] as number) * LABELS;
    for (let label = 0; label < LABELS; label += 1)
      sums[from + label] = (sums[from + label] as number) + (weights[row + label] as number);
  }
}
