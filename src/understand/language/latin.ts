import { francAll } from 'franc';
import type { LanguageTag } from '../../model/tag.ts';
import { classify, languageModels } from './model.ts';
import { bestOf, raise } from './ranking.ts';

/** Letters below which franc's statistics of letter triples say nothing. */
const ENOUGH_FOR_FRANC = 40;
/** How sure the model must be of Russian in Latin letters, which few sources hold. */
const SURE_OF_RUSSIAN = 0.7;
const SURE_OF_A_WORD = 0.9;
/** Of so many words, one that is English too speaks against Russian: «ok, gotcha». */
const FEW = 2;
const POSSIBLE = 0.15;
/** In the source's language, where there is a doubt: natural logarithm of odds. */
const BELIEF_IN_SOURCE = 1.5;
/** Transliteration uses ASCII letters; a few people write č, š, ž and ë as scholars do. */
const OTHER_LETTERS = /[^\p{ASCII}čšžëě]/u;
/** What `other` of the model can be: ISO 639-3 → the code that is told. */
const OTHERS: Readonly<Record<string, string>> = {
  slk: 'sk',
  slv: 'sl',
  dan: 'da',
  nob: 'no',
  nno: 'no',
  est: 'et',
  lit: 'lt',
  lvs: 'lv',
  cat: 'ca',
  glg: 'gl',
  azj: 'az',
  uzn: 'uz',
  als: 'sq',
  epo: 'eo',
  tgl: 'tl',
  swh: 'sw',
  afr: 'af',
  tuk: 'tk',
  ckb: 'ku',
  zlm: 'ms',
  hau: 'ha',
  som: 'so',
  yor: 'yo',
  zul: 'zu',
  ceb: 'ceb',
  jav: 'jv',
};
const UNKNOWN: LanguageTag = { code: 'und', confidence: 0 };
const OTHER_NAMES = Object.keys(OTHERS);

/** `words` are in lower case, at least one; `hint` is the source's language. */
export function latinLanguage(words: readonly string[], hint: string | null): LanguageTag {
  const { latin, english } = languageModels();
  const probabilities = classify(latin, words);
  const said = words.join(' ');
  if (words.length === 1) return oneWord(said, bestOf(latin, probabilities), english);
  if (!canBeRussian(latin.codes, probabilities, words)) probabilities[latin.codes.indexOf('ru')] = 0;
  if (hint) raise(latin, probabilities, hint, BELIEF_IN_SOURCE);
  const best = bestOf(latin, probabilities);
  if (best.code === 'ru') return { ...best, isTransliterated: true };
  if (best.code !== 'other') return best;
  const isEnglish = (probabilities[latin.codes.indexOf('en')] ?? 0) > POSSIBLE;
  if (isEnglish && words.some((word) => english.has(word))) return { code: 'en', confidence: 0.5 };
  return byFranc(said);
}

/** Few posts are, so that it must be more than likely; nobody transliterates with letters of other languages. */
function canBeRussian(
  codes: readonly string[],
  probabilities: Float64Array,
  words: readonly string[],
): boolean {
  if ((probabilities[codes.indexOf('ru')] ?? 0) < SURE_OF_RUSSIAN || OTHER_LETTERS.test(words.join(' ')))
    return false;
  return words.length > FEW || !words.some((word) => languageModels().english.has(word));
}

/** A word alone is a name, unless it is an everyday word or its letters tell. */
function oneWord(word: string, best: LanguageTag, english: ReadonlySet<string>): LanguageTag {
  if (english.has(word)) return { code: 'en', confidence: 0.8 };
  const isTold = OTHER_LETTERS.test(word) && best.code !== 'other' && best.confidence >= SURE_OF_A_WORD;
  return isTold ? best : UNKNOWN;
}

function byFranc(said: string): LanguageTag {
  if (said.length < ENOUGH_FOR_FRANC) return UNKNOWN;
  const [first] = francAll(said, { only: OTHER_NAMES });
  return { code: OTHERS[first?.[0] ?? ''] ?? 'und', confidence: 0.6 };
}
