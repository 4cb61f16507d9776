import { proposeMapping } from '../../../src/match/import/mapping.ts';
import { describeMistake, type Mistake } from '../../../src/match/import/mistakes.ts';
import { layoutOf, readRecord } from '../../../src/match/import/record.ts';
import { type ImportFile, readTable } from '../../../src/match/import/registry.ts';
import { type ImportRow, isRow, type Table } from '../../../src/match/import/table.ts';
import type { CustomerRecord } from '../../../src/model/customer.ts';

/** Pieces of a text, as a file comes in. */
export async function* pieces(text: string, size = 65_536): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

export function textFile(name: string, text: string, size?: number): ImportFile {
  return { name, path: '', start: Buffer.from(text.slice(0, 200)), text: () => pieces(text, size) };
}

export async function rowsOf(table: Table): Promise<{ rows: ImportRow[]; mistakes: Mistake[] }> {
  const rows: ImportRow[] = [];
  const mistakes: Mistake[] = [];
  for await (const one of table.rows) {
    if (isRow(one)) rows.push(one);
    else mistakes.push(one);
  }
  return { rows, mistakes };
}

/** A file read by the mapping that is proposed for it, with what is wrong in words. */
export async function readFileOf(
  file: ImportFile,
): Promise<{ records: CustomerRecord[]; issues: { at: string; message: string }[] }> {
  const table = await readTable(file);
  const { rows, mistakes } = await rowsOf(table);
  const samples = table.columns.map((column, at) => ({ column, values: rows.map(({ cells }) => cells[at]) }));
  const mapping = proposeMapping(samples);
  const records: CustomerRecord[] = [];
  const layout = layoutOf(mapping, table.columns);
  for (const row of rows) {
    const read = readRecord(row, layout, mapping);
    if (read.record) records.push(read.record);
    mistakes.push(...read.mistakes);
  }
  mistakes.sort((one, two) => one.line - two.line);
  return {
    records,
    issues: mistakes.map((one) => ({ at: `${file.name}:${one.line}`, message: describeMistake(one, 'en') })),
  };
}
