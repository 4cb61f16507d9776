import { monthNamed } from './month-names.ts';

/** A date as it is written: the day in the page's own zone, and the instant. */
export interface WrittenDate {
  /** `2024-05-12` */
  day: string;
  at: Date;
  hasTime: boolean;
}

/** How a page writes dates. */
export interface DateHabits {
  now: Date;
  /** Minutes east of UTC, where the text names no zone. */
  zone: number;
  /** 5/12 is the 12th of May. */
  isMonthFirst: boolean;
}

interface Parts {
  year: number;
  month: number;
  day: number;
  time?: string | undefined;
  offset?: string | undefined;
}

const EARLIEST_YEAR = 1995;
const DAY_MS = 86_400_000;

function offsetMinutes(offset: string | undefined, zone: number): number {
  if (offset === undefined) return zone;
  const [, sign, hours, minutes] = /([+-])(\d{2}):?(\d{2})?/.exec(offset) ?? [];
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0));
}

/** Undefined for days that do not exist, lie ahead, or come before the web. */
function toDate(
  { year, month, day, time, offset }: Parts,
  { now, zone }: DateHabits,
): WrittenDate | undefined {
  const [hour = 0, minute = 0, second = 0] = (time ?? '').split(':').map(Number);
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second || 0));
  const isReal = local.getUTCMonth() === month - 1 && local.getUTCDate() === day && year >= EARLIEST_YEAR;
  const at = new Date(local.getTime() - offsetMinutes(offset, zone) * 60_000);
  if (!isReal || Number.isNaN(at.getTime()) || at.getTime() > now.getTime() + DAY_MS) return undefined;
  return { day: local.toISOString().slice(0, 10), at: at > now ? now : at, hasTime: time !== undefined };
}

const ISO =
  /(?:^|[^\d])((?:19|20)\d{2})([-/.]?)(\d{1,2})\2(\d{1,2})(?:(?:T|\s+|\s*-\s*)(\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?(?!\d))?)?(?!\d)/;
const DAY_NAMED =
  /(?:^|[^\d.:])(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?(?:\s+(?:de|of|del|di))?[\s.,/-]{1,3}(\p{L}{3,12})\.?,?(?:\s+(?:de|del))?[\s,/-]{1,3}((?:19|20)\d{2}|'?\d{2}(?![\d:.]))(?!\d)/giu;
const NAMED_DAY =
  /(?:^|[^\p{L}])(\p{L}{3,12})\.?[\s-]{1,2}(\d{1,2})(?:st|nd|rd|th)?,?[\s-]{1,2}((?:19|20)\d{2})(?!\d)/giu;
const YEAR_NAMED = /(?:^|\D)((?:19|20)\d{2})[\s./-]{1,2}(\p{L}{3,12})\.?[\s./-]{1,2}(\d{1,2})(?!\d)/giu;
const NUMERIC = /(?:^|[^\d./-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?((?:19|20)\d{2}|\d{2})(?![\d:])/;
const TIME = /(?:^|[^\d:])(\d{1,2}:\d{2})(?::\d{2})?\s*([ap])?\.?m?/i;

function fullYear(text: string): number {
  const year = Number(text.replace("'", ''));
  return year > 99 ? year : year < 70 ? 2000 + year : 1900 + year;
}

function timeIn(text: string): string | undefined {
  const [, clock, half] = TIME.exec(text) ?? [];
  if (clock === undefined) return undefined;
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  const hours = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return hours < 24 && minute < 60 ? `${hours}:${minute}` : undefined;
}

function readIso(text: string): Parts | undefined {
  const [, year, , month, day, time, offset] = ISO.exec(text) ?? [];
  return year === undefined
    ? undefined
    : { year: Number(year), month: Number(month), day: Number(day), time, offset };
}

function named(
  text: string,
  pattern: RegExp,
  at: { year: number; month: number; day: number },
): Parts | undefined {
  for (const found of text.matchAll(pattern)) {
    const month = monthNamed(found[at.month] ?? '');
    const year = fullYear(found[at.year] ?? '');
    if (month !== undefined) return { year, month, day: Number(found[at.day]), time: timeIn(text) };
  }
  return undefined;
}

function readNumeric(text: string, isMonthFirst: boolean): Parts | undefined {
  const found = NUMERIC.exec(text);
  if (!found) return undefined;
  const [first, second] = [Number(found[1]), Number(found[3])];
  const isSwapped = second > 12 || (isMonthFirst && found[2] !== '.' && first <= 12);
  const [day, month] = isSwapped ? [second, first] : [first, second];
  return {
    year: fullYear(found[4] ?? ''),
    month,
    day,
    time: timeIn(text.slice(found.index + found[0].length)),
  };
}

/** The first date with day, month and year in a text or a machine's value, in any language of Europe. */
export function readWrittenDate(text: string, habits: DateHabits): WrittenDate | undefined {
  const short = text.slice(0, 400);
  const readings = [
    readIso(short),
    named(short, DAY_NAMED, { day: 1, month: 2, year: 3 }),
    named(short, NAMED_DAY, { month: 1, day: 2, year: 3 }),
    named(short, YEAR_NAMED, { year: 1, month: 2, day: 3 }),
    readNumeric(short, habits.isMonthFirst),
  ];
  for (const parts of readings) {
    const date = parts && toDate(parts, habits);
    if (date) return date;
  }
  return undefined;
}
