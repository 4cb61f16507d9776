import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { STARTER_SOURCES } from '../../config/starter-sources.ts';
import type { HealthCheck } from '../../dashboards/deps.ts';
import { createDashboard } from '../../dashboards/server.ts';
import { createChartPictures } from '../jobs/chart-pictures.ts';
import { createPullDesk } from '../jobs/crm/pull-desk.ts';
import { createImportDesk } from '../jobs/customer-import/import-desk.ts';
import { enqueueRematch } from '../jobs/rematch.ts';
import { createCustomerSync } from '../jobs/sync-customers.ts';
import { createTalkDesk } from '../jobs/talk/talk-desk.ts';
import { checkStoredExamples } from '../jobs/topic-examples.ts';
import { errorMessage } from '../lib/errors.ts';
import { VERSION } from '../lib/version.ts';
import { countBehind } from '../store/index-queue.ts';
import { schemaVersion } from '../store/migrate.ts';
import { scheduleSourceNow } from '../store/sources.ts';
import { alertActions } from './alert-actions.ts';
import { correctionActions } from './correction-actions.ts';
import { crmActions } from './crm-actions.ts';
import { type Parts, publicUrl } from './deps.ts';
import { digestActions } from './digest-actions.ts';
import { evidenceActions } from './evidence-actions.ts';
import { inboundSecretsOf } from './inbound-secrets.ts';
import { labActions } from './lab-actions.ts';
import { linkActions } from './link-actions.ts';
import { listen } from './listen.ts';
import { personActions } from './person-actions.ts';
import { recallActions } from './recall-actions.ts';
import { reportActions } from './report-actions.ts';
import { ruleActions } from './rule-actions.ts';
import { scorecardActions } from './scorecard-actions.ts';
import { sourceActions } from './source-actions.ts';

async function check(name: string, work: () => Promise<string>): Promise<HealthCheck> {
  try {
    return { name, ok: true, message: await work() };
  } catch (error) {
    return { name, ok: false, message: errorMessage(error) };
  }
}

function healthOf({ jobs, searching }: Parts): () => Promise<HealthCheck[]> {
  return () =>
    Promise.all([
      check('store', async () => `${jobs.db.kind}, schema ${await schemaVersion(jobs.db)}`),
      check(
        'index',
        async () =>
          `${await countBehind(jobs.db)} documents behind${searching.index ? '' : '; no Meilisearch, search answers from the database'}`,
      ),
      check('queue', async () => JSON.stringify(await jobs.queue.backlog())),
    ]);
}

export interface Web {
  port: number;
  close(): Promise<void>;
}

/** The dashboard on its port. Throws ConfigError when the port is taken. */
export async function startWeb(parts: Parts): Promise<Web> {
  const { jobs, search, loaded } = parts;
  const lab = labActions(jobs);
  const sync = createCustomerSync(jobs);
  const customerImport = createImportDesk({
    ...jobs,
    folder: join(resolve(loaded.config.store.folder), 'imports'),
  });
  const pulls = createPullDesk(jobs);
  const app = createDashboard({
    db: jobs.db,
    queue: jobs.queue,
    search,
    morphology: jobs.resources.morphology,
    vault: jobs.vault,
    clock: jobs.clock,
    log: jobs.log,
    version: VERSION,
    publicUrl: publicUrl(loaded.config),
    proxies: loaded.config.web.proxies,
    embedIn: loaded.config.web.embed_in,
    openId: parts.openId,
    starterSources: STARTER_SOURCES,
    health: healthOf(parts),
    sources: sourceActions({
      ...parts,
      db: jobs.db,
      clock: jobs.clock,
      isReachable: jobs.websub !== undefined,
    }),
    alerts: alertActions(jobs),
    digests: digestActions(jobs),
    reports: reportActions(jobs, loaded.config.crawl.browser.executable),
    charts: createChartPictures(jobs, loaded.config.crawl.browser.executable),
    recall: recallActions(jobs),
    casePolicy: jobs.casePolicy,
    inboundSecrets: inboundSecretsOf(loaded.config),
    rules: ruleActions(jobs),
    corrections: correctionActions(jobs),
    scorecard: scorecardActions(jobs),
    links: linkActions(jobs),
    people: personActions(jobs),
    evidence: evidenceActions(jobs),
    crm: crmActions(jobs, pulls),
    customerImport,
    syncCustomers: sync.save,
    actions: {
      crawlNow: (tx, source) => scheduleSourceNow(tx, source, jobs.clock.now()),
      rematch: (tx) => enqueueRematch(jobs.queue, tx, jobs.clock.now()),
      failingExamples: (topic) => checkStoredExamples(jobs, topic),
      lab,
      talk: createTalkDesk(jobs),
    },
  });
  const server = createServer(app);
  // A client that sends its headers or body drop by drop is let go.
  server.headersTimeout = 15_000;
  server.requestTimeout = 30_000;
  const port = await listen(server, loaded.config.web);
  return {
    port,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await Promise.all([lab.close(), customerImport.close(), sync.close(), pulls.close()]);
    },
  };
}
