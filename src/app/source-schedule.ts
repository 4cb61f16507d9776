import type { Config } from '../../config/schema.ts';
import { makeSchedule } from '../jobs/source-schedule.ts';
import type { SourceDefinition } from '../store/sources.ts';

/** A source of the configuration as the store has it. @throws ConfigError for a cron expression that is none */
export function sourceDefinition(
  source: Config['sources'][number],
  defaultEveryMs: number,
): SourceDefinition {
  const { every, adaptive, soonest, latest, cron, login: _secret, ...rest } = source;
  const everyMs = every ?? defaultEveryMs;
  const schedule = makeSchedule({ everyMs, adaptive, soonestMs: soonest, latestMs: latest, cron });
  return { ...rest, everyMs, schedule };
}
