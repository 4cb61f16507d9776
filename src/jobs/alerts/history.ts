import type { HourCounts } from '../../act/alerts/baseline.ts';
import { createLocalHours } from '../../act/alerts/local-hours.ts';
import { onceFor } from '../../lib/once-for.ts';
import type { SourceId, TopicId } from '../../model/ids.ts';
import { countCollected, countQuarters, firstFound, youngSources } from '../../store/alert-facts.ts';
import type { Database, Db } from '../../store/db.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What baselines are made of: eight weeks, the day before them, and one hour more. */
export const HISTORY_MS = 58 * DAY_MS;
/** A source adds to what is said only when it is known for so long … */
const YOUNG_MS = 3 * DAY_MS;
/** … unless all of them are new. */
const SETTLED_MS = 14 * DAY_MS;

/** What came before: the same for all alerts of a zone. */
export interface History {
  hoursOf(topic: TopicId): HourCounts;
  young: readonly SourceId[];
  /** Documents found in each hour (seconds of its beginning). */
  collected: ReadonlyMap<number, number>;
}

/** Counts what was said in [from, to). */
export async function readHistory(
  db: Db,
  topics: readonly TopicId[],
  zone: string,
  from: Date,
  to: Date,
): Promise<History> {
  const young = await youngSources(
    db,
    new Date(to.getTime() - YOUNG_MS),
    new Date(to.getTime() - SETTLED_MS),
  );
  const [begun, rows] = [await firstFound(db), await countQuarters(db, topics, from, to, young)];
  const collected = await countCollected(db, new Date(from.getTime() - 8 * DAY_MS), to);
  const local = createLocalHours(zone);
  // What was published before we began to collect is known by chance.
  const first = local.at(Math.max(begun?.getTime() ?? to.getTime(), from.getTime())).hour;
  const counts = new Map<TopicId, Map<number, number>>(topics.map((topic) => [topic, new Map()]));
  for (const { topicId, at, n } of rows) {
    const own = counts.get(topicId);
    const { hour } = local.at(at * 1000);
    if (own && hour >= first) own.set(hour, (own.get(hour) ?? 0) + n);
  }
  return { hoursOf: (topic) => ({ counts: counts.get(topic) ?? new Map(), first }), young, collected };
}

type Kept = Map<string, { hour: number; history: History }>;
const keptOf = onceFor<Database, Kept>(() => new Map());

/** As it was at the beginning of this hour: counted once an hour for each zone. */
export async function historyNow(
  db: Database,
  topics: readonly TopicId[],
  zone: string,
  now: Date,
): Promise<History> {
  const kept = keptOf(db);
  const hour = Math.floor(now.getTime() / HOUR_MS);
  const key = `${zone} ${topics.join()}`;
  const known = kept.get(key);
  if (known?.hour === hour) return known.history;
  for (const [old, one] of kept) if (one.hour < hour) kept.delete(old);
  const to = new Date(hour * HOUR_MS);
  const history = await readHistory(db, topics, zone, new Date(to.getTime() - HISTORY_MS), to);
  kept.set(key, { hour, history });
  return history;
}

const COLLECTING = 0.3;

/** Have at least three tenths of what the median of the last seven days brought been found in the last one? */
export function isCollecting(collected: ReadonlyMap<number, number>, at: Date): boolean {
  const hour = Math.floor(at.getTime() / HOUR_MS);
  const dayBefore = (back: number): number => {
    let sum = 0;
    for (let one = 0; one < 24; one += 1) sum += collected.get((hour - back * 24 - one) * 3600) ?? 0;
    return sum;
  };
  const before = [1, 2, 3, 4, 5, 6, 7].map(dayBefore).sort((a, b) => a - b);
  const usual = before[3] ?? 0;
  return usual > 0 && dayBefore(0) >= COLLECTING * usual;
}
