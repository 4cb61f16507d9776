import { FileError } from './mistakes.ts';
import { readWhole, type XmlReader, type Zip } from './xlsx-zip.ts';

const MAX_SHARED = 4_000_000;
const MAX_SHARED_CHARS = 128 * 1024 * 1024;
const MAX_STYLES = 70_000;
const MAX_SHEETS = 1_000;
/** Longer cells are cut: no field takes so much. */
export const MAX_CELL = 40_000;

export interface Book {
  sheets: readonly { name: string; path: string }[];
  /** Days are counted from 1904. */
  is1904: boolean;
  shared: readonly string[];
  /** By the number of a cell's style. */
  styles: readonly NumberStyle[];
}

/** `digits`: how many digits a format of zeros shows; 0: it is another. */
export interface NumberStyle {
  isDate: boolean;
  digits: number;
}

const PLAIN: NumberStyle = { isDate: false, digits: 0 };
const nothing = (): void => undefined;

/** Of ECMA-376, 18.8.30: 14–22 and 45–47 are dates and times, 27–36 and 50–58 dates of East Asia. */
function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 58);
  const bare =
    code
      .slice(0, 200)
      .replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '')
      .split(';')[0] ?? '';
  return /[dmyhs]/i.test(bare) && !/^[^dmyhs]*(?:general|0|#)/i.test(bare);
}

/** `r:id`, whatever the prefix is. */
const relationOf = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';

async function readSheets(zip: Zip): Promise<Pick<Book, 'sheets' | 'is1904'>> {
  const paths = new Map<string, string>();
  const shown: { name: string; id: string }[] = [];
  let is1904 = false;
  await readWhole(zip, 'xl/_rels/workbook.xml.rels', {
    open: ({ name, attributes: { Id: id, Target: target = '' } }) => {
      if (name === 'Relationship' && id)
        paths.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    },
    text: nothing,
    close: nothing,
  });
  await readWhole(zip, 'xl/workbook.xml', {
    open: ({ name, attributes }) => {
      if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet' || shown.length >= MAX_SHEETS || /hidden/i.test(attributes.state ?? '')) return;
      shown.push({ name: (attributes.name ?? '').slice(0, 100), id: relationOf(attributes) });
    },
    text: nothing,
    close: nothing,
  });
  const sheets = shown.flatMap(({ name, id }) => {
    const path = paths.get(id);
    return path && zip.has(path) ? [{ name, path }] : [];
  });
  return { sheets, is1904 };
}

async function readStyles(zip: Zip): Promise<NumberStyle[]> {
  const codes = new Map<number, string>();
  const styles: NumberStyle[] = [];
  let isInCells = false;
  if (!zip.has('xl/styles.xml')) return styles;
  await readWhole(zip, 'xl/styles.xml', {
    open: ({ name, attributes }) => {
      if (name === 'numFmt' && codes.size < MAX_STYLES)
        codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      if (name === 'cellXfs') isInCells = true;
      if (name !== 'xf' || !isInCells || styles.length >= MAX_STYLES) return;
      const id = Number(attributes.numFmtId ?? 0);
      const code = codes.get(id);
      const digits = code && /^0{2,20}$/.test(code) ? code.length : 0;
      styles.push({ isDate: isDateFormat(id, code), digits });
    },
    text: nothing,
    close: (name) => {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return styles;
}

/** Excel writes what XML does not allow as `_x000D_`. */
const unescapeText = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Collects text of `t` elements, but not the readings that stand over East Asian signs. */
export function createTextReader(): XmlReader & { take(): string } {
  let text = '';
  let isText = false;
  let phonetic = 0;
  return {
    open: ({ name }) => {
      if (name === 'rPh') phonetic += 1;
      isText = name === 't' && phonetic === 0;
    },
    text: (piece) => {
      if (isText && text.length < MAX_CELL) text += piece;
    },
    close: (name) => {
      if (name === 'rPh') phonetic -= 1;
      isText = false;
    },
    take: () => {
      const taken = unescapeText(text).slice(0, MAX_CELL);
      text = '';
      return taken;
    },
  };
}

async function readShared(zip: Zip): Promise<string[]> {
  const shared: string[] = [];
  const reader = createTextReader();
  let chars = 0;
  if (!zip.has('xl/sharedStrings.xml')) return shared;
  await readWhole(zip, 'xl/sharedStrings.xml', {
    ...reader,
    close: (name) => {
      reader.close(name);
      if (name !== 'si') return;
      const text = reader.take();
      chars += text.length;
      if (shared.length >= MAX_SHARED || chars > MAX_SHARED_CHARS)
        throw new FileError('too-large', { max: MAX_SHARED_CHARS / 1024 / 1024 });
      shared.push(text);
    },
  });
  return shared;
}

export const styleOf = (book: Book, number: string | undefined): NumberStyle =>
  book.styles[Number(number ?? 0)] ?? PLAIN;

export async function readBook(zip: Zip): Promise<Book> {
  if (!zip.has('xl/workbook.xml')) throw new FileError('not-readable', { format: 'XLSX' });
  const { sheets, is1904 } = await readSheets(zip);
  return { sheets, is1904, styles: await readStyles(zip), shared: await readShared(zip) };
}
