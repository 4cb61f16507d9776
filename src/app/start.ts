import type { Environment, LoadedConfig } from '../../config/load.ts';
import { createSetupPath } from '../../dashboards/setup.ts';
import { importConfiguredFiles } from '../jobs/import-customers.ts';
import { isBehindJournal, replayErasures } from '../jobs/privacy/replay.ts';
import { registerMissing } from '../jobs/register-customers.ts';
import { retagOutdated } from '../jobs/retag.ts';
import { startSchedule } from '../jobs/schedule.ts';
import { sealOpenIdentifiers } from '../jobs/seal-identifiers.ts';
import type { Log } from '../lib/log.ts';
import { serveControl } from './control.ts';
import { openParts, type Parts, publicUrl } from './deps.ts';
import { APP_ROLES, type AppRole } from './roles.ts';
import { syncConfig } from './sync.ts';
import { startWeb } from './web.ts';

export interface App {
  parts: Parts;
  /** Where the dashboard listens; null without the role `web`. */
  url: string | null;
  /** One-time address for the first administrator; null when there is one. */
  setupUrl: string | null;
  stop(): Promise<void>;
}

/** The whole program: opens every part, agrees with the configuration, starts the roles. Throws ConfigError with the remedy. */
export async function startApp(
  loaded: LoadedConfig,
  env: Environment,
  log: Log,
  roles: readonly AppRole[],
): Promise<App> {
  const { config } = loaded;
  // Several processes on one PostgreSQL share one Meilisearch, MEILI_URL; a child of our own would hold a part of it.
  const isAlone = !config.store.database_url || APP_ROLES.every((role) => roles.includes(role));
  const parts = await openParts(loaded, env, log, isAlone);
  const stops: (() => Promise<void>)[] = [parts.close];
  const stop = async (): Promise<void> => {
    for (const step of stops.splice(0).reverse()) await step();
  };
  try {
    await syncConfig(parts.jobs, config);
    let url: string | null = null;
    if (roles.includes('web')) {
      const web = await startWeb(parts);
      stops.push(web.close);
      url =
        config.web.port === web.port
          ? publicUrl(config)
          : publicUrl({ ...config, web: { ...config.web, port: web.port } });
    }
    if (!config.store.database_url)
      stops.push(await serveControl(config.store.folder, { ...parts, inServer: true }));
    if (roles.includes('worker')) {
      // Before anything is matched: what is acted on is not looked at again.
      if (await isBehindJournal(parts.jobs)) await replayErasures(parts.jobs);
      await sealOpenIdentifiers(parts.jobs);
      await registerMissing(parts.jobs);
      const schedule = await startSchedule(parts.jobs, { crawlers: config.crawl.concurrency });
      stops.push(schedule.stop);
      await retagOutdated(parts.jobs);
      await importConfiguredFiles(parts.jobs, config.customers.files);
    }
    const setupPath = url ? await createSetupPath(parts.jobs.db, parts.jobs.clock.now()) : null;
    return { parts, url, setupUrl: setupPath && url ? `${url}${setupPath}` : null, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
