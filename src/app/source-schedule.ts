import type { Config } from '../../config/schema.ts';
import { nextCronTime } from '../jobs/next-visit.ts';
import type { SourceDefinition } from '../store/sources.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A source of the configuration as the store has it. @throws ConfigError for a cron expression that is none */
export function sourceDefinition(
  source: Config['sources'][number],
  defaultEveryMs: number,
): SourceDefinition {
  const { every, adaptive, soonest, latest, cron, ...rest } = source;
  const everyMs = every ?? defaultEveryMs;
  if (cron !== undefined) {
    nextCronTime(cron);
    return { ...rest, everyMs, schedule: { kind: 'cron', expression: cron } };
  }
  if (!adaptive) return { ...rest, everyMs, schedule: { kind: 'fixed' } };
  const minMs = soonest ?? Math.min(everyMs, Math.max(MINUTE, everyMs / 10));
  const maxMs = latest ?? Math.max(everyMs, Math.min(DAY, everyMs * 12));
  return { ...rest, everyMs, schedule: { kind: 'adaptive', minMs, maxMs } };
}
