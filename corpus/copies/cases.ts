import { shuffle } from '../../src/lib/random.ts';
import { CHANGES, type Language } from './changes.ts';
import { COMMONPLACES, FORMS } from './forms.ts';
import { between, createWriter, pick, randomFrom, type Writer } from './grammar.ts';
import { ENGLISH } from './grammar-en.ts';
import { RUSSIAN } from './grammar-ru.ts';

export interface CopyCase {
  text: string;
  /** Texts with the same number tell the same story. */
  story: number;
  /** What was done to the original, or what kind of post it is. */
  kind: string;
}

export const ORIGINAL = 'originals';

/** A copy by each change of each original, `forms` posts of each form, and commonplaces: originals first, the rest mixed. */
export function changedCopies(originals: readonly Original[], forms: number, writers: Writers): CopyCase[] {
  const { random } = writers.ru;
  const cases = originals.map(({ text }, at): CopyCase => ({ text, story: at, kind: ORIGINAL }));
  const rest: CopyCase[] = [];
  for (const [at, { text, language }] of originals.entries())
    for (const [kind, change] of Object.entries(CHANGES))
      rest.push({ text: change(writers[language], text, language), story: at, kind });
  let story = originals.length;
  for (const language of ['ru', 'en'] as const) {
    for (const [kind, form] of Object.entries(FORMS))
      for (let count = 0; count < forms; count += 1)
        rest.push({ text: form(writers[language], language), story: story++, kind });
    for (let count = 0; count < forms; count += 1)
      rest.push({ text: pick(random, COMMONPLACES[language]), story: story++, kind: 'commonplaces' });
  }
  return [...cases, ...shuffle(rest, random)];
}

export interface Original {
  text: string;
  language: Language;
}

export type Writers = Record<Language, Writer>;

export function createWriters(seed: number): Writers {
  const random = randomFrom(seed);
  return { ru: createWriter(random, RUSSIAN), en: createWriter(random, ENGLISH) };
}

/** Posts of our own grammar: half of them Russian, of two to twelve sentences. */
export function composedOriginals(count: number, writers: Writers): Original[] {
  return Array.from({ length: count }, (_, at) => {
    const language = at % 2 === 0 ? 'ru' : 'en';
    const { random, write } = writers[language];
    return { language, text: write(between(random, 2, 12)) };
  });
}
