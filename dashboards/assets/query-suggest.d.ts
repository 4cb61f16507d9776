import type { QueryWords } from '../query-words.ts';

export interface Offer {
  /** What is replaced. */
  from: number;
  to: number;
  items: { label: string; means: string; insert: string }[];
}

export function createSuggester(
  words: QueryWords,
): (text: string, caret: number, isAsked?: boolean) => Offer | null;
