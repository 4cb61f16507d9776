import type { Lifecycle, Stage } from '../model/value.ts';
import { DAY_MS, type History, intervalsOf, median } from './history.ts';

/** So many intervals of his own weigh as much as the register's rhythm. */
const SHRINKAGE = 3;
// In rhythms. Who buys by chance around his rhythm is silent for longer than 2 medians in 1 of 4 intervals, than 4 in 1 of 16, than 8 in 1 of 250.
const COOLING = 2;
const SLEEPING = 4;
const LOST = 8;
/** A gap so long before the newest purchase is one after which he came back. */
const GAP = 4;
/** Same-day purchases are one, so that an interval is a day or more; halves of a day come of the clock. */
const LEAST_DAYS = 0.5;

/** Days between purchases: the median of his own, drawn towards the register's on a scale of logarithms. */
export function rhythmOf(intervals: readonly number[], registerDays: number): number {
  const own = median(intervals);
  if (own === null) return registerDays;
  const logs = intervals.length * Math.log(Math.max(LEAST_DAYS, own)) + SHRINKAGE * Math.log(registerDays);
  return Math.exp(logs / (intervals.length + SHRINKAGE));
}

function stageOf(silence: number, times: number, cameBack: boolean): Stage {
  if (silence >= LOST) return 'lost';
  if (silence >= SLEEPING) return 'sleeping';
  if (silence >= COOLING) return 'cooling';
  if (times === 1) return 'new';
  return cameBack ? 'returned' : 'active';
}

/** Where a customer stands by his own rhythm. `registerDays`: the median interval of all customers. */
export function lifecycleOf(history: History | null, registerDays: number, now: Date): Lifecycle {
  const newest = history?.days.at(-1);
  if (!history || !newest) return { stage: 'prospect', rhythmDays: null, silentDays: null };
  const intervals = intervalsOf(history);
  const lastGap = intervals.at(-1) ?? 0;
  // The gap itself must not be what he is measured by.
  const others = intervals.slice(0, -1);
  const usual = Math.max(rhythmOf(others, registerDays), median(others) ?? 0);
  const rhythmDays = rhythmOf(intervals, registerDays);
  const silentDays = (now.getTime() - newest.getTime()) / DAY_MS;
  return {
    stage: stageOf(silentDays / rhythmDays, history.days.length, lastGap >= GAP * usual),
    rhythmDays,
    silentDays,
  };
}
