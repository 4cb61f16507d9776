import type { Classifier } from '../../model/opinion.ts';
import { largest } from '../probabilities.ts';

export const TONES = ['negative', 'neutral', 'positive'] as const;
export type Tone = (typeof TONES)[number];

/** How a text sounds. */
export interface ToneReading {
  /** The most likely. */
  tone: Tone;
  /** Of each of `TONES`, 0 … 1. */
  probabilities: readonly number[];
}

/**
 * People call other things neutral in a tweet about a bank than in news: the model has an opinion for each kind of text, and each
 * counts as much as the text is likely to be of its kind.
 */
export function readTone(classifier: Classifier, said: ReadonlyMap<string, readonly number[]>): ToneReading {
  const kinds = kindsOf(classifier);
  const shares = said.get('genre') ?? [1];
  const probabilities = TONES.map((_, tone) =>
    kinds.reduce((sum, kind, at) => sum + (shares[at] ?? 0) * (said.get(kind)?.[tone] ?? 0), 0),
  );
  return { tone: TONES[largest(probabilities)] as Tone, probabilities };
}

function kindsOf(classifier: Classifier): readonly string[] {
  const kinds = classifier.answers('genre');
  return kinds.length > 0 ? kinds : ['post'];
}
