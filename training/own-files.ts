import { readFileSync } from 'node:fs';
import { parseRows } from '../config/lexicons.ts';

/** Cells of a table of ours, by its address from this folder. Throws ConfigError naming a line of another width. */
export function readOwnRows(name: string, columns: number): string[][] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8');
  return parseRows(text, name, columns).map(({ cells }) => cells);
}
