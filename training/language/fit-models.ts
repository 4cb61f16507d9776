import { createRandom } from '../../corpus/context/seeded.ts';
import type { LanguageModels } from '../../src/understand/language/model.ts';
import { readWords } from '../../src/understand/language/words.ts';
import { everydayWords } from './everyday-words.ts';
import { type Example, fitLanguages } from './fit.ts';
import { serbianInCyrillic, serbianInLatin } from './serbian.ts';
import {
  casedEnglish,
  englishPosts,
  type LabelledText,
  russianPosts,
  tatoebaTexts,
  treebankTexts,
} from './texts.ts';
import { transliterate } from './transliterate.ts';

const CYRILLIC = ['uk', 'be', 'bg', 'sr', 'mk', 'kk'];
const CYRILLIC_SHARES = { ru: 0.14, ...equally(CYRILLIC, 0.76), mn: 0.06, tt: 0.04 };
const LATIN = 'de fr es pt it pl tr nl cs sv ro fi id vi hu sr'.split(' ');
/** `other` stands for the rest of the Latin script, which franc is asked about. */
const LATIN_SHARES = { en: 0.25, ru: 0.1, ...equally(LATIN, 0.53), hr: 0.02, other: 0.1 };

/** How many times lingua's texts are taken: they are few, and more like the web than the rest. */
const LINGUA_TIMES = 4;
const SEED = 11;

/**
 * Fits both models on the sets in `folder`, on Tatoeba's sentences and on `lingua`, the part of lingua's texts that
 * is not kept for measuring. The same seed gives the same weights.
 */
export function fitLanguageModels(folder: string, lingua: readonly LabelledText[]): LanguageModels {
  const random = createRandom(SEED);
  const texts = [
    ...Array.from({ length: LINGUA_TIMES }, () => lingua).flat(),
    ...treebankTexts(folder),
    ...tatoebaTexts(),
    ...russianPosts(folder).map((text) => ({ code: 'ru', text })),
    ...englishPosts(folder).map((text) => ({ code: 'en', text })),
  ];
  const cyrillic = texts.flatMap(cyrillicExamples);
  const latin = [...texts.flatMap(latinExamples), ...cyrillic.flatMap((one) => transliterated(one, random))];
  return {
    cyrillic: fitLanguages(cyrillic, { shares: CYRILLIC_SHARES, steps: 400_000, random }),
    latin: fitLanguages(latin, { shares: LATIN_SHARES, steps: 500_000, random }),
    english: everydayWords(casedEnglish(folder)),
  };
}

function equally(codes: readonly string[], total: number): Record<string, number> {
  return Object.fromEntries(codes.map((code) => [code, total / codes.length]));
}

function cyrillicExamples({ code, text }: LabelledText): Example[] {
  const own = code === 'bs' || code === 'hr' ? 'sr' : code;
  if (!(own in CYRILLIC_SHARES)) return [];
  return [{ code: own, words: readWords(own === 'sr' ? serbianInCyrillic(text) : text).cyrillic }];
}

function latinExamples({ code, text }: LabelledText): Example[] {
  if (code === 'sr' || code === 'bs') return [{ code: 'sr', words: readWords(serbianInLatin(text)).latin }];
  const { latin, cyrillicLetters } = readWords(text);
  if (code in CYRILLIC_SHARES || cyrillicLetters > 0) return [];
  return [{ code: code in LATIN_SHARES ? code : 'other', words: latin }];
}

function transliterated({ code, words }: Example, random: () => number): Example[] {
  return code === 'ru' ? [{ code, words: readWords(transliterate(words.join(' '), random)).latin }] : [];
}
