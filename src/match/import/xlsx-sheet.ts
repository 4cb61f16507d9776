import type { Mistake } from './mistakes.ts';
import { type ImportRow, MAX_COLUMNS } from './table.ts';
import { type Book, createTextReader, styleOf } from './xlsx-book.ts';
import type { Tag, XmlReader } from './xlsx-zip.ts';

export const MAX_ROWS = 1_048_576;
const DAY_MS = 86_400_000;
/** Day 1 is the first of January 1900, and Excel believes in a 29th of February of that year (ECMA-376, 18.17.4.1). */
const EPOCH = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) };
const MAX_NUMBER = 1e15;

/** What a cell of a row holds that could not be read. */
export type CellWrong = { column: number; code: 'cell-error' | 'no-value' | 'number-too-long' };
export interface SheetRow extends ImportRow {
  wrong: CellWrong[];
  /** It has more columns than are read. */
  isWide: boolean;
}

/** `AB` of `AB12` is 27; −1 when there is none. */
function columnOf(reference: string | undefined): number {
  let column = 0;
  for (const sign of (reference ?? '').slice(0, 4)) {
    if (sign < 'A' || sign > 'Z') break;
    column = column * 26 + sign.charCodeAt(0) - 64;
  }
  return column - 1;
}

function toDate(serial: number, is1904: boolean): Date {
  return new Date(Math.round((EPOCH[is1904 ? 1904 : 1900] + serial * DAY_MS) / 1000) * 1000);
}

function numberCell(book: Book, style: string | undefined, value: string): unknown | CellWrong['code'] {
  const number = Number(value);
  if (!Number.isFinite(number)) return { wrong: 'cell-error' };
  const { isDate, digits } = styleOf(book, style);
  if (isDate) return toDate(number, book.is1904);
  if (Number.isInteger(number) && Math.abs(number) >= MAX_NUMBER) return { wrong: 'number-too-long' };
  return digits > 0 ? String(number).padStart(digits, '0') : number;
}

/** Reads rows of a sheet as its markup comes in; `take` gives those that are whole. */
export function createSheetReader(book: Book): XmlReader & { take(): SheetRow[] } {
  const inline = createTextReader();
  let done: SheetRow[] = [];
  let row: SheetRow = { line: 0, cells: [], wrong: [], isWide: false };
  let cells: unknown[] = [];
  let column = -1;
  let cell: Tag['attributes'] = {};
  let value = '';
  let isValue = false;
  let hasFormula = false;

  function openRow(at: string | undefined): void {
    const line = at === undefined ? row.line + 1 : Number(at);
    cells = [];
    row = { line: Number.isSafeInteger(line) ? line : row.line + 1, cells, wrong: [], isWide: false };
    column = -1;
  }

  function readValue(): unknown {
    const text = inline.take();
    if (cell.t === 'inlineStr') return text;
    if (value === '') return hasFormula && cell.t !== 'str' ? { wrong: 'no-value' } : undefined;
    if (cell.t === 's') return book.shared[Number(value)] ?? { wrong: 'cell-error' };
    if (cell.t === 'str') return value;
    if (cell.t === 'b') return value === '1';
    if (cell.t === 'e') return { wrong: 'cell-error' };
    if (cell.t === 'd') return new Date(value);
    return numberCell(book, cell.s, value);
  }

  function closeCell(): void {
    const read = readValue();
    row.isWide ||= column >= MAX_COLUMNS;
    if (column < 0 || column >= MAX_COLUMNS || read === undefined) return;
    const wrong = (read as { wrong?: CellWrong['code'] } | null)?.wrong;
    if (wrong) row.wrong.push({ column, code: wrong });
    else cells[column] = read;
  }

  return {
    open: (tag) => {
      inline.open(tag);
      const { name, attributes } = tag;
      if (name === 'row') openRow(attributes.r);
      else if (name === 'c') {
        cell = attributes;
        column = attributes.r === undefined ? column + 1 : columnOf(attributes.r);
        value = '';
        hasFormula = false;
      } else if (name === 'f') hasFormula = true;
      isValue = name === 'v';
    },
    text: (piece) => {
      inline.text(piece);
      if (isValue && value.length < 40_000) value += piece;
    },
    close: (name) => {
      inline.close(name);
      isValue = false;
      if (name === 'c') closeCell();
      else if (name === 'row' && (cells.length > 0 || row.wrong.length > 0 || row.isWide)) done.push(row);
    },
    take: () => {
      const taken = done;
      done = [];
      return taken;
    },
  };
}

export function cellMistakes({ line, wrong }: SheetRow, columns: readonly string[]): Mistake[] {
  return wrong.flatMap(({ column, code }) => {
    const name = columns[column];
    return name === undefined ? [] : [{ line, column: name, code, isTaken: true as const }];
  });
}
