import type { DocumentId } from './ids.ts';

/** What PR staff can ask for. Empty strings and lists filter nothing. */
export interface SearchRequest {
  /** Words in any form, "phrases" and -exclusions; '' finds everything. */
  text: string;
  /** Topic keys; a document that mentions any of them. */
  topics: string[];
  languages: string[];
  /** Tone towards one of `topics`, or towards any topic when none is named. */
  sentiments: string[];
  /** Source keys. */
  sources: string[];
  /** Handle or name, whole. */
  author: string;
  complaintsOnly: boolean;
  /** Leave out documents in which no topic is named. */
  mentionsOnly: boolean;
  /** Published (or found, when no date was stated) in [from, to). */
  from: Date | null;
  to: Date | null;
  limit: number;
  offset: number;
}

export const NO_FILTERS: SearchRequest = {
  text: '',
  topics: [],
  languages: [],
  sentiments: [],
  sources: [],
  author: '',
  complaintsOnly: false,
  mentionsOnly: true,
  from: null,
  to: null,
  limit: 20,
  offset: 0,
};

export type Facet = 'topic' | 'language' | 'sentiment' | 'source';

export interface SearchPage {
  ids: DocumentId[];
  /** Exact, however many there are. */
  total: number;
  /** How many of the found documents have each value; null when the engine does not count. */
  facets: Record<Facet, Record<string, number>> | null;
}

export interface SearchEngine {
  /** Throws RetryLaterError when the engine is away. */
  search(request: SearchRequest): Promise<SearchPage>;
}

/** Everything about one document that the index is built from. */
export interface IndexSource {
  id: DocumentId;
  title: string | null;
  text: string;
  url: string;
  source: string;
  kind: string;
  site: string | null;
  authorHandle: string | null;
  authorName: string | null;
  language: string | null;
  time: Date;
  mentions: { topic: string; sentiment: string; complaint: boolean }[];
  /** As read: what the document is indexed up to once the engine has taken it. */
  touchedAt: Date;
}
