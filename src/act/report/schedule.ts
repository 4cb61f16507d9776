import { addDays, dateKey, instantOf, type LocalDate, localTime, midnight } from '../../lib/zone.ts';
import { nextDigestAt } from '../digest/schedule.ts';

export type ScheduledKind = 'weekly' | 'monthly';

export interface ReportSettings {
  /** `HH:MM` on the recipient's clock. */
  at: string;
  /** IANA zone. */
  zone: string;
  /** A weekday, 1 Monday … 7 Sunday; or a day of the month, 1 … 28. */
  on: number;
}

/** The first time after `after` (never equal to it) at which a report is due. */
export function nextReportAt(kind: ScheduledKind, { at, zone, on }: ReportSettings, after: Date): Date {
  if (kind === 'weekly') return nextDigestAt({ at, zone, weekdays: [on] }, after);
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const today = localTime(after, zone);
  for (let months = -1; ; months++) {
    const slot = instantOf({ ...dayOfMonth(today, months, on), hour, minute }, zone);
    if (slot > after) return slot;
  }
}

function dayOfMonth({ year, month }: LocalDate, months: number, day: number): LocalDate {
  const moved = new Date(Date.UTC(year, month - 1 + months, 1));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day };
}

/** Whole local days: the seven, or the month, before the day on which it is due. `key`: the local date of its end. */
export function reportPeriod(
  kind: ScheduledKind,
  { zone }: Pick<ReportSettings, 'zone'>,
  dueAt: Date,
): { from: Date; to: Date; key: string } {
  const end = localTime(dueAt, zone);
  const begin = kind === 'weekly' ? addDays(end, -7) : dayOfMonth(end, -1, end.day);
  return { from: midnight(begin, zone), to: midnight(end, zone), key: dateKey(end) };
}
