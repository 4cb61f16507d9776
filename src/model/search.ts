import type { DocumentId } from './ids.ts';
import type { ComplaintLevel } from './tag.ts';

/** What PR staff can narrow a search by, besides the query. Empty strings and lists filter nothing. */
export interface SearchFilters {
  /** Topic keys; a document that mentions any of them. */
  topics: string[];
  languages: string[];
  /** Tone towards one of `topics`, or towards any topic when none is named. */
  sentiments: string[];
  /** Source keys. */
  sources: string[];
  /** Handle or name, whole. */
  author: string;
  /** What posts are for: any of these kinds. */
  postKinds: string[];
  complaintsOnly: boolean;
  /** Only what may be a complaint, so that a person should look: none of its mentions is surely one. */
  maybeComplaints: boolean;
  /** Leave out documents in which no topic is named. */
  mentionsOnly: boolean;
  /** Only documents that came later than this one. */
  after: DocumentId | null;
  /** Published (or found, when no date was stated) in [from, to). */
  from: Date | null;
  to: Date | null;
  /** Only what stands behind this document in the order of lists, newest first: where a walk by pages has come to. */
  behind?: { time: Date; id: DocumentId };
}

export const NO_FILTERS: SearchFilters = {
  topics: [],
  languages: [],
  sentiments: [],
  sources: [],
  author: '',
  postKinds: [],
  complaintsOnly: false,
  maybeComplaints: false,
  mentionsOnly: true,
  after: null,
  from: null,
  to: null,
};

export type Facet = 'topic' | 'language' | 'sentiment' | 'source' | 'intent' | 'hour' | 'day';

/**
 * How many documents have each value. Hours and days are counted from 1970 in UTC, at most 2,400 of each; `hour` is empty where there are more hours.
 */
export type Facets = Record<Facet, Record<string, number>>;

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
  /** What it is for. */
  postKind: string | null;
  complaintLevel: ComplaintLevel | null;
  /** Published, or found when no date was stated. */
  time: Date;
  publishedAt: Date | null;
  foundAt: Date;
  mentions: { topic: string; sentiment: string; complaint: boolean }[];
  /** As read: what the document is indexed up to once the engine has taken it. */
  touchedAt: Date;
}
