export const HEALTH_STATES = ['ok', 'waiting', 'quiet', 'broken', 'gone', 'off'] as const;
/**
 * ok: read and publishing as usual. waiting: not yet read, or silent for a moment. quiet: read well, but nothing new for much
 * longer than usual. broken: it cannot be read, or no longer yields what it did. gone: closed for good. off: switched off.
 */
export type HealthState = (typeof HEALTH_STATES)[number];

/** What makes a source broken although its pages answer, or quiet; pages have words and a remedy for each. */
export type HealthCode =
  | 'works'
  | 'not-read'
  | 'error'
  | 'passing-error'
  | 'no-links'
  | 'no-documents'
  | 'no-authors'
  | 'no-dates'
  | 'canary'
  | 'silence'
  | 'nothing'
  | 'gone'
  | 'off';

export interface SourceHealth {
  state: HealthState;
  code: HealthCode;
  /** Documents a day, lately (3 days) and as usual (28 days). */
  perDay: number;
  usualPerDay: number;
  /** Median from published to found over the last 7 days; null when nothing tells. */
  delayMs: number | null;
  /** Probability of the present silence at the usual pace; 1 when too little is known to say. */
  silence: number;
  /** ISO 8601. */
  judgedAt: string;
}

/** A page that is known to be there, and words that must be read on it. */
export interface Canary {
  url: string;
  text: string;
}

export interface CanaryResult {
  /** ISO 8601. */
  at: string;
  /** Code of what was wrong: `missing-words`, or as in `SourceError`; null when the words were there. */
  error: string | null;
}
