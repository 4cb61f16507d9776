import type { DateContext } from '../dates.ts';
import type { TreeElement, TreeNode } from '../page-tree.ts';
import { readStamp } from './stamp.ts';
import { descendants, elementsIn, lineOf } from './tree-text.ts';

const REPLIES_MARK = /repl(?:y|ies)|posts?(?:count)?$|(?:^|[\s_-])posts|answers|comments|ответ/i;
const REPLIES_TEXT =
  /([\d][\d .,]*[kк]?)\s*(?:repl(?:y|ies)|posts?|answers?|comments?|ответ\S*|сообщени\S*|комментари\S*)|(?:replies|posts|answers|comments|ответов|ответы|сообщений|комментариев):?\s*([\d][\d .,]*[kк]?)/i;
const LAST_MARK = /last|latest|freshness/i;

function toNumber(text: string): number | undefined {
  const found = /^([\d][\d .,]*)\s*([kкmм])?$/i.exec(text.trim());
  if (!found) return undefined;
  const [, digits = '', unit] = found;
  if (unit === undefined) return Number(digits.replace(/\D/g, ''));
  return Math.round(Number(digits.replace(',', '.').replace(/\s/g, '')) * (/[kк]/i.test(unit) ? 1000 : 1e6));
}

function marksOf({ attribs }: TreeElement): string {
  return `${attribs.class ?? ''} ${attribs['data-stat'] ?? ''}`;
}

/** A number alone in its cell. Numbers of pages are links. */
function loneNumber(element: TreeElement): number | undefined {
  if (element.name === 'a' || elementsIn(element).length > 3) return undefined;
  return toNumber(lineOf(element));
}

function repliesIn(
  row: TreeElement,
  cells: readonly TreeElement[],
  leaveOut: Set<TreeNode>,
): number | undefined {
  for (const cell of cells) {
    if (!REPLIES_MARK.test(marksOf(cell))) continue;
    const number = /\d[\d .,]*[kк]?/i.exec(lineOf(cell))?.[0];
    const value = number === undefined ? undefined : toNumber(number.trim());
    if (value !== undefined) return value;
  }
  const worded = REPLIES_TEXT.exec(lineOf(row, leaveOut).slice(0, 2000));
  const said = worded && toNumber((worded[1] ?? worded[2] ?? '').trim());
  if (said !== undefined && said !== null) return said;
  for (const cell of cells) {
    const value = /^(?:td|dd|div|span)$/.test(cell.name) ? loneNumber(cell) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

const DATE_NAMES = new Set(['time', 'abbr', 'td', 'dd', 'span', 'a', 'div', 'p', 'small', 'li']);
const MAX_DATE_CHARS = 160;

function latest(dates: readonly (Date | undefined)[]): Date | undefined {
  const times = dates.filter((date) => date !== undefined).map((date) => date.getTime());
  return times.length === 0 ? undefined : new Date(Math.max(...times));
}

function dateOf(
  cells: readonly TreeElement[],
  dates: DateContext,
  leaveOut: Set<TreeNode>,
): Date | undefined {
  const times = cells.filter(({ name, attribs }) => name === 'time' || attribs.datetime !== undefined);
  const stamped = latest(times.map((time) => readStamp(time, dates, leaveOut)));
  if (stamped) return stamped;
  const short = cells.filter(
    (cell) => DATE_NAMES.has(cell.name) && !leaveOut.has(cell) && isShort(cell, leaveOut),
  );
  return latest(short.slice(0, 40).map((cell) => readStamp(cell, dates, leaveOut)));
}

function isShort(cell: TreeElement, leaveOut: Set<TreeNode>): boolean {
  const { length } = lineOf(cell, leaveOut);
  return length >= 4 && length <= MAX_DATE_CHARS;
}

const MAX_CELLS = 200;

/** What a row of a board's index tells beside the title. */
export function readRow(
  row: TreeElement,
  title: TreeElement,
  dates: DateContext,
): { replies?: number; lastPostAt?: Date } {
  const leaveOut = new Set<TreeNode>([title]);
  const cells = [...descendants(row, leaveOut)].slice(0, MAX_CELLS);
  const lastCells = cells.filter((cell) => LAST_MARK.test(marksOf(cell)));
  const inLast = lastCells.flatMap((cell) => [cell, ...descendants(cell)]);
  const lastPostAt = dateOf(inLast, dates, leaveOut) ?? dateOf(cells, dates, leaveOut);
  const replies = repliesIn(row, cells, leaveOut);
  return {
    ...(replies === undefined ? {} : { replies }),
    ...(lastPostAt === undefined ? {} : { lastPostAt }),
  };
}
