import type { DocumentId } from './ids.ts';
import type { Span } from './tag.ts';
import type { ContextSwitch } from './topic.ts';

export interface BackTestMatch {
  id: DocumentId;
  title: string | null;
  text: string;
  at: Date;
  spans: Span[];
}

export interface BackTestResult {
  /** Documents looked at, of `total` that there are since then. */
  looked: number;
  total: number;
  /** Number of the last document looked at; null of none. */
  oldest: number | null;
  /** Why it ended: everything was seen, or a bound was reached. */
  ended: 'all' | 'limit' | 'time' | 'aborted';
  matched: number;
  /** `2026-11-22` in the zone → matches; days without any are left out; the oldest first. */
  perDay: { day: string; count: number }[];
  /** By chance, the newest first. */
  sample: BackTestMatch[];
  /** Only with `against`: `lost` have the spans of the saved version. */
  against: {
    matched: number;
    gained: number;
    lost: number;
    gainedSample: BackTestMatch[];
    lostSample: BackTestMatch[];
  } | null;
  tookMs: number;
  /** Of it, waiting for the database. */
  databaseMs: number;
}

/** What a person asks to be tried on stored documents. */
export interface BackTestAsk extends ContextSwitch {
  /** Key of the topic whose draft it is; null of one that is not saved yet. */
  topic: string | null;
  name: string;
  query: string;
  /** Only documents of the last days; null: all. */
  days: number | null;
  seed: number;
  /** IANA. */
  zone: string;
}

/** A back-test that somebody asked for, as it stands. */
export interface BackTestRun {
  ask: BackTestAsk;
  startedAt: Date;
  looked: number;
  total: number;
  state: 'running' | 'done' | 'failed';
  /** Only when it is done; of long texts only what lies around the words found. */
  result: BackTestResult | null;
  /** Documents of each day, those that match and those that do not; days without any are left out. */
  seenPerDay: { day: string; count: number }[];
}

/** How a query fares with what people said of documents. */
export interface RatingTally {
  ours: number;
  notOurs: number;
}

/** A document of which a person said something that the query does not agree with. */
export interface RatingConflict {
  id: DocumentId;
  title: string | null;
  text: string;
  verdict: 'ours' | 'not_ours';
  ratedBy: string;
}

export interface RatingReport {
  /** Of the documents that the draft finds. */
  draft: RatingTally;
  /** Of those that the saved version finds; null when there is none that can be read. */
  saved: RatingTally | null;
  /** Ours that the draft misses, and not ours that it finds. */
  conflicts: RatingConflict[];
}
