import { randomBytes } from 'node:crypto';
import type { Config } from '../../config/schema.ts';
import { nextDigestAt } from '../act/digest/schedule.ts';
import type { JobDeps } from '../jobs/deps.ts';
import { enqueueRematch } from '../jobs/rematch.ts';
import type { Db } from '../store/db.ts';
import { syncRecipients } from '../store/digests.ts';
import { syncSources } from '../store/sources.ts';
import { disableMissingTopics, saveTopic } from '../store/topics.ts';
import { sourceDefinition } from './source-schedule.ts';

async function syncTopics(tx: Db, config: Config, deps: Pick<JobDeps, 'queue'>, now: Date): Promise<void> {
  let changed = false;
  for (const topic of config.topics) changed = (await saveTopic(tx, topic, 'config', now)).changed || changed;
  await disableMissingTopics(
    tx,
    config.topics.map((topic) => topic.key),
  );
  if (changed) await enqueueRematch(deps.queue, tx);
}

/** Makes the store agree with the configuration file: sources, topics, digest recipients. */
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
    await syncTopics(tx, config, deps, now);
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
        unsubscribeToken: randomBytes(24).toString('base64url'),
        nextRunAt: nextDigestAt(digest, now),
      })),
    );
  });
}
