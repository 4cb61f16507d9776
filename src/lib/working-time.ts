import { addDays, dateKey, instantOf, type LocalDate, localTime, weekdayOf } from './zone.ts';

/** When a team works. Times of the day are those that clocks in `zone` show. */
export interface WorkCalendar {
  /** IANA zone. */
  zone: string;
  /** 1 Monday … 7 Sunday; at least one. */
  weekdays: readonly number[];
  /** Minutes after midnight, from < to ≤ 1440. */
  hours: { from: number; to: number };
  /** `2027-01-01`: days off. */
  holidays: ReadonlySet<string>;
  /** `2027-02-20`: worked though it is a weekend, as Russia moves its days off. */
  workdays: ReadonlySet<string>;
}

/** A calendar without a working day for so long is a mistake in it. */
const REACH_DAYS = 400;
const MINUTES_A_DAY = 1440;

function isWorked(calendar: WorkCalendar, date: LocalDate): boolean {
  const key = dateKey(date);
  if (calendar.holidays.has(key)) return false;
  return calendar.workdays.has(key) || calendar.weekdays.includes(weekdayOf(date));
}

/** The moment when clocks show so many minutes after midnight; 1440 is the next day's midnight. */
function momentOn(date: LocalDate, minutes: number, zone: string): Date {
  const day = minutes === MINUTES_A_DAY ? addDays(date, 1) : date;
  const left = minutes % MINUTES_A_DAY;
  return instantOf({ ...day, hour: Math.floor(left / 60), minute: left % 60 }, zone);
}

/**
 * The moment at which `ms` of working time have passed since `start`: outside working hours the clock stands still. Hours that a change to
 * summer time takes away are not worked.
 * @throws RangeError when the calendar has no working day within 400 days
 */
export function addWorkingTime(start: Date, ms: number, calendar: WorkCalendar): Date {
  const today = localTime(start, calendar.zone);
  let left = ms;
  for (let days = 0; days <= REACH_DAYS; days++) {
    const date = addDays(today, days);
    if (!isWorked(calendar, date)) continue;
    const from = Math.max(momentOn(date, calendar.hours.from, calendar.zone).getTime(), start.getTime());
    const room = momentOn(date, calendar.hours.to, calendar.zone).getTime() - from;
    if (room <= 0) continue;
    if (left <= room) return new Date(from + left);
    left -= room;
  }
  throw new RangeError('the calendar has too few working days');
}
