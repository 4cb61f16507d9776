import { foldWord } from '../../lib/fold.ts';
import { foldName, otherLayout, readNameWord, withoutGender } from './fold-name.ts';

/** What is known of names beside the one that is read. */
export interface NameLexicon {
  /** Formal names that a first name in any form can stand for, as keys; empty when it is no first name. */
  firstNames(word: string): readonly string[];
}

/** A person's name as it can be compared, whatever the order, script or form in which it was written. */
export interface PersonName {
  /** Keys of the formal first names that it may be: «Саша» is alexander and alexandra. Empty: not said. */
  firsts: readonly string[];
  /** Readings of the surname without its gender; of two surnames, «Орлова (Белова)», both. Empty: not said. */
  lasts: readonly string[];
  /** Stem of the patronymic: «Ильич» and «Ильинична» begin alike. */
  patronymic: string | null;
  /** First letters that stand for a name: «Гудененко О.Р.» */
  initials: readonly string[];
}

export const NO_NAME: PersonName = { firsts: [], lasts: [], patronymic: null, initials: [] };

const MAX_NAME = 120;
const WORD = /\p{L}[\p{L}\p{M}'’\u200B-\u200D\u2060\uFEFF]*/gu;
const PATRONYMIC = /(?:ov|ev|[^aeiou])(?:iC|na|iCna)$/;
const PATRONYMIC_END = /(?:(?:ov|ev)(?:iC|na)|iCna|iC)$/;

interface Word {
  fold: string;
  readings: readonly string[];
  firsts: readonly string[];
}

function stemOfPatronymic(fold: string): string | null {
  const isOne = /(?:ovna|evna|iCna|oviC|eviC)$/.test(fold) || (PATRONYMIC.test(fold) && fold.endsWith('iC'));
  return isOne ? fold.replace(PATRONYMIC_END, '') : null;
}

function wordsOf(text: string, lexicon: NameLexicon): Word[] {
  return [...text.matchAll(WORD)].flatMap(([word]) => {
    const readings = readNameWord(word);
    const [fold] = readings;
    return fold === undefined ? [] : [{ fold, readings, firsts: lexicon.firstNames(word) }];
  });
}

/** One word with signs or digits in it, or without a capital: `the_volga.83`, «ромашка». */
function isNick(text: string): boolean {
  const shown = text.trim();
  if (/\s/.test(shown)) return /\d/.test(shown);
  return /[\d._@-]/.test(shown.replace(/(?<=^\p{Lu}\p{L}+)-(?=\p{Lu}\p{L}+$)/u, ''));
}

const isInitial = ({ fold }: Word): boolean => fold.length === 1;

function toName(words: readonly Word[]): PersonName {
  const whole = words.filter((word) => !isInitial(word));
  const initials = words.filter(isInitial).map(({ fold }) => fold);
  const first = whole.find((word) => word.firsts.length > 0);
  const rest = whole.filter((word) => word !== first);
  // «Мамлеевич» alone beside a first name may be either, and is taken for both.
  const patronymicWord = rest.find((word) => stemOfPatronymic(word.fold) !== null);
  const surnames = rest.length > 1 ? rest.filter((word) => word !== patronymicWord) : rest;
  return {
    firsts: first?.firsts ?? [],
    lasts: [...new Set(surnames.flatMap(({ readings }) => readings).map(withoutGender))],
    patronymic: patronymicWord ? stemOfPatronymic(patronymicWord.fold) : null,
    initials,
  };
}

/**
 * Reads the name of a person, in any order and script: «Иванов И. П.», «Bлaдиcлав Tопoрин», `hfpbyeyjdf yfnfkmz`.
 * Words of which none is a known first name are all taken for surnames. At most 120 characters are read.
 */
export function parseName(whole: string, lexicon: NameLexicon): PersonName {
  const text = whole.slice(0, MAX_NAME);
  if (isNick(text)) return NO_NAME;
  const words = wordsOf(text, lexicon);
  if (words.some((word) => word.firsts.length > 0)) return toName(words);
  const typed = wordsOf(otherLayout(foldWord(text)), lexicon);
  return toName(typed.some((word) => word.firsts.length > 0) && isRussian(typed) ? typed : words);
}

/** Not every swapped word is one: «the» would be «еру». */
function isRussian(words: readonly Word[]): boolean {
  return words.length > 1 && words.every(({ fold }) => fold.length > 1);
}

/** Reads a name whose parts are known, filling from the whole what they lack. */
export function parseKnownName(
  {
    full,
    first,
    middle,
    last,
  }: { full: string; first?: string | null; middle?: string | null; last?: string | null },
  lexicon: NameLexicon,
): PersonName {
  // Of one word alone registers keep the surname: «Harris» is no first name there.
  const isOneWord = !/\s/.test(full.trim());
  const read = parseName(full, lexicon);
  const whole = isOneWord ? { ...NO_NAME, lasts: readNameWord(full).map(withoutGender) } : read;
  const firsts = first ? lexicon.firstNames(first) : whole.firsts;
  return {
    firsts: first && firsts.length === 0 ? [foldName(first)] : firsts,
    lasts: last ? readNameWord(last).map(withoutGender) : whole.lasts,
    patronymic: middle ? (stemOfPatronymic(foldName(middle)) ?? foldName(middle)) : whole.patronymic,
    initials: whole.initials,
  };
}

/** What several entries of one person are called: any of these names, and the first patronymic. */
export function joinNames(names: readonly PersonName[]): PersonName {
  const all = (of: (name: PersonName) => readonly string[]): string[] => [...new Set(names.flatMap(of))];
  return {
    firsts: all(({ firsts }) => firsts),
    lasts: all(({ lasts }) => lasts),
    patronymic: names.find(({ patronymic }) => patronymic !== null)?.patronymic ?? null,
    initials: all(({ initials }) => initials),
  };
}
