import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** One measure of a corpus beside its floor (must) and its goal (aim), all in the same unit. */
export interface CorpusRow {
  measure: string;
  value: number;
  must?: number;
  aim?: number;
  /** What was counted: `2116 of 2224`. */
  detail?: string;
}

/** A body of cases that a developer has at hand; nothing of it stands in this repository. */
export interface CorpusSet {
  name: string;
  /** `folder` is the corpora's root. Prints nothing; the rows are the result. `explain` collects misses to print. */
  run(folder: string, explain: (miss: string) => void): Promise<CorpusRow[]>;
}

/** Every line of a file of JSON lines, gzipped when its name says so. */
export function readCases<Case>(folder: string, file: string): Case[] {
  const bytes = readFileSync(join(folder, file));
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Case);
}
