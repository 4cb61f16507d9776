import { readFile } from 'node:fs/promises';
import { ConfigError } from '../src/lib/errors.ts';
import { parseRows } from './lexicons.ts';

const FOLDER = new URL('./names/', import.meta.url);

/** Tables by which names and towns are read: cells of each row. */
export interface NameTables {
  /** Formal first name, gender, its forms parted by blanks. */
  firstNames: readonly (readonly string[])[];
  /** City, country, region or `-`, how else people write it, parted by `;`. */
  cities: readonly (readonly string[])[];
}

async function readTable(name: string, columns: number): Promise<string[][]> {
  const text = await readFile(new URL(name, FOLDER), 'utf8').catch((error: unknown) => {
    throw new ConfigError(`cannot read the table ${name}`, error);
  });
  return parseRows(text, name, columns).map(({ cells }) => cells);
}

/** Throws ConfigError naming file and line. */
export async function loadNameTables(): Promise<NameTables> {
  const [firstNames, cities] = await Promise.all([
    readTable('first-names.tsv', 3),
    readTable('cities.tsv', 4),
  ]);
  return { firstNames, cities };
}
