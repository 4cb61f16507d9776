import PorterStemmer from 'natural/lib/natural/stemmers/porter_stemmer.js';
import { ENGLISH_BASES } from './english-forms.ts';
import { squeezedForms } from './stretched.ts';

/** Stems of a word in lower case, by Porter; irregular forms by a table. */
export function englishLemmas(word: string): string[] {
  const lemmas = [word, ...squeezedForms(word)].flatMap((form) => {
    const base = ENGLISH_BASES.get(form);
    const stem = PorterStemmer.stem(form) || form;
    return base === undefined ? [stem] : [PorterStemmer.stem(base), stem];
  });
  return [...new Set(lemmas)];
}
