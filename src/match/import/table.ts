import type { Mistake } from './mistakes.ts';

/** One record of a file. */
export interface ImportRow {
  /** Line or row on which it begins, from 1. */
  line: number;
  /** In the order of the columns: text, what JSON has, a number or date of a spreadsheet, or lists of these; undefined where nothing is said. */
  cells: readonly unknown[];
}

/** A file as columns and rows. What cannot be read stands among the rows as a mistake. */
export interface Table {
  /** Distinct. Grow while rows are read where a format has no header. */
  columns: readonly string[];
  rows: AsyncIterable<ImportRow | Mistake>;
  /** Of a workbook: the names of its sheets, and which is read. */
  sheets?: { names: readonly string[]; chosen: string };
}

/** More columns than any CRM writes. */
export const MAX_COLUMNS = 500;
const MAX_NAME = 200;

export const isRow = (one: ImportRow | Mistake): one is ImportRow => 'cells' in one;

/** Headers as distinct names: a second «Телефон» is «Телефон (2)», one without a name is called by its number. */
export function distinctNames(headers: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return headers.map((header, at) => {
    const name =
      header.replaceAll('\0', '').toWellFormed().replace(/\s+/g, ' ').trim().slice(0, MAX_NAME) ||
      `#${at + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}
