import { tokenize } from '../lib/tokens.ts';
import type { Morphology } from '../model/ports.ts';
import { lemmaKeys, spellings } from './word-keys.ts';

/** Longer keys are cut, in documents and in what is asked of them: no index takes words of any length. */
export const KEY_AT_MOST = 100;

/** How many letters at the end of a word its dictionary form may differ in without the word being kept as it is spelt. */
const ENDING = 3;
const SHORTEST_BEGINNING = 3;

/**
 * What a text answers to in an index: a lemma of a query finds exactly the texts that have it among their keys. Of words whose
 * dictionary form begins in another way (шёл, идти) the spelling is a key too, for the sake of `beginningKey`. Distinct.
 */
export function documentKeys(texts: readonly (string | null)[], morphology: Morphology): string[] {
  const keys = new Set<string>();
  const seen = new Set<string>();
  const addWord = (word: string): void => {
    if (seen.has(word)) return;
    seen.add(word);
    const lemmas = lemmaKeys(word, morphology);
    for (const lemma of lemmas) keys.add(cutKey(lemma));
    for (const spelling of spellings(word))
      if (!lemmas.some((lemma) => sharesBeginning(spelling, lemma))) keys.add(cutKey(spelling));
  };
  for (const text of texts)
    for (const { word, parts } of tokenize(text ?? '')) {
      if (parts.length === 0) addWord(word);
      else {
        for (const part of parts) addWord(part.word);
        for (const lemma of morphology.lemmas(word.replaceAll('-', ''))) keys.add(cutKey(lemma));
      }
    }
  return [...keys];
}

function lengthInCommon(spelling: string): number {
  return Math.max(SHORTEST_BEGINNING, spelling.length - ENDING);
}

function sharesBeginning(spelling: string, lemma: string): boolean {
  return lemma.startsWith(spelling.slice(0, lengthInCommon(spelling)));
}

/**
 * Some key begins so in every text with a word that begins with `beginning`: the word begins so, and either its dictionary form
 * shares all of it but its last letters, or the word is a key itself.
 */
export function beginningKey(beginning: string): string {
  return cutKey(beginning.slice(0, lengthInCommon(beginning)));
}

/** A pair of surrogates is not parted. */
export function cutKey(key: string): string {
  return key.length <= KEY_AT_MOST ? key : key.slice(0, KEY_AT_MOST).toWellFormed();
}
