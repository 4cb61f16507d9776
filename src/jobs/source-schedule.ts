import type { SourceSchedule } from '../model/source.ts';
import { nextCronTime } from './next-visit.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How often a source is to be visited, as people say it. */
export interface WantedSchedule {
  everyMs: number;
  /** False: exactly `everyMs`, whenever the source publishes. */
  adaptive: boolean;
  soonestMs?: number | undefined;
  latestMs?: number | undefined;
  /** Instead of all that. */
  cron?: string | undefined;
}

/** By default from a tenth of the average (a minute at least) to twelve times it (a day at most). @throws ConfigError `cron` */
export function makeSchedule({
  everyMs,
  adaptive,
  soonestMs,
  latestMs,
  cron,
}: WantedSchedule): SourceSchedule {
  if (cron !== undefined) {
    nextCronTime(cron);
    return { kind: 'cron', expression: cron };
  }
  if (!adaptive) return { kind: 'fixed' };
  const minMs = soonestMs ?? Math.min(everyMs, Math.max(MINUTE, everyMs / 10));
  const maxMs = latestMs ?? Math.max(everyMs, Math.min(DAY, everyMs * 12));
  return { kind: 'adaptive', minMs, maxMs };
}
