import { randomBytes } from 'node:crypto';
import type { Config } from '../../config/schema.ts';
import { nextDigestAt } from '../act/digest/schedule.ts';
import { nextReportAt } from '../act/report/schedule.ts';
import type { JobDeps } from '../jobs/deps.ts';
import { enqueueRematch } from '../jobs/rematch.ts';
import { seedRules } from '../jobs/rules/default-rules.ts';
import type { Db } from '../store/db.ts';
import { syncRecipients } from '../store/digests.ts';
import { setCanary } from '../store/source-health.ts';
import { findSourceByKey, syncSources } from '../store/sources.ts';
import { disableMissingTopics, saveTopic } from '../store/topics.ts';
import { sourceDefinition } from './source-schedule.ts';

async function syncTopics(tx: Db, config: Config, deps: Pick<JobDeps, 'queue'>, now: Date): Promise<void> {
  let changed = false;
  for (const { context_check: contextCheck, ...topic } of config.topics) {
    const saved = await saveTopic(tx, { ...topic, contextCheck }, 'config', now);
    changed ||= saved.changed;
  }
  await disableMissingTopics(
    tx,
    config.topics.map((topic) => topic.key),
    now,
  );
  if (changed) await enqueueRematch(deps.queue, tx, now);
}

/** One that people have set on a source's page stays where the file names none. */
async function syncCanaries(tx: Db, config: Config): Promise<void> {
  for (const { key, canary } of config.sources) {
    const source = canary && (await findSourceByKey(tx, key));
    if (source && canary) await setCanary(tx, source.id, canary);
  }
}

function reportTimes(
  { at, zone, weekly_report: weekly, monthly_report: monthly }: Config['digests'][number],
  now: Date,
): { weeklyAt: Date | null; monthlyAt: Date | null } {
  return {
    weeklyAt: weekly === undefined ? null : nextReportAt('weekly', { at, zone, on: weekly }, now),
    monthlyAt: monthly === undefined ? null : nextReportAt('monthly', { at, zone, on: monthly }, now),
  };
}

/** Makes the store agree with the configuration file: sources, topics, digest recipients. A new store gets the rules that come with the program. */
export async function syncConfig(
  deps: Pick<JobDeps, 'db' | 'queue' | 'clock'>,
  config: Config,
): Promise<void> {
  const now = deps.clock.now();
  await deps.db.transaction(async (tx) => {
    await syncSources(
      tx,
      config.sources.map((source) => sourceDefinition(source, config.crawl.every)),
      now,
    );
    await syncCanaries(tx, config);
    await syncTopics(tx, config, deps, now);
    await seedRules(tx, now);
    await syncRecipients(
      tx,
      config.digests.map((digest) => ({
        key: digest.to.toLowerCase(),
        email: digest.to,
        language: digest.language,
        zone: digest.zone,
        sendAt: digest.at,
        weekdays: digest.weekdays ?? null,
        topics: digest.topics ?? null,
        whenQuiet: digest.when_quiet,
        weeklyOn: digest.weekly_report ?? null,
        monthlyOn: digest.monthly_report ?? null,
        ...reportTimes(digest, now),
        unsubscribeToken: randomBytes(24).toString('base64url'),
        nextRunAt: nextDigestAt(digest, now),
      })),
    );
  });
}
