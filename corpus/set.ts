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

/** A file in UTF-8, gzipped when its name says so. */
export function readPacked(file: string | URL): string {
  const bytes = readFileSync(file);
  return (String(file).endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** Every line of a file of JSON lines, gzipped when its name says so. Throws on a line that is no JSON, naming it. */
export function readCases<Case>(folder: string, file: string): Case[] {
  return readPacked(join(folder, file))
    .split('\n')
    .flatMap((line, at) => (line.trim() === '' ? [] : [parse<Case>(line, `${file}, line ${at + 1}`)]));
}

function parse<Case>(line: string, place: string): Case {
  try {
    return JSON.parse(line) as Case;
  } catch (error) {
    throw new Error(`${place}: ${(error as Error).message}`);
  }
}
