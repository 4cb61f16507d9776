import { foldText } from './fold.ts';

const NOT_LETTERS = /[^\p{L}\p{N}]+/gu;

/** Letters and digits alone, folded: the same for a text however it was broken into lines, quoted and marked up. */
export function bareLetters(text: string): string {
  return foldText(text).text.replace(NOT_LETTERS, '');
}
