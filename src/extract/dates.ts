import * as chronoEn from 'chrono-node/en';
import * as chronoRu from 'chrono-node/ru';
import {
  AGO,
  AGO_FILLER,
  daysBack,
  HALF_HOUR,
  JUST_NOW,
  leadingWeekday,
  monthOf,
  unitMs,
} from './date-words.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What a date is read against: the moment it was shown, and the forum's zone in minutes east of UTC. */
export interface DateContext {
  now: Date;
  zone: number;
}

interface TimeOfDay {
  hour: number;
  minute: number;
  second: number;
}

interface Day {
  year: number | undefined;
  month: number;
  day: number;
}

const MIDNIGHT: TimeOfDay = { hour: 0, minute: 0, second: 0 };

/** A Date whose UTC fields are the forum's local ones. */
function localNow({ now, zone }: DateContext): Date {
  return new Date(now.getTime() + zone * MINUTE);
}

function readTime(text: string): TimeOfDay | undefined {
  const found = /(?:^|[^\d:])(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap])?\.?m?/.exec(text);
  if (!found) return undefined;
  const [, hourText, minuteText, secondText = '0', half] = found;
  const plain = Number(hourText);
  const hour = half === undefined ? plain : (plain % 12) + (half === 'p' ? 12 : 0);
  const time = { hour, minute: Number(minuteText), second: Number(secondText) };
  return hour < 24 && time.minute < 60 && time.second < 60 ? time : undefined;
}

/** Local day and time to an instant; undefined for the 31st of February. */
function instantOf(
  year: number,
  month: number,
  day: number,
  time: TimeOfDay,
  zone: number,
): Date | undefined {
  const local = new Date(Date.UTC(year, month - 1, day, time.hour, time.minute, time.second));
  const isReal = local.getUTCMonth() === month - 1 && local.getUTCDate() === day;
  return isReal ? new Date(local.getTime() - zone * MINUTE) : undefined;
}

function fullYear(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

const DAY_MONTH =
  /(?:^|[^\d:])(\d{1,2})(?:st|nd|rd|th)?[\s./-]+([а-яіїўґєa-z]{3,11})\.?,?(?:[\s./'-]+(\d{4}|\d{2})(?![\d:]))?/g;
const MONTH_DAY = /([а-яіїўґєa-z]{3,11})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+(\d{4})(?![\d:]))?/g;
const YEAR_FIRST = /(?:^|\D)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)/;
const NUMERIC = /(?:^|[^\d:])(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})(?![\d:])/;

function readNamedDay(text: string): Day | undefined {
  for (const [, day, word, year] of text.matchAll(DAY_MONTH)) {
    const month = monthOf(word ?? '');
    if (month !== undefined) return { year: fullYear(year), month, day: Number(day) };
  }
  for (const [, word, day, year] of text.matchAll(MONTH_DAY)) {
    const month = monthOf(word ?? '');
    if (month !== undefined) return { year: fullYear(year), month, day: Number(day) };
  }
  return undefined;
}

/** Dots put the day first; dashes and slashes the month (English boards), unless it cannot be one. */
function readNumericDay(text: string): Day | undefined {
  const iso = YEAR_FIRST.exec(text);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const found = NUMERIC.exec(text);
  if (!found) return undefined;
  const [first, second, year] = [Number(found[1]), Number(found[3]), fullYear(found[4])];
  const isDayFirst = found[2] === '.' || first > 12;
  return isDayFirst ? { year, month: second, day: first } : { year, month: first, day: second };
}

/** A day without a year is the last one that has been. */
function readCalendar(text: string, context: DateContext): Date | undefined {
  const found = readNamedDay(text) ?? readNumericDay(text);
  if (!found) return undefined;
  const time = readTime(text) ?? MIDNIGHT;
  if (found.year !== undefined) return instantOf(found.year, found.month, found.day, time, context.zone);
  const year = localNow(context).getUTCFullYear();
  const thisYear = instantOf(year, found.month, found.day, time, context.zone);
  return thisYear && thisYear <= context.now
    ? thisYear
    : instantOf(year - 1, found.month, found.day, time, context.zone);
}

function readAgo(text: string, { now }: DateContext): Date | undefined {
  if (JUST_NOW.test(text)) return now;
  if (!AGO.test(text)) return undefined;
  if (HALF_HOUR.test(text)) return new Date(now.getTime() - 30 * MINUTE);
  let total = 0;
  let count = 1;
  for (const token of text.match(/\d+|[а-яіїўґєa-z]+/g) ?? []) {
    const unit = unitMs(token);
    if (unit !== undefined) total += count * unit;
    else if (!/^\d+$/.test(token) && !AGO_FILLER.test(token)) return undefined;
    count = /^\d+$/.test(token) ? Number(token) : 1;
  }
  return total > 0 ? new Date(now.getTime() - total) : undefined;
}

function dayBefore(back: number, text: string, context: DateContext): Date | undefined {
  const local = new Date(localNow(context).getTime() - back * DAY);
  const time = readTime(text) ?? { hour: local.getUTCHours(), minute: local.getUTCMinutes(), second: 0 };
  return instantOf(local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate(), time, context.zone);
}

function readDayWord(text: string, context: DateContext): Date | undefined {
  const back = daysBack(text);
  return back === undefined ? undefined : dayBefore(back, text, context);
}

/** "Monday at 3:30 pm": the last one; today's name means today only when the hour has come. */
function readWeekday(text: string, context: DateContext): Date | undefined {
  const weekday = leadingWeekday(text);
  if (!weekday || !/^(at|в)?\s*\d{1,2}:\d{2}/.test(text.slice(weekday.length))) return undefined;
  const back = (localNow(context).getUTCDay() - weekday.day + 7) % 7;
  const date = dayBefore(back, text, context);
  return date && date > context.now ? new Date(date.getTime() - 7 * DAY) : date;
}

function readZoned(text: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}t\d{2}:\d{2}.*(?:z|[+-]\d{2}:?\d{2})$/.test(text)) return undefined;
  const date = new Date(text.toUpperCase());
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function readLoneTime(text: string, context: DateContext): Date | undefined {
  if (!/^(?:в |at )?\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?$/.test(text)) return undefined;
  const date = dayBefore(0, text, context);
  return date && date > context.now ? new Date(date.getTime() - DAY) : date;
}

/** chrono-node for what the common forms leave; it takes a day without a year for one to come. */
function readByChrono(text: string, { now, zone }: DateContext): Date | undefined {
  const chrono = /[а-я]/.test(text) ? chronoRu : chronoEn;
  const [found] = chrono.parse(text, { instant: now, timezone: zone });
  const date = found?.start.date();
  if (!found || !date || date <= now || found.start.isCertain('year')) return date;
  const earlier = new Date(date);
  earlier.setUTCFullYear(date.getUTCFullYear() - 1);
  return earlier;
}

const READERS = [readZoned, readAgo, readDayWord, readWeekday, readLoneTime, readCalendar, readByChrono];
const MAX_CHARS = 120;
const EARLIEST = Date.UTC(1970, 0, 1);
/** A wrong zone makes a post come from tomorrow; what lies further ahead is no date of a post. */
const CLOCK_SLACK = 2 * DAY;

/**
 * The date that a forum shows, Russian or English, absolute or relative; undefined when it cannot be read.
 * Never later than `now`: up to two days ahead gives `now`.
 */
export function readDate(text: string, context: DateContext): Date | undefined {
  const plain = text
    .slice(0, MAX_CHARS)
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/\s+/g, ' ')
    .replace(/(\d{4}) ?(?:г(?:\.|ода?)?|р\.?|року)(?=[\s,]|$)/, '$1')
    .trim();
  for (const read of READERS) {
    const date = read(plain, context);
    if (date === undefined || Number.isNaN(date.getTime()) || date.getTime() < EARLIEST) continue;
    if (date.getTime() > context.now.getTime() + CLOCK_SLACK) continue;
    return date > context.now ? new Date(context.now) : date;
  }
  return undefined;
}
