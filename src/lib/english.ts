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

/** Parts of words of which every word that has this stem contains one. */
export function englishBeginnings(stem: string): string[] {
  // The stemmer cuts, but for these letters, which it also puts in the place of others: «happy» → «happi», «nobility» → «nobl».
  const plain = stem.replace(/(?:ble?|[ei])$/, (end) => (end.startsWith('b') ? 'b' : ''));
  const irregular = [...ENGLISH_BASES].flatMap(([form, base]) =>
    PorterStemmer.stem(base) === stem ? [form] : [],
  );
  return [plain === '' ? stem : plain, ...irregular];
}
