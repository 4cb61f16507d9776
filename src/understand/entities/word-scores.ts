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
  const alone = [OWN, BEFORE, BEHIND].flatMap((features) => sumOf(features, model));
  scores.push({ model, alone });
  return alone;
}

function sumOf(features: readonly number[], { weights }: SequenceWeights): number[] {
  const sums = new Array<number>(LABELS).fill(0);
  for (const feature of features)
    for (let label = 0; label < LABELS; label += 1)
      sums[label] = (sums[label] as number) + (weights[(rows[feature] as number) * LABELS + label] as number);
  return sums;
}
