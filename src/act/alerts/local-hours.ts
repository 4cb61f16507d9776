import { zoneOffsetMs } from '../../lib/zone.ts';

export const HOUR_MS = 3_600_000;
const QUARTER_MS = 900_000;

/** Numbers hours as clocks of a zone show them, so that the same weekday and hour of the week before is 168 less. */
export interface LocalHours {
  /** The hour in which that moment (ms) lies, and how far it has gone, 0 … 1. */
  at(ms: number): { hour: number; passed: number };
}

const WEEK_MS = 168 * HOUR_MS;

/** Offsets change at quarters of an hour: each is asked for once. */
export function createLocalHours(zone: string): LocalHours {
  const weeks = new Map<number, number | null>();
  const quarters = new Map<number, number>();
  const ask = (ms: number): number => zoneOffsetMs(new Date(ms), zone);
  const offsetOf = (ms: number): number => {
    const week = Math.floor(ms / WEEK_MS);
    let whole = weeks.get(week);
    if (whole === undefined) {
      const [first, last] = [ask(week * WEEK_MS), ask((week + 1) * WEEK_MS - 1)];
      whole = first === last ? first : null;
      weeks.set(week, whole);
    }
    if (whole !== null) return whole;
    const quarter = Math.floor(ms / QUARTER_MS);
    const known = quarters.get(quarter) ?? ask(quarter * QUARTER_MS);
    quarters.set(quarter, known);
    return known;
  };
  return {
    at: (ms) => {
      const local = (ms + offsetOf(ms)) / HOUR_MS;
      const hour = Math.floor(local);
      return { hour, passed: local - hour };
    },
  };
}

/** 0 Monday … 6 Sunday. The first of January 1970 was a Thursday. */
export function weekdayOfHour(hour: number): number {
  return (((Math.floor(hour / 24) + 3) % 7) + 7) % 7;
}
