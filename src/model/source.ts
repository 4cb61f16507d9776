import type { SourceId } from './ids.ts';

/** Why a source could not be read, in the terms of its list. */
export interface SourceError {
  /** Machine-readable: `http-503`, `timeout`, `too-large`, `refused-address`, `robots`, `redirect-loop`, `broken-feed` … */
  code: string;
  /** One English sentence for logs and the command line; pages show a translation by `code`. */
  message: string;
  at: Date;
}

/** How the time of the next look for news is found. */
export type SourceSchedule =
  /** Learnt from when the source publishes; on average over all adaptive sources as often as their `everyMs` say. */
  | { kind: 'adaptive'; minMs: number; maxMs: number }
  /** Every `everyMs`. */
  | { kind: 'fixed' }
  /** Five or six fields, in the machine's zone. */
  | { kind: 'cron'; expression: string };

/** `auto`: for pages that are empty until their programs have run. */
export type BrowserUse = 'auto' | 'never' | 'always';

/** A place we watch. */
export interface Source {
  id: SourceId;
  key: string;
  /** Name of a crawler in `crawlers/registry.ts`. */
  kind: string;
  name: string;
  url: string;
  /** The crawler's own settings; its zod schema stands in the crawler's file. */
  settings: unknown;
  /** Whether its pages are shown in a browser before they are read. */
  browser: BrowserUse;
  /** The crawler's own memory between visits: validators, cursors. */
  state: unknown;
  origin: 'config' | 'user';
  enabled: boolean;
  everyMs: number;
  schedule: SourceSchedule;
  /** The next look for news. */
  pollAt: Date;
  /** The earlier of `pollAt` and the next known page that is due. */
  nextRunAt: Date;
  lastStartedAt: Date | null;
  lastSuccessAt: Date | null;
  lastError: SourceError | null;
  /** The last visit that brought something new. */
  lastNewsAt: Date | null;
  /** What could not be read at the last visit, while the rest could. */
  trouble: SourceError | null;
  /** When it said that it is gone for good. */
  goneAt: Date | null;
  /** Failed visits in a row. */
  failures: number;
}
