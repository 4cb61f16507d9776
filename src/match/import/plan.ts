import type { Change } from './changes.ts';
import type { Mapping, Sample } from './mapping.ts';
import type { Mistake } from './mistakes.ts';

export interface ImportCounts {
  /** Rows of the file, good or bad. */
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Rows that would be left out. */
  leftOut: number;
  /** Of all kinds; a row can have several. */
  mistakes: number;
  /** Rows about a customer whom an earlier row is about. */
  duplicates: number;
  /** Rows with an e-mail that another customer has. */
  shared: number;
}

export interface PlannedChange {
  line: number;
  externalId: string;
  isNew: boolean;
  changes: Change[];
}

/** What an import would do. Counts are of everything, details of the first. */
export interface ImportPlan {
  name: string;
  mapping: Mapping;
  columns: readonly string[];
  counts: ImportCounts;
  changes: PlannedChange[];
  mistakes: Mistake[];
  /** All mistakes by what is wrong and in which column, the most frequent first. */
  tally: MistakeTally[];
}

export interface MistakeTally extends Pick<Mistake, 'column' | 'code' | 'isTaken'> {
  /** Of the first. */
  values?: NonNullable<Mistake['values']>;
  count: number;
}

/** What an import has done. */
export interface ImportResult {
  created: number;
  updated: number;
  /** Rows of the file, good or bad. */
  rows: number;
  mistakes: number;
}

/** A file that somebody is importing, as it stands. */
export interface ImportTask {
  /** Changes with each file. */
  id: string;
  name: string;
  /** Bytes. */
  size: number;
  /** Columns with some of their values, as they stand in the file. */
  samples: readonly Sample[];
  sheets: { names: readonly string[]; chosen: string } | null;
  mapping: Mapping;
  /** The last file with these headers was read so. */
  isRemembered: boolean;
  /** What keeps the mapping from being used, and what to know of it. */
  mistakes: readonly Mistake[];
  state: 'mapping' | 'planning' | 'planned' | 'importing' | 'done' | 'failed' | 'stopped';
  /** Rows that were gone through, of how many; null: not known yet. */
  rows: number;
  total: number | null;
  plan: ImportPlan | null;
  result: ImportResult | null;
  /** Why the file could not be gone through; null: the cause is ours. */
  failure: Mistake | null;
}
