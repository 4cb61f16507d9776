import type { DocumentId, MentionId } from './ids.ts';
import type { Language } from './user.ts';

/** Why a post was not caught, in the order in which a post would come through; `caught` when it was. */
export const MISS_CAUSES = [
  'no-source',
  'source-off',
  'source-broken',
  'robots',
  'login-needed',
  'gone',
  'fetch-failed',
  'not-yet-visited',
  'not-extracted',
  'query-too-narrow',
  'filtered',
  'too-late',
  'unknown',
  'caught',
] as const;
export type MissCause = (typeof MISS_CAUSES)[number];

export const MISS_STATES = ['open', 'fixed', 'dismissed'] as const;
export type MissState = (typeof MISS_STATES)[number];

/** How an entry was closed; see the migration. */
export type MissClosing = 'caught' | 'was-there' | 'by-hand';

export type Wording = Record<Language, string>;

export type TraceStage = 'source' | 'fetch' | 'document' | 'query' | 'filters' | 'time';

/** One stage that a post goes through on its way to a mention. */
export interface TraceStep {
  stage: TraceStage;
  /** failed: it ended here. unknown: it could not be told. skipped: there was no need to look. */
  result: 'ok' | 'failed' | 'unknown' | 'skipped';
  /** For machines: a key of `jobs/recall/words.ts`. */
  code: string;
  message: Wording;
  /** What was seen: `status: 404`, `everyMs: 900000`. Times are ISO 8601, lengths milliseconds. */
  facts: Record<string, string | number>;
  /** Single reasons, such as the words that a query lacks. */
  reasons: Wording[];
}

/** What mends it. Pages make a button of it, the command line a command. */
export type MissFix =
  | { kind: 'add-source'; address: string }
  | { kind: 'restore-source'; sourceKind: string; url: string; name: string }
  | { kind: 'enable-source' | 'crawl-now' | 'mend-selectors' | 'look-at-source'; source: string }
  /** `everyMs`: what is proposed; the kind of schedule stays. */
  | { kind: 'shorten-interval'; source: string; schedule: 'adaptive' | 'fixed'; everyMs: number }
  /** null: which topic has to be said. */
  | { kind: 'add-example'; topic: string | null }
  | { kind: 'open-topic'; topic: string }
  | { kind: 'restore-mention' | 'empty-basket'; mention: MentionId }
  | { kind: 'rematch' }
  | { kind: 'open-document'; document: DocumentId };

export interface MissTrace {
  /** ISO 8601. */
  at: string;
  /** As it was asked for: with the scheme that answered, when none was pasted; null when only words are known. */
  address: string | null;
  cause: MissCause;
  steps: TraceStep[];
  fix: MissFix | null;
  /** Key of the source that the address belongs to. */
  source: string | null;
  document: DocumentId | null;
  /** The post's words, stored, fetched or pasted, to make an example of. */
  found: { title: string | null; text: string } | null;
}

/** How much of a site is collected, told from two ways of collecting it that overlap. */
export interface SiteCoverage {
  /** Host without `www.`. */
  site: string;
  /** Keys of the two sources. */
  ways: [string, string];
  /** Posts that each way found, both found, and any source found. */
  first: number;
  second: number;
  both: number;
  any: number;
  /** null: too few were found by both. */
  estimate: CoverageEstimate | null;
}

export interface CoverageEstimate {
  /** How many there are, with the limits of the 95 % interval. */
  total: number;
  low: number;
  high: number;
  /** Share of them that we have, with the limits of the 95 % interval, 0…1. */
  share: number;
  shareLow: number;
  shareHigh: number;
}

export interface CoverageReport {
  /** ISO 8601: what was published in between was counted. */
  from: string;
  to: string;
  /** The largest first. */
  sites: SiteCoverage[];
  /** Of the sites with an estimate; null when there is none. */
  overall: CoverageEstimate | null;
  /** Documents looked at, and whether there were more than are looked at. */
  looked: number;
  isCut: boolean;
}
