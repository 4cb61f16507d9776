import type { WordReading } from '../../model/ports.ts';
import { type Dictionary, lemmaOf, type Parse, parseWord, taggedFormsOf, tagOf } from './dictionary.ts';
import { predictParses } from './predict.ts';

const GUESSED_AT_MOST = 6;

/** Readings of a folded word, most likely first: the dictionary's, or guesses by its ending. */
export function readingsOf(dictionary: Dictionary, word: string): WordReading[] {
  const known = parseWord(dictionary, word);
  if (known.length > 0) return known.map((parse) => toReading(dictionary, '', parse, true));
  return predictParses(dictionary, word)
    .slice(0, GUESSED_AT_MOST)
    .map(({ front, parse }) => toReading(dictionary, front, parse, false));
}

function toReading(dictionary: Dictionary, front: string, parse: Parse, isKnown: boolean): WordReading {
  return {
    lemma: front + lemmaOf(dictionary, parse),
    tag: tagOf(dictionary, parse),
    isKnown,
    forms: () => taggedFormsOf(dictionary, parse).map(({ word, tag }) => ({ word: front + word, tag })),
  };
}
