import { addDays, instantOf, type LocalDate, localTime, midnight } from '../lib/zone.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

type Parsed =
  | { kind: 'named'; back: number }
  | { kind: 'ago'; count: number; unit: string }
  | { kind: 'calendar'; year: number; month: number | null; day: number | null; minutes: number | null };

/** null when it is no day in one of the forms of `Day`. */
export function parseDay(text: string): Parsed | null {
  if (text === 'today') return { kind: 'named', back: 0 };
  if (text === 'yesterday') return { kind: 'named', back: 1 };
  const ago = /^-(\d{1,4})([hdwmy])$/.exec(text);
  if (ago) return { kind: 'ago', count: Number(ago[1]), unit: ago[2] ?? '' };
  const parts = /^(\d{4})(?:-(\d\d?)(?:-(\d\d?)(?:T(\d\d):(\d\d))?)?)?$/.exec(text);
  if (!parts) return null;
  const [year = 0, month = null, day = null, hours = null, minutes = null] = parts
    .slice(1)
    .map((part) => (part === undefined ? null : Number(part)));
  if (month !== null && (month < 1 || month > 12)) return null;
  if (month !== null && day !== null && !isDate(year ?? 0, month, day)) return null;
  if ((hours ?? 0) > 23 || (minutes ?? 0) > 59) return null;
  return {
    kind: 'calendar',
    year: year ?? 0,
    month,
    day,
    minutes: hours === null ? null : hours * 60 + (minutes ?? 0),
  };
}

function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** First and last moment of what was written, `to` excluded, in ms since 1970. For times before now both are that time. */
export function dayBounds(text: string, now: Date, zone: string): { from: number; to: number } {
  const parsed = parseDay(text);
  if (parsed === null) throw new Error(`"${text}" is no day`);
  if (parsed.kind === 'ago') {
    const at = before(now, parsed.count, parsed.unit);
    return { from: at, to: at };
  }
  if (parsed.kind === 'named') return wholeDay(addDays(localTime(now, zone), -parsed.back), zone);
  const { year, month, day, minutes } = parsed;
  if (month === null)
    return {
      from: start({ year, month: 1, day: 1 }, zone),
      to: start({ year: year + 1, month: 1, day: 1 }, zone),
    };
  if (day === null) {
    const next = month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 };
    return { from: start({ year, month, day: 1 }, zone), to: start(next, zone) };
  }
  if (minutes === null) return wholeDay({ year, month, day }, zone);
  const at = instantOf(
    { year, month, day, hour: Math.floor(minutes / 60), minute: minutes % 60 },
    zone,
  ).getTime();
  return { from: at, to: at + 60_000 };
}

function before(now: Date, count: number, unit: string): number {
  const at = now.getTime();
  if (unit === 'h') return at - count * HOUR_MS;
  if (unit === 'd') return at - count * DAY_MS;
  if (unit === 'w') return at - count * 7 * DAY_MS;
  const date = new Date(at);
  if (unit === 'm') date.setUTCMonth(date.getUTCMonth() - count);
  else date.setUTCFullYear(date.getUTCFullYear() - count);
  return date.getTime();
}

const start = (date: LocalDate, zone: string): number => midnight(date, zone).getTime();

function wholeDay(date: LocalDate, zone: string): { from: number; to: number } {
  return { from: start(date, zone), to: start(addDays(date, 1), zone) };
}
