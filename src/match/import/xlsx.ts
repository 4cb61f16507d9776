import { FileError, type Mistake } from './mistakes.ts';
import { distinctNames, type ImportRow, MAX_COLUMNS, type Table } from './table.ts';
import { type Book, readBook } from './xlsx-book.ts';
import { cellMistakes, createSheetReader, MAX_ROWS, type SheetRow } from './xlsx-sheet.ts';
import { openZip, type Zip } from './xlsx-zip.ts';

async function* sheetRows(zip: Zip, book: Book, path: string): AsyncGenerator<SheetRow> {
  const reader = createSheetReader(book);
  for await (const _ of zip.read(path, reader)) yield* reader.take();
}

function headerOf(first: SheetRow | undefined): string[] {
  if (!first) throw new FileError('empty');
  if (first.isWide) throw new FileError('too-wide', { max: MAX_COLUMNS }, first.line);
  return distinctNames(Array.from(first.cells, (cell) => (cell === undefined ? '' : String(cell))));
}

function choose(book: Book, sheet: string | undefined): Book['sheets'][number] {
  const names = book.sheets.map(({ name }) => name);
  const chosen = sheet === undefined ? book.sheets[0] : book.sheets.find(({ name }) => name === sheet);
  if (!chosen) throw new FileError('no-sheet', { names: names.join(', ').slice(0, 300) });
  return chosen;
}

/** The first sheet that is not hidden, or the one that is named; its first row that has something is the header. @throws FileError */
export async function readXlsx(path: string, sheet?: string): Promise<Table> {
  const zip = await openZip(path);
  try {
    const book = await readBook(zip);
    const chosen = choose(book, sheet);
    const found = sheetRows(zip, book, chosen.path);
    const first = await found.next();
    const columns = headerOf(first.done ? undefined : first.value);
    return {
      columns,
      rows: toRows(zip, found, columns),
      sheets: { names: book.sheets.map(({ name }) => name), chosen: chosen.name },
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** A cell that is empty in a row that is there says that its field is empty. */
async function* toRows(
  zip: Zip,
  found: AsyncGenerator<SheetRow>,
  columns: readonly string[],
): AsyncGenerator<ImportRow | Mistake> {
  let rows = 0;
  try {
    for await (const row of found) {
      rows += 1;
      if (rows > MAX_ROWS) {
        yield { line: row.line, column: null, code: 'too-many-rows', values: { max: MAX_ROWS } };
        return;
      }
      yield* cellMistakes(row, columns);
      const wrong = new Set(row.wrong.map(({ column }) => column));
      yield {
        line: row.line,
        cells: columns.map((_, at) => row.cells[at] ?? (wrong.has(at) ? undefined : '')),
      };
    }
  } finally {
    zip.close();
  }
}
