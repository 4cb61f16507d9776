import type { Morphology } from '../../model/ports.ts';
import { isCompound } from './name-parts.ts';

const PREFIX_AT_LEAST = 5;

/** Words made from the name: every beginning that only it has, else the commonest formations of Russian. */
export function derivedTerms(word: string, morphology: Morphology): string[] {
  if (hasBeginningOfItsOwn(word, morphology)) return [`${word}*`];
  if (!/^[а-я]{4,}$/.test(word) || /[аеиоуыэюяьй]$/.test(word)) return [];
  return ['овский', 'овец', 'овцы'].map((ending) => word + ending);
}

/** No other word begins so: a run of consonants, a digit in it, or a long word that no dictionary has. */
function hasBeginningOfItsOwn(word: string, morphology: Morphology): boolean {
  if (word.length < 3) return false;
  if (/^[^aeiouyаеиоуыэюя]+$/.test(word) || /\d$/.test(word)) return true;
  return word.length >= PREFIX_AT_LEAST && !isWordOfLanguage(word, morphology);
}

/** Does the word mean something besides firms? Only the Russian dictionary can tell; it has «сбербанк» as a plain noun. */
export function isWordOfLanguage(word: string, morphology: Morphology): boolean {
  const isOfFirm = isCompound(word) || morphology.isFirm(word);
  return /[а-я]/.test(word) && !isOfFirm && morphology.isKnown(word);
}
