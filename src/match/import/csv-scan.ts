import { MAX_COLUMNS } from './table.ts';

/** Longer records are left out. */
export const MAX_RECORD = 200_000;
/** Each costs as much as the longest record: a file made of them would take for ever. */
const MAX_OPEN_QUOTES = 100;

export type Scanned =
  | { line: number; cells: string[] /** More than were kept. */; isWide: boolean }
  | { line: number; wrong: 'quote-open' | 'quotes-give-up' | 'line-too-long' };

export interface CsvScanner {
  write(text: string): Scanned[];
  end(): Scanned[];
}

interface Found {
  cells: string[];
  isWide: boolean;
  /** Where the next record begins. */
  next: number;
  lines: number;
}

type Attempt = Found | 'more' | 'quote-open';

/** Just after a quoted cell's closing quote: one that is followed by a delimiter, a line's end or nothing. A quote inside is doubled, or stands alone by mistake. */
function closingQuote(text: string, from: number, delimiter: string, isLast: boolean): number | 'more' {
  let at = text.indexOf('"', from);
  while (at !== -1) {
    const next = text[at + 1];
    if (next === undefined) return isLast ? at + 1 : 'more';
    if (next === delimiter || next === '\n' || next === '\r') return at + 1;
    at = text.indexOf('"', at + (next === '"' ? 2 : 1));
  }
  return -1;
}

function endOfPlain(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length) {
    const sign = text[at];
    if (sign === delimiter || sign === '\n' || sign === '\r') return at;
    at += 1;
  }
  return -1;
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at += 1) {
    if (text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n')) lines += 1;
  }
  return lines;
}

/** One cell, and where what follows it stands. */
function readCell(
  text: string,
  at: number,
  delimiter: string,
  isLast: boolean,
): { cell: string; end: number } | 'more' | 'quote-open' {
  if (text[at] === '"') {
    const after = closingQuote(text, at + 1, delimiter, isLast);
    if (after === 'more') return 'more';
    if (after === -1) return isLast ? 'quote-open' : 'more';
    return { cell: text.slice(at + 1, after - 1).replaceAll('""', '"'), end: after };
  }
  const found = endOfPlain(text, at, delimiter);
  if (found === -1 && !isLast) return 'more';
  const end = found === -1 ? text.length : found;
  return { cell: text.slice(at, end), end };
}

/** Reads the record that begins at `start`. */
function readRecord(text: string, start: number, delimiter: string, isLast: boolean): Attempt {
  const cells: string[] = [];
  let count = 0;
  let at = start - 1;
  do {
    const read = readCell(text, at + 1, delimiter, isLast);
    if (typeof read === 'string') return read;
    if (count < MAX_COLUMNS) cells.push(read.cell);
    count += 1;
    at = read.end;
  } while (text[at] === delimiter);
  // What follows a carriage return at the end of what has come is not known yet.
  if (text[at] === '\r' && at + 1 === text.length && !isLast) return 'more';
  const next = text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : Math.min(text.length, at + 1);
  return { cells, isWide: count > MAX_COLUMNS, next, lines: countLines(text, start, next) };
}

/** A record that goes on over a line's end does so in quotes. */
const hasLineEnd = (text: string, from: number): boolean =>
  /[\r\n]/.test(text.slice(from, from + MAX_RECORD));

/**
 * RFC 4180 and what spreadsheets make of it: any line end, quotes in the middle of a cell as they stand. A quote that is never closed costs its own
 * line only. Memory is bounded by the longest record, time by the length of the text.
 */
export function createCsvScanner(delimiter: string): CsvScanner {
  let rest = '';
  let line = 1;
  let isSkipping = false;
  let openQuotes = 0;
  let hasGivenUp = false;

  /** Where the next physical line begins; -1: not here. */
  function nextLine(from: number): number {
    const at = rest.slice(from).search(/[\r\n]/);
    if (at === -1) return -1;
    const end = from + at;
    if (rest[end] === '\r' && end + 1 === rest.length) return -1;
    return rest[end] === '\r' && rest[end + 1] === '\n' ? end + 2 : end + 1;
  }

  function skipLine(from: number, isLast: boolean): number {
    const next = nextLine(from);
    isSkipping = next === -1;
    if (next === -1) return isLast ? rest.length : Math.max(from, rest.length - 1);
    line += 1;
    return next;
  }

  /** What stands at `at` is left out. Returns where to go on. */
  function refuse(found: Scanned[], at: number, isQuote: boolean, isLast: boolean): number {
    if (isQuote) openQuotes += 1;
    hasGivenUp = openQuotes > MAX_OPEN_QUOTES;
    found.push({ line, wrong: hasGivenUp ? 'quotes-give-up' : isQuote ? 'quote-open' : 'line-too-long' });
    return skipLine(at, isLast);
  }

  function take(found: Scanned[], { cells, isWide, next, lines }: Found): number {
    if (cells.length > 1 || cells[0] !== '') found.push({ line, cells, isWide });
    line += lines;
    return next;
  }

  function scan(isLast: boolean): Scanned[] {
    const found: Scanned[] = [];
    let at = isSkipping ? skipLine(0, isLast) : 0;
    while (!isSkipping && !hasGivenUp && at < rest.length) {
      const attempt = readRecord(rest, at, delimiter, isLast);
      if (attempt === 'more' && rest.length - at <= MAX_RECORD) break;
      if (typeof attempt === 'object' && attempt.next - at <= MAX_RECORD) at = take(found, attempt);
      else at = refuse(found, at, attempt === 'quote-open' || hasLineEnd(rest, at), isLast);
    }
    rest = hasGivenUp ? '' : rest.slice(at);
    return found;
  }

  return {
    write: (text) => {
      if (hasGivenUp) return [];
      rest += text;
      return scan(false);
    },
    end: () => scan(true),
  };
}
