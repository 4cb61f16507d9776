import { escapeHtml } from './html.ts';
import { zipFiles } from './zip.ts';

/** Numbers stay numbers; texts are texts, whatever they begin with. */
export type SheetCell = string | number;

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
/** What spreadsheets take at most. */
const CELL = 32_767;
const NAME = 31;

/** XML 1.0 knows no control characters but these, and halves of letters are none. */
function textOf(text: string): string {
  const known = Array.from(text.slice(0, CELL).toWellFormed(), (char) =>
    /[\p{Cc}\ufffe\uffff]/u.test(char) && !/[\t\n\r]/.test(char) ? ' ' : char,
  );
  return escapeHtml(known.join(''));
}

function columnName(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : `${columnName(Math.floor(at / 26) - 1)}${letter}`;
}

/** An inline string is never a formula. */
function cellOf(value: SheetCell, place: string): string {
  if (typeof value === 'number' && Number.isFinite(value)) return `<c r="${place}"><v>${value}</v></c>`;
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${textOf(String(value))}</t></is></c>`;
}

function sheetOf(rows: readonly (readonly SheetCell[])[]): string {
  const lines = rows.map((row, at) => {
    const cells = row.map((value, column) => cellOf(value, `${columnName(column)}${at + 1}`));
    return `<row r="${at + 1}">${cells.join('')}</row>`;
  });
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

const TYPES = `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`;

const relation = (kind: string, target: string): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/${kind}" Target="${target}"/></Relationships>`;

/** The book's only sheet; some signs may not stand in its name. */
function bookOf(name: string): string {
  const clean =
    name
      .replace(/[\\/?*[\]:']/g, ' ')
      .slice(0, NAME)
      .trim() || '1';
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${textOf(clean)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
}

/** A table as a file of spreadsheets (ECMA-376, as little of it as they need), without formulas or styles. */
export function xlsxFile(name: string, rows: readonly (readonly SheetCell[])[]): Buffer {
  const files: [string, string][] = [
    ['[Content_Types].xml', TYPES],
    ['_rels/.rels', relation('officeDocument', 'xl/workbook.xml')],
    ['xl/workbook.xml', bookOf(name)],
    ['xl/_rels/workbook.xml.rels', relation('worksheet', 'worksheets/sheet1.xml')],
    ['xl/worksheets/sheet1.xml', sheetOf(rows)],
  ];
  return zipFiles(files.map(([path, text]) => ({ name: path, bytes: Buffer.from(text) })));
}
