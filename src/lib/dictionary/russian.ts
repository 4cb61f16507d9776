import type { PartOfSpeech, WordReading } from '../../model/ports.ts';
import { possibleStems } from '../case-endings.ts';
import { squeezedForms } from '../stretched.ts';
import { russianBeginnings } from './beginnings.ts';
import {
  type Dictionary,
  formsOf,
  isKnownWord,
  lemmaOf,
  type Parse,
  parseWord,
  tagOf,
} from './dictionary.ts';
import { predictLemmas } from './predict.ts';
import { readingsOf } from './readings.ts';

/** Words are folded: lower case, ё as е. So are the answers. */
export interface Russian {
  /** Every dictionary form that the word can be an inflection of, most likely first; of unknown words every likely stem. */
  lemmas(word: string): readonly string[];
  /** Is it the dictionary form of a known word? */
  isLemma(word: string): boolean;
  /** The word itself, with its stems when the dictionary takes it for an indeclinable name. */
  namesLike(word: string): readonly string[];
  /** Every form of the known lexemes of which this is the dictionary form, or if there is none, a form. */
  forms(word: string): readonly string[];
  isKnown(word: string): boolean;
  /** Is every known word of which this is a form a firm, a trade mark or an abbreviation? False for unknown words. */
  isFirm(word: string): boolean;
  /** As the port's. */
  partOfSpeech(word: string): PartOfSpeech | null;
  /** As the port's. */
  readings(word: string): readonly WordReading[];
  /** As the port's. */
  beginnings(lemma: string): readonly string[] | null;
}

const PREDICTED_AT_MOST = 3;

export function createRussian(dictionary: Dictionary): Russian {
  const parses = (word: string) => parseWord(dictionary, word);
  const lemma = (parse: Parse) => fold(lemmaOf(dictionary, parse));
  const isName = (parse: Parse) => isFixedName(tagOf(dictionary, parse));

  function knownLemmas(word: string): string[] {
    const found = parses(word);
    // The dictionary takes some names of firms for indeclinable; people decline them all the same.
    return unique([...found.map(lemma), ...(found.some(isName) ? possibleStems(word) : [])]);
  }

  return {
    lemmas: (word) => {
      for (const form of [word, ...squeezedForms(word)]) {
        const known = knownLemmas(form);
        if (known.length > 0) return known;
      }
      const plain = squeezedForms(word).at(-1) ?? word;
      const predicted = unique(predictLemmas(dictionary, plain).map(fold)).slice(0, PREDICTED_AT_MOST);
      return unique([...predicted, ...possibleStems(plain)]);
    },
    isLemma: (word) => parses(word).some((parse) => lemma(parse) === word),
    namesLike: (word) => unique([word, ...(parses(word).some(isName) ? possibleStems(word) : [])]),
    forms: (word) => {
      const found = parses(word);
      const own = found.filter((parse) => lemma(parse) === word);
      const lexemes = own.length > 0 ? own : found;
      return unique(lexemes.flatMap((parse) => formsOf(dictionary, parse)).map(fold));
    },
    isKnown: (word) => isKnownWord(dictionary, word),
    isFirm: (word) => {
      const found = parses(word);
      return found.length > 0 && found.every((parse) => /Orgn|Trad|Abbr/.test(tagOf(dictionary, parse)));
    },
    partOfSpeech: (word) => {
      const [likeliest] = parses(word);
      return likeliest === undefined ? null : partOf(tagOf(dictionary, likeliest));
    },
    readings: (word) => readingsOf(dictionary, word),
    beginnings: (lemma) => russianBeginnings(dictionary, lemma),
  };
}

function isFixedName(tag: string): boolean {
  return tag.includes('Fixd') && /Orgn|Trad/.test(tag);
}

/** By the names of OpenCorpora. */
const PARTS: Readonly<Record<string, PartOfSpeech>> = {
  NOUN: 'noun',
  ADJF: 'adjective',
  PRTF: 'adjective',
  ADJS: 'verb',
  PRTS: 'verb',
  VERB: 'verb',
  GRND: 'verb',
  INFN: 'infinitive',
  ADVB: 'adverb',
  COMP: 'adverb',
  PRED: 'predicative',
  NPRO: 'pronoun',
  NUMR: 'numeral',
  PREP: 'preposition',
  CONJ: 'conjunction',
  PRCL: 'particle',
  INTJ: 'particle',
};

function partOf(tag: string): PartOfSpeech | null {
  if (tag.includes('Apro')) return 'pronoun';
  return PARTS[tag.slice(0, 4)] ?? null;
}

function fold(word: string): string {
  return word.replaceAll('ё', 'е');
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}
