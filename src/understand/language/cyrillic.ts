import type { LanguageTag } from '../../model/tag.ts';
import { classify, languageModels } from './model.ts';
import { bestOf, raise } from './ranking.ts';

// Where there is a doubt, the source's language is believed, else Russian; all the more below SHORT letters.
// Natural logarithms of odds.
const BELIEF_IN_SOURCE = 1.5;
const BELIEF_IN_RUSSIAN = 0.5;
const BELIEF_IN_SHORT = 3;
const SHORT = 16;

/** Letters that no language of the model has, nor its neighbours. */
const RARE_LETTERS: readonly [RegExp, string][] = [
  [/[ӣӯҷҳ]/, 'tg'],
  [/[ҙҫҡ]/, 'ba'],
];
/** Letters without one of which no pattern here matches. */
const RARE = /[ӣӯҷҳҙҫҡўқғөүң]/;
const UZBEK = /ў.*[қғҳ]|[қғҳ].*ў/s;
const KYRGYZ = /[өү].*ң|ң.*[өү]/s;
const NOT_KYRGYZ = /[әіұқғһҗ]/;

/** `words` are in lower case, at least one; `hint` is the source's language. */
export function cyrillicLanguage(words: readonly string[], hint: string | null): LanguageTag {
  const said = words.join(' ');
  const rare = rareLanguage(said);
  if (rare) return { code: rare, confidence: 0.8 };
  const { cyrillic } = languageModels();
  const probabilities = classify(cyrillic, words);
  const letters = said.length - words.length + 1;
  const isKnown = hint !== null && cyrillic.codes.includes(hint);
  const belief = isKnown ? BELIEF_IN_SOURCE : BELIEF_IN_RUSSIAN;
  const more = BELIEF_IN_SHORT * Math.max(0, 1 - letters / SHORT);
  raise(cyrillic, probabilities, isKnown ? hint : 'ru', belief + more);
  return bestOf(cyrillic, probabilities);
}

function rareLanguage(said: string): string | null {
  if (!RARE.test(said)) return null;
  if (KYRGYZ.test(said) && !NOT_KYRGYZ.test(said)) return 'ky';
  if (UZBEK.test(said)) return 'uz';
  return RARE_LETTERS.find(([letters]) => isFrequent(said, letters))?.[1] ?? null;
}

/** More than a name in a text of another language has. */
function isFrequent(said: string, letters: RegExp): boolean {
  if (!letters.test(said)) return false;
  let count = 0;
  for (const letter of said) if (letters.test(letter)) count += 1;
  return count * 40 > said.length;
}
