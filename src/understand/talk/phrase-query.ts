import type { Morphology } from '../../model/ports.ts';
import type { WrittenForm } from './phrase-index.ts';
import type { Words } from './words.ts';

const MOST_VARIANTS = 6;

/** The query that finds a phrase as it is counted: its words in any form, in the orders in which they are written. */
export function phraseQuery(forms: readonly WrittenForm[], words: Words, morphology: Morphology): string {
  const terms = new Map<number, string>();
  const isAlone = forms[0]?.words.length === 1;
  const termOf = (word: number): string => {
    // What is denied is found in the form in which it is written: “not” and “doesn't” are different words.
    const key = words.lemmaSpelling(words.lemma(word)) === 'not' ? -word : words.lemma(word);
    const term = terms.get(key) ?? (isAlone ? loneTerm(word, words, morphology) : words.spelling(word));
    terms.set(key, term);
    return term;
  };
  const variants = new Map<string, string>();
  for (const form of forms) {
    const row = form.words.map(termOf);
    // A loose phrase finds its words in either order.
    const key = form.isLoose ? [...row].sort().join(' ') : row.join(' ');
    const variant = row.length === 1 ? (row[0] ?? '') : `"${row.join(' ')}"${form.isLoose ? '~1' : ''}`;
    if (!variants.has(key) && variants.size < MOST_VARIANTS) variants.set(key, variant);
  }
  return [...variants.values()].join(' OR ');
}

/** Beside others a word of two meanings has one. Alone it is written so that it has only the one that was counted. */
function loneTerm(word: number, words: Words, morphology: Morphology): string {
  const spelling = words.spelling(word);
  if (!/[а-я]/.test(spelling) || morphology.meant(spelling).length === 1) return spelling;
  const lemma = words.lemmaSpelling(words.lemma(word));
  return morphology.meant(lemma).includes(lemma) ? lemma : spelling;
}
