import type { Period } from '../../store/scorecard-samples.ts';

const HOUR_MS = 3_600_000;
export const WEEK_MS = 7 * 24 * HOUR_MS;
/** 5 January 1970 was a Monday. */
const MONDAY_MS = 4 * 24 * HOUR_MS;
/** What was found at the end of a week gets so long to be understood. */
const SETTLED_MS = HOUR_MS;

/** Monday, midnight UTC. */
export function weekStart(at: Date): Date {
  return new Date(Math.floor((at.getTime() - MONDAY_MS) / WEEK_MS) * WEEK_MS + MONDAY_MS);
}

/** From where the last period ended, the week before this one at the most. */
function beginOf(last: Period | null, week: Date): Date {
  return new Date(Math.max(last?.to.getTime() ?? 0, week.getTime() - WEEK_MS));
}

/** The week that is to be drawn from; null when that has been done. Periods never overlap, so that no document is drawn twice. */
export function duePeriod(last: Period | null, now: Date): Period | null {
  const to = weekStart(new Date(now.getTime() - SETTLED_MS));
  return last && last.to >= to ? null : { from: beginOf(last, to), to };
}

/** All until now, for who will not wait for the end of the week. */
export function periodUntilNow(last: Period | null, now: Date): Period {
  return { from: beginOf(last, weekStart(now)), to: now };
}
