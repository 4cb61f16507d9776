import { createCsvScanner, MAX_RECORD, type Scanned } from './csv-scan.ts';
import { FileError, type Mistake } from './mistakes.ts';
import { distinctNames, type ImportRow, MAX_COLUMNS, type Table } from './table.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** The header is longer only in what is no table. */
const LOOKED_AT = 64 * 1024;

/** Excel in Russia writes semicolons, elsewhere commas; it also says so in a first line of its own. */
export function delimiterOf(start: string): { delimiter: string; skip: number } {
  const said = /^sep=([^\r\n])\r?\n/i.exec(start);
  if (said?.[1]) return { delimiter: said[1], skip: said[0].length };
  const header = (start.replace(/"(?:[^"]|"")*"/g, '').match(/^[^\r\n]*/) ?? [''])[0];
  const counts = DELIMITERS.map((delimiter) => [delimiter, header.split(delimiter).length] as const);
  const [best] = counts.sort(([, one], [, two]) => two - one);
  return { delimiter: best?.[0] ?? ',', skip: 0 };
}

function toRow(scanned: Scanned): ImportRow | Mistake {
  if ('cells' in scanned) return { line: scanned.line, cells: scanned.cells };
  return { line: scanned.line, column: null, code: scanned.wrong, values: { max: MAX_RECORD } };
}

async function readStart(text: AsyncIterator<string>): Promise<string> {
  let start = '';
  while (start.length < LOOKED_AT) {
    const { value, done } = await text.next();
    if (done) break;
    start += value;
  }
  return start.replace(/^\uFEFF/, '');
}

function headerOf(first: Scanned | undefined): string[] {
  if (!first) throw new FileError('empty');
  if ('wrong' in first) throw new FileError(first.wrong, { max: MAX_RECORD }, 1);
  if (first.isWide) throw new FileError('too-wide', { max: MAX_COLUMNS }, 1);
  return distinctNames(first.cells);
}

/** A header line, then a line a record; parted by comma, semicolon, tab or bar. @throws FileError when the header cannot be read */
export async function readCsv(content: AsyncIterable<string>): Promise<Table> {
  const text = content[Symbol.asyncIterator]();
  const start = await readStart(text);
  const { delimiter, skip } = delimiterOf(start);
  const scanner = createCsvScanner(delimiter);
  const begun = scanner.write(start.slice(skip));
  while (begun.length === 0) {
    const { value, done } = await text.next();
    begun.push(...(done ? scanner.end() : scanner.write(value)));
    if (done) break;
  }
  const lines = skip > 0 ? 1 : 0;
  const columns = headerOf(begun.shift());
  const moved = (row: ImportRow | Mistake) => ({ ...row, line: row.line + lines });
  async function* rows(): AsyncGenerator<ImportRow | Mistake> {
    for (const one of begun) yield moved(toRow(one));
    for (;;) {
      const { value, done } = await text.next();
      for (const one of done ? scanner.end() : scanner.write(value)) yield moved(toRow(one));
      if (done) return;
    }
  }
  return { columns, rows: rows() };
}
