import type { DocumentId } from '../model/ids.ts';
import type { Facets, SearchFilters } from '../model/search.ts';
import type { Condition } from '../query/candidates.ts';

/** What an engine is asked: documents of these filters that can match a query. */
export interface Asked {
  filters: SearchFilters;
  /** What the query requires; null: nothing that an index knows. */
  condition: Condition | null;
  /** A regular expression that finds title or text of every match; null when nothing narrows them. */
  pattern: string | null;
}

export interface FoundPage {
  ids: DocumentId[];
  /** Exact, however many there are. */
  total: number;
  /** Of all that was found; null when the engine does not count. */
  facets: Facets | null;
}

/** Documents that may match, newest first, to be looked at one batch after another. */
export interface CandidateWalk {
  /** Documents that all batches together stand for. */
  total: number;
  /** null at the end. `passed`: documents that this batch stands for, those included that cannot match. */
  next(): Promise<{ ids: DocumentId[]; passed: number } | null>;
}

/** Throws RetryLaterError when it is away. */
export interface SearchEngine {
  /** Can it tell by itself what a condition holds of? Then `page` of it is exact. */
  decidesConditions: boolean;
  /** What the filters and the condition let through, newest first. */
  page(asked: Omit<Asked, 'pattern'>, limit: number, offset: number): Promise<FoundPage>;
  candidates(asked: Asked): Promise<CandidateWalk>;
  /** Of these documents; null when the engine does not count. */
  facets(ids: readonly DocumentId[]): Promise<Facets | null>;
}
