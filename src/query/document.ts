import type { Facts } from './facts.ts';

/** What a query can ask of a document. */
export interface QueryableDocument {
  title?: string | null;
  text: string;
  authorHandle?: string | null;
  authorName?: string | null;
  /** What is known besides the words; what is left out is not known, and no condition on it holds. */
  facts?: Facts;
}
