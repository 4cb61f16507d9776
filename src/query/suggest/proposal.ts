import type { DocumentId } from '../../model/ids.ts';
import type { Suggestion } from './reasons.ts';
import type { SeenForm } from './seen.ts';

/** What a person says of a brand that is to be found. */
export interface BrandWish {
  name: string;
  /** Other names that are known, `@accounts` among them. */
  aliases: readonly string[];
  /** What it is, in a word or two: it names the trade. */
  about: string;
  /** Numbers of the suggestions to take; null: all. */
  take: readonly number[] | null;
}

/** Spellings of a brand, one query of those that were taken, and what both find in the newest stored texts. */
export interface BrandProposal {
  suggestions: Suggestion[];
  /** Texts with each of the suggestions, in their order. */
  counts: number[];
  /** '' when nothing was taken, or the name has no words. */
  query: string;
  /** Texts that were looked through, and those among them that the query finds. */
  texts: number;
  found: number;
  /** Some of those found. */
  sample: { id: DocumentId; title: string | null; text: string }[];
  /** Spellings nearby that the query does not find, the commonest first. */
  seen: SeenForm[];
}
