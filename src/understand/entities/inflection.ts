import type { Morphology, WordReading } from '../../model/ports.ts';

export const CASES = ['nomn', 'gent', 'datv', 'accs', 'ablt', 'loct'] as const;
export type GrammaticalCase = (typeof CASES)[number];

/** Prepositions that no nominative follows. */
const PREPOSITIONS = new Set(
  'в во из изо на по к ко от ото с со у о об обо про для без до за над под перед при через между ради около против после кроме'.split(
    ' ',
  ),
);

export function isPreposition(folded: string): boolean {
  return PREPOSITIONS.has(folded);
}

export function caseOf(tag: string): GrammaticalCase | null {
  return CASES.find((one) => tag.includes(one)) ?? null;
}

/** Readings of a word as it is written; of «экс-президентом» those of its last part are asked for when the whole is unknown. */
export function readingsOf(written: string, morphology: Morphology): readonly WordReading[] {
  return morphology.readings(foldRussian(written));
}

export function foldRussian(written: string): string {
  return written.toLowerCase().replaceAll('ё', 'е');
}

/** The form with all these grammemes, of the part of speech that the reading has; null when there is none. */
export function formWith(reading: WordReading, grammemes: readonly string[]): string | null {
  const found = reading
    .forms()
    .find(({ tag }) => grammemes.every((grammeme) => tag.includes(grammeme)) && !tag.includes('V-oy'));
  return found?.word ?? null;
}

/** Capitals where they stood: «ИВАНОВОЙ» is shouted and becomes «Иванова»; ё only where it was written, or where the form alone has it. */
export function asWritten(form: string, written: string): string {
  const plain = written.includes('ё') || written.includes('Ё') ? form : form.replaceAll('ё', 'е');
  if (/^\p{Ll}/u.test(written)) return plain;
  const isAbbreviation = /^\p{Lu}{2,4}$/u.test(written);
  if (isAbbreviation) return plain.toUpperCase();
  return plain.replace(
    /(^|-)(\p{Ll})(?=\p{L}{2,}|$)/gu,
    (_all, edge: string, sign: string) => edge + sign.toUpperCase(),
  );
}

/** «Appleом», «iPhone'а» → the Latin word. */
export function withoutRussianEnding(written: string): string {
  return /^([A-Za-z][A-Za-z\d&.-]+)['’]?[а-яё]{1,4}$/.exec(written)?.[1] ?? written;
}
