import { stringify } from 'csv-stringify/sync';

/** A spreadsheet runs what begins so, in some languages also in full width; an apostrophe makes it text. */
export function inert(cell: string): string {
  return /^[\t\r\n]|^\s*[=+\-@＝＋－＠]/.test(cell) ? `'${cell}` : cell;
}

/** By this mark spreadsheets know that letters are UTF-8. */
export const CSV_MARK = '\uFEFF';

/** Lines of a CSV file, in which nothing that somebody wrote is run as a formula. */
export function csvLines(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => row.map(inert)),
    { quoted_match: /\r/ },
  );
}
