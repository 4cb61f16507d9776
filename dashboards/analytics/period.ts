import {
  addDays,
  dateKey,
  instantOf,
  type LocalDate,
  localTime,
  midnight,
  minuteKey,
  weekdayOf,
} from '../../src/lib/zone.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** So many days are still drawn by hours, and by days. */
const HOURS_UP_TO = 2;
const DAYS_UP_TO = 100;

/** Whole days on the clocks of a zone. */
export interface Period {
  zone: string;
  first: LocalDate;
  days: number;
  from: Date;
  /** The first moment that is no part of it. */
  to: Date;
  /** Where the present cuts it off, or `to`. */
  until: Date;
}

/** An hour, a day or a week of a period, as the mentions page writes its bounds. */
export interface Step {
  from: Date;
  to: Date;
  fromKey: string;
  toKey: string;
}

export type Unit = 'hour' | 'day' | 'week';

export function periodOf(first: LocalDate, days: number, zone: string, now: Date): Period {
  const [from, to] = [midnight(first, zone), midnight(addDays(first, days), zone)];
  return { zone, first, days, from, to, until: now < to ? now : to };
}

/** Days from the first to the last, that included. */
export function daysBetween(first: LocalDate, last: LocalDate): number {
  const utc = ({ year, month, day }: LocalDate): number => Date.UTC(year, month - 1, day);
  return Math.round((utc(last) - utc(first)) / DAY_MS) + 1;
}

/** As many days right before it. Cut off at the same time of day, so that a day that is not over is not compared with a whole one. */
export function periodBefore(period: Period): Period {
  const { first, days, zone, until, to } = period;
  const before = periodOf(addDays(first, -days), days, zone, period.from);
  if (until >= to) return before;
  const clock = localTime(until, zone);
  const cut = instantOf({ ...addDays(clock, -days), hour: clock.hour, minute: 0 }, zone);
  return { ...before, until: cut < before.from ? before.from : cut };
}

const twoDigits = (n: number): string => String(n).padStart(2, '0');

/** `2026-11-22`, or `2026-11-22T14:00` of the zone's clocks. */
export function momentKey(at: Date, zone: string): string {
  const [day = '', clock] = minuteKey(at, zone).split('T');
  return clock === '00:00' ? day : `${day}T${clock}`;
}

/** Hours of a day as its clocks show them: 23 or 25 hours make 23 or 24 of them, an hour that is shown twice is one. */
function hoursOf(date: LocalDate, { zone }: Period): Step[] {
  const next = addDays(date, 1);
  const [start, end] = [midnight(date, zone), midnight(next, zone)];
  const isPlain = end.getTime() - start.getTime() === DAY_MS;
  const at = (hour: number): Date => {
    if (hour === 24) return end;
    return isPlain
      ? new Date(start.getTime() + hour * HOUR_MS)
      : instantOf({ ...date, hour, minute: 0 }, zone);
  };
  const key = (hour: number): string =>
    hour === 24 ? `${dateKey(next)}T00:00` : `${dateKey(date)}T${twoDigits(hour)}:00`;
  return Array.from({ length: 24 }, (_, hour) => ({
    from: at(hour),
    to: at(hour + 1),
    fromKey: key(hour),
    toKey: key(hour + 1),
  })).filter(({ from, to }) => from < to);
}

function daysOf({ first, days, zone }: Period, size: number): Step[] {
  return Array.from({ length: Math.ceil(days / size) }, (_, n): Step => {
    const [begin, end] = [n * size, Math.min(days, (n + 1) * size)];
    const last = addDays(first, end - 1);
    return {
      from: midnight(addDays(first, begin), zone),
      to: midnight(addDays(first, end), zone),
      fromKey: dateKey(addDays(first, begin)),
      toKey: dateKey(last),
    };
  });
}

export function unitOf({ days }: Pick<Period, 'days'>): Unit {
  return days <= HOURS_UP_TO ? 'hour' : days <= DAYS_UP_TO ? 'day' : 'week';
}

/** The whole period in steps of which there are not too many. */
export function stepsOf(period: Period): Step[] {
  const unit = unitOf(period);
  if (unit === 'hour')
    return Array.from({ length: period.days }, (_, n) => hoursOf(addDays(period.first, n), period)).flat();
  return daysOf(period, unit === 'day' ? 1 : 7);
}

export interface WeekHour extends Step {
  /** 0 Monday … 6 Sunday. */
  weekday: number;
  /** 0 … 23. */
  hour: number;
}

/** Every hour of the period with its place in the week. */
export function weekHoursOf(period: Period): WeekHour[] {
  return Array.from({ length: period.days }, (_, n) => {
    const date = addDays(period.first, n);
    return hoursOf(date, period).map((step) => ({
      ...step,
      weekday: weekdayOf(date) - 1,
      hour: Number(step.fromKey.slice(11, 13)),
    }));
  }).flat();
}

/** Clocks of the zone show parts of hours in it: what is counted by hours would stand in the wrong day. */
export function hasPartHours({ first, days, zone }: Period): boolean {
  return Array.from({ length: days + 1 }, (_, n) => midnight(addDays(first, n), zone)).some(
    (at) => at.getTime() % HOUR_MS !== 0,
  );
}
