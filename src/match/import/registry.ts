import { readCsv } from './csv.ts';
import { readJsonl } from './jsonl.ts';
import { FileError } from './mistakes.ts';
import type { Table } from './table.ts';
import { readVcards } from './vcard.ts';
import { readXlsx } from './xlsx.ts';

/** A file as it is offered to formats. */
export interface ImportFile {
  path: string;
  /** As people call it: an uploaded file has another path. */
  name: string;
  /** Its first bytes. */
  start: Uint8Array;
  /** Decoded, from the beginning; may be asked for again. */
  text(): AsyncIterable<string>;
  /** Of a workbook. */
  sheet?: string | undefined;
}

interface ImportFormat {
  key: 'csv' | 'jsonl' | 'xlsx' | 'vcard';
  names: RegExp;
  /** Does a file that begins so have this format, whatever its name is? */
  begins(start: Uint8Array, text: string): boolean;
  read(file: ImportFile): Promise<Table>;
}

const startsWith = (start: Uint8Array, ...bytes: number[]): boolean =>
  bytes.every((byte, at) => start[at] === byte);

/** In the order in which they are asked for their beginnings. */
const formats: readonly ImportFormat[] = [
  {
    key: 'xlsx',
    names: /\.xls[xm]$/i,
    begins: (start) => startsWith(start, 0x50, 0x4b, 3, 4),
    read: ({ path, sheet }) => readXlsx(path, sheet),
  },
  {
    key: 'vcard',
    names: /\.(?:vcf|vcard)$/i,
    begins: (_, text) => /^\s*BEGIN:VCARD/i.test(text),
    read: ({ text }) => readVcards(text()),
  },
  {
    key: 'jsonl',
    names: /\.(?:jsonl|ndjson)$/i,
    begins: (_, text) => /^\s*\{/.test(text),
    read: ({ text }) => readJsonl(text()),
  },
  { key: 'csv', names: /\.(?:csv|tsv|txt)$/i, begins: () => true, read: ({ text }) => readCsv(text()) },
];

/** By its first bytes, where they tell, then by its name. @throws FileError for what is known to be something else */
export function formatOf({ name, start }: Pick<ImportFile, 'name' | 'start'>): ImportFormat {
  // Compound files: Excel until 2003, and books with a password.
  if (startsWith(start, 0xd0, 0xcf, 0x11, 0xe0)) throw new FileError('old-excel');
  const head = new TextDecoder('latin1').decode(start.subarray(0, 200)).replace(/^\u00ef\u00bb\u00bf/, '');
  const told = formats.find(({ key, begins }) => (key === 'xlsx' || key === 'vcard') && begins(start, head));
  const named = formats.find(({ names }) => names.test(name));
  // A text that only bears the name of a workbook is read as the text it is.
  const found =
    told ?? (named?.key === 'xlsx' ? undefined : named) ?? formats.find(({ begins }) => begins(start, head));
  if (!found) throw new FileError('empty');
  return found;
}

/** @throws FileError when it cannot be read at all */
export function readTable(file: ImportFile): Promise<Table> {
  return formatOf(file).read(file);
}
