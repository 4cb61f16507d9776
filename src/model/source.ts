import type { SourceId } from './ids.ts';

/** Why a source could not be read, in the terms of its list. */
export interface SourceError {
  /** Machine-readable: `http-503`, `timeout`, `too-large`, `refused-address`, `robots`, `redirect-loop`, `broken-feed` … */
  code: string;
  /** One English sentence for logs and the command line; pages show a translation by `code`. */
  message: string;
  at: Date;
}

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
  /** The crawler's own memory between visits: validators, cursors. */
  state: unknown;
  origin: 'config' | 'user';
  enabled: boolean;
  everyMs: number;
  nextRunAt: Date;
  lastStartedAt: Date | null;
  lastSuccessAt: Date | null;
  lastError: SourceError | null;
  /** Failed visits in a row. */
  failures: number;
}
