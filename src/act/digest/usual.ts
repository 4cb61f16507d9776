import { addDays, instantOf, localTime } from '../../lib/zone.ts';
import type { WindowCount } from '../../store/digest-facts.ts';
import { robust } from '../alerts/baseline.ts';

interface Span {
  from: Date;
  to: Date;
}

/** What such a time usually brings. */
export interface Usual {
  /** In the middle, and within which nine of ten such times lie, by what came before. Whole numbers, `low` ≤ `typical` ≤ `high`. */
  typical: number;
  low: number;
  high: number;
  /** How many times like it were looked at. */
  times: number;
}

/** Too little was watched to tell what is usual. */
export interface TooLittle {
  times: number;
  needed: number;
}

export const LOOKED_AT = 8;
export const LEAST_TIMES = 4;
/** Of a normal distribution: nine of ten values lie so many standard deviations about the middle. */
const NINE_OF_TEN = 1.645;
const WEEK_MS = 7 * 86_400_000;
/** A week on whose Sunday the clocks go back is an hour longer, as a part of a week. */
const CLOCKS_CHANGE = 1.1 / 168;

/** The same moment on the wall so many days before. */
function daysBefore(at: Date, days: number, zone: string): Date {
  const local = localTime(at, zone);
  return instantOf({ ...local, ...addDays(local, -days) }, zone);
}

/**
 * Times like this one before it, the nearest first: the same weekdays and hours by the clocks of the zone, so many whole weeks back that none
 * overlaps the next. Those that began before `since`, when nobody watched, are left out.
 */
export function timesBefore({ from, to }: Span, zone: string, since: Date | null): Span[] {
  if (since === null) return [];
  const weeks = Math.max(1, Math.ceil((to.getTime() - from.getTime()) / WEEK_MS - CLOCKS_CHANGE));
  return Array.from({ length: LOOKED_AT }, (_, back) => {
    const days = (back + 1) * weeks * 7;
    return { from: daysBefore(from, days, zone), to: daysBefore(to, days, zone) };
  }).filter((span) => span.from >= since);
}

/** Robust: one time in eight may have been a crisis. Never narrower than chance: counts vary as Poisson's at least. */
export function usualOf(counts: readonly number[]): Usual | TooLittle {
  const times = counts.length;
  if (times < LEAST_TIMES) return { times, needed: LEAST_TIMES };
  const { centre, mad } = robust(counts);
  const spread = Math.sqrt(Math.max(mad ** 2, centre, 0.5) * (1 + 1 / times));
  const low = Math.max(0, Math.floor(centre - NINE_OF_TEN * spread));
  return { typical: Math.round(centre), low, high: Math.ceil(centre + NINE_OF_TEN * spread), times };
}

/** −1 below what is usual, 1 above it, 0 within it or nobody knows. */
export function sideOf(count: number, usual: Usual | TooLittle): -1 | 0 | 1 {
  if ('needed' in usual) return 0;
  if (count > usual.high) return 1;
  return count < usual.low ? -1 : 0;
}

export interface TopicUsual {
  total: Usual | TooLittle;
  negative: Usual | TooLittle;
}

/** Of one topic, from the counts of `times` times before; times without any mention count as nothing. */
export function topicUsual(key: string, counts: readonly WindowCount[], times: number): TopicUsual {
  const own = new Map(counts.filter((row) => row.key === key).map((row) => [row.place, row]));
  const of = (what: 'total' | 'negative'): number[] =>
    Array.from({ length: times }, (_, place) => own.get(place)?.[what] ?? 0);
  return { total: usualOf(of('total')), negative: usualOf(of('negative')) };
}
