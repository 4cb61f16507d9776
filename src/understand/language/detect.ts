import type { LanguageTag } from '../../model/tag.ts';
import { cyrillicLanguage } from './cyrillic.ts';
import { latinLanguage } from './latin.ts';
import { readWords, type WordsByScript } from './words.ts';

const READ_AT_MOST = 2_000;
/** A post in Cyrillic letters may be mostly Latin brand names: so many times its own letters. */
const NAMES = 3;

/** The script first, then the words of it. `hint`, the source's own language, counts where the text leaves doubt. */
export function detectLanguage(text: string, hint: string | null): LanguageTag {
  const words = readWords(text.slice(0, READ_AT_MOST));
  const { cyrillic, latin, cyrillicLetters, latinLetters } = words;
  const other = otherScript(words);
  if (other) return { code: other, confidence: 0.95 };
  if (cyrillicLetters > 0 && cyrillicLetters * NAMES >= latinLetters) return cyrillicLanguage(cyrillic, hint);
  if (latinLetters > 0) return latinLanguage(latin, hint);
  return { code: 'und', confidence: 0 };
}

/** The language of a script that most of the letters belong to; Japanese mixes its own letters with Chinese ones. */
function otherScript({ others, cyrillicLetters, latinLetters }: WordsByScript): string | null {
  if (others.size === 0) return null;
  const ranked = [...others].sort(([, a], [, b]) => b - a);
  const sum = ranked.reduce((total, [, count]) => total + count, 0);
  if (sum <= cyrillicLetters + latinLetters) return null;
  return others.has('ja') ? 'ja' : (ranked[0]?.[0] ?? null);
}
