import cron from 'node-cron';
import { ConfigError } from '../lib/errors.ts';
import type { Source } from '../model/source.ts';
import type { Db } from '../store/db.ts';
import { nextPageDue } from '../store/pages.ts';
import { listBudgetShares, publishedSince, readWorthOfVisit, saveWorthOfVisit } from '../store/sources.ts';
import { evenRate, learnPace, nextPoll, PACE_WINDOW_MS, worthOfVisit } from './pace.ts';

export interface NextVisit {
  pollAt: Date;
  nextRunAt: Date;
  perHour?: number;
}

/** Enough to know a pace by; busy sources publish that much in a day. */
const MAX_PUBLICATIONS = 3000;

/** The next time of a cron expression. @throws ConfigError `cron` */
export function nextCronTime(expression: string): Date {
  if (!cron.validate(expression))
    throw new ConfigError(
      `"${expression}" is not a cron expression: write five fields like "*/15 8-20 * * 1-5".`,
    );
  const task = cron.createTask(expression, () => undefined);
  // `getNextRun` knows nothing of a task that was not started.
  const [next] = task.getNextRuns(1);
  void task.destroy();
  return next ?? new Date(Date.now() + 24 * 3_600_000);
}

/**
 * Shares the visits that all adaptive sources are to have together, as their `everyMs` say, among them: works out what a
 * visit is worth today.
 */
export async function shareBudget({ db }: { db: Db }): Promise<number> {
  const shares = await listBudgetShares(db);
  const visitsPerHour = shares.reduce((sum, { everyMs }) => sum + 3_600_000 / everyMs, 0);
  const worth = worthOfVisit(shares, visitsPerHour);
  await saveWorthOfVisit(db, worth);
  return worth;
}

async function nextAdaptive(
  db: Db,
  source: Source,
  bounds: { minMs: number; maxMs: number },
  now: Date,
): Promise<{ pollAt: Date; perHour: number }> {
  const since = new Date(now.getTime() - PACE_WINDOW_MS);
  const pace = learnPace(await publishedSince(db, source.id, since, MAX_PUBLICATIONS), now);
  const worth = (await readWorthOfVisit(db)) ?? (await shareBudget({ db }));
  return { pollAt: nextPoll(pace, now, worth, bounds), perHour: evenRate(pace) };
}

async function nextPollOf(
  db: Db,
  source: Source,
  restMs: number,
  now: Date,
): Promise<{ pollAt: Date; perHour?: number }> {
  const { schedule } = source;
  if (schedule.kind === 'cron') return { pollAt: nextCronTime(schedule.expression) };
  if (schedule.kind === 'adaptive') {
    const minMs = Math.min(schedule.maxMs, Math.max(schedule.minMs, Math.min(restMs, LONGEST_REST_MS)));
    return nextAdaptive(db, source, { minMs, maxMs: schedule.maxMs }, now);
  }
  return { pollAt: new Date(now.getTime() + source.everyMs) };
}

/** Feeds that ask for more rest than that have mostly been set up by mistake. */
const LONGEST_REST_MS = 3_600_000;
/** A page that is due may wait a little, so that one visit takes several. */
const GATHER_MS = 60_000;

/** When a source that has just been read is to be visited again: for news, or for a page that is due before that. */
export async function planNextVisit(
  db: Db,
  source: Source,
  visit: { isPoll: boolean; restMs: number },
  now: Date,
): Promise<NextVisit> {
  const { pollAt, ...rest } = visit.isPoll
    ? await nextPollOf(db, source, visit.restMs, now)
    : { pollAt: source.pollAt };
  const due = await nextPageDue(db, source.id);
  const soonest = new Date(now.getTime() + GATHER_MS);
  const pageAt = due && (due < soonest ? soonest : due);
  return { ...rest, pollAt, nextRunAt: pageAt && pageAt < pollAt ? pageAt : pollAt };
}
