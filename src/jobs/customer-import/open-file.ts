import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { errorMessage, InputError } from '../../lib/errors.ts';
import type { FileKind } from '../../match/import/fields.ts';
import { type Mapping, mappingMistakes, proposeMapping, type Sample } from '../../match/import/mapping.ts';
import { FileError, type Mistake } from '../../match/import/mistakes.ts';
import { readTable } from '../../match/import/registry.ts';
import { type ImportRow, isRow, type Table } from '../../match/import/table.ts';
import { charsetOf, readBytes, textOf } from './text-stream.ts';

const MB = 1024 * 1024;
const MAX_FILE_MB = 1024;
/** Rows by whose values columns are judged. */
const SAMPLED = 200;
const START = 1024;

/** Which file, and how it is to be read; what is left out is proposed. */
export interface ImportAsk {
  path: string;
  /** As people call it: an uploaded file has another path. */
  name?: string;
  mapping?: Mapping | undefined;
  kind?: FileKind | undefined;
  sheet?: string | undefined;
}

/** A file whose columns are known, and whose rows are still to be read. */
export interface OpenedFile {
  name: string;
  table: Table;
  mapping: Mapping;
  /** Of the mapping: what keeps it from being imported, and what to know. */
  mistakes: Mistake[];
  samples: Sample[];
}

async function checkFile(path: string): Promise<void> {
  try {
    const { size } = await stat(path);
    if (size > MAX_FILE_MB * MB) throw new FileError('too-large', { max: MAX_FILE_MB });
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError([{ at: path, message: `cannot be read: ${errorMessage(error)}` }]);
  }
}

/** The first rows, and all of them once more. */
async function peek({ rows }: Table): Promise<{ first: (ImportRow | Mistake)[]; rows: Table['rows'] }> {
  const source = rows[Symbol.asyncIterator]();
  const first: (ImportRow | Mistake)[] = [];
  while (first.length < SAMPLED) {
    const { value, done } = await source.next();
    if (done) break;
    first.push(value);
  }
  async function* again(): AsyncGenerator<ImportRow | Mistake> {
    try {
      yield* first;
      for (;;) {
        const { value, done } = await source.next();
        if (done) return;
        yield value;
      }
    } finally {
      await source.return?.();
    }
  }
  return { first, rows: again() };
}

/** @throws InputError when it cannot be read */
export async function openImportFile({
  path,
  name = basename(path),
  ...ask
}: ImportAsk): Promise<OpenedFile> {
  await checkFile(path);
  const start = await readBytes(path, 0, START);
  const charset = await charsetOf(path);
  const table = await readTable({ path, name, start, sheet: ask.sheet, text: () => textOf(path, charset) });
  const { first, rows } = await peek(table);
  const cells = first.filter(isRow).map((row) => row.cells);
  const samples = table.columns.map((column, at) => ({ column, values: cells.map((row) => row[at]) }));
  const mapping = ask.mapping ?? proposeMapping(samples, ask.kind);
  return {
    name,
    table: { ...table, columns: table.columns, rows },
    mapping,
    mistakes: mappingMistakes(mapping),
    samples,
  };
}
