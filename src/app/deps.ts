import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Environment, LoadedConfig } from '../../config/load.ts';
import type { Config } from '../../config/schema.ts';
import { crawlers, findCrawler } from '../../crawlers/registry.ts';
import type { OpenId } from '../../dashboards/deps.ts';
import { chatConnectors } from '../act/chat/registry.ts';
import { connectors } from '../act/crm/registry.ts';
import { observedHttp } from '../act/exchanges.ts';
import { createSmtpMailer } from '../act/mail/smtp.ts';
import type { CrmPlan } from '../jobs/crm/plan.ts';
import type { JobDeps } from '../jobs/deps.ts';
import type { DiscoverDeps } from '../jobs/discovery-search.ts';
import { createSubscriptions } from '../jobs/events/subscriptions.ts';
import { createWeightSet } from '../jobs/links/weight-set.ts';
import type { ManageSourcesDeps } from '../jobs/manage-sources.ts';
import { followModelInUse } from '../jobs/models/follow.ts';
import { createRuleSet } from '../jobs/rules/rule-set.ts';
import { createTopicSet } from '../jobs/topic-set.ts';
import { createSelectorDesk, type LookWithSelectors } from '../jobs/try-selectors.ts';
import { systemClock } from '../lib/clock.ts';
import { ConfigError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { createOfficial } from '../match/official.ts';
import type { Chat, ChatEdges, Crm, CrmEdges, Mailer, TagResources } from '../model/ports.ts';
import type { Search } from '../search/search.ts';
import { limitReads } from '../store/limited-reads.ts';
import { openQueue } from '../store/queue.ts';
import { casePolicyOf } from './case-policy.ts';
import { checkConfig } from './check.ts';
import { type Network, openNetwork } from './crawling.ts';
import { openErasureJournal } from './erasure-journal.ts';
import { loadMatchWords } from './match-words.ts';
import { openIdOf } from './open-id.ts';
import { openStore } from './open-store.ts';
import { openVault } from './open-vault.ts';
import { openSearching, type Searching } from './searching.ts';
import { subscriptionsOf } from './subscriptions.ts';
import { loadTagResources } from './tag-resources.ts';

/** Every part, built; `close` gives them back in reverse order. */
export interface Parts {
  loaded: LoadedConfig;
  jobs: JobDeps;
  discovery: DiscoverDeps;
  manage: ManageSourcesDeps;
  lookWithSelectors: LookWithSelectors;
  search: Search;
  searching: Searching;
  openId: OpenId | null;
  close(): Promise<void>;
}

const MAIL_TIMEOUT_MS = 45_000;

export function publicUrl({ web }: Config): string {
  return (web.public_url ?? `http://${web.host === '0.0.0.0' ? '127.0.0.1' : web.host}:${web.port}`).replace(
    /\/$/,
    '',
  );
}

function connectCrms(config: Config, edges: CrmEdges): Map<string, Crm> {
  return new Map(
    config.crm.flatMap(({ key, kind, settings }) => {
      const connector = connectors.find((c) => c.kind === kind);
      return connector ? [[key, connector.connect(settings, edges)] as const] : [];
    }),
  );
}

function crmPlans({ crm }: Config): CrmPlan[] {
  return crm.map(({ key, kind, pull, status }) => ({
    key,
    kind,
    pulls: (['customers', 'purchases'] as const).filter((what) => pull?.[what]),
    pullEveryMs: pull?.every ?? 0,
    statusEveryMs: status.every,
  }));
}

function connectChats(config: Config, edges: ChatEdges): Map<string, Chat> {
  return new Map(
    config.channels.flatMap(({ key, kind, language, settings }) => {
      const connector = chatConnectors.find((c) => c.kind === kind);
      return connector ? [[key, connector.connect(settings, language, edges)] as const] : [];
    }),
  );
}

function openMailer({ smtp }: Config): Mailer | null {
  return smtp
    ? createSmtpMailer({
        url: smtp.url,
        from: smtp.from,
        name: 'Molva',
        timeoutMs: MAIL_TIMEOUT_MS,
        ca: smtp.ca_file === undefined ? undefined : readAuthority(smtp.ca_file),
      })
    : null;
}

function readAuthority(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`smtp.ca_file: ${file} cannot be read; name a PEM file.`, error);
  }
}

async function loadResources({ official, understanding }: Config): Promise<TagResources> {
  return { ...(await loadTagResources(understanding)), isOfficial: createOfficial(official) };
}

/** Collects what has to be closed while parts are being built, so that a failure half-way leaves nothing open. */
function releaser() {
  const steps: (() => Promise<unknown>)[] = [];
  return {
    add: (step: () => Promise<unknown>) => void steps.push(step),
    run: async (log: Log) => {
      for (const step of steps.reverse())
        await step().catch((error: unknown) => log.error({ err: error }, 'could not be closed cleanly'));
    },
  };
}

interface Opened {
  network: Network;
  searching: Searching;
}

function jobDeps(
  config: Config,
  base: Pick<JobDeps, 'db' | 'queue' | 'log' | 'resources' | 'matchWords' | 'vault'>,
  { network, searching }: Opened,
): JobDeps {
  const clock = systemClock;
  const folder = join(resolve(config.store.folder), 'crm');
  const crms = connectCrms(config, { http: observedHttp(network.http, clock), clock, folder });
  const secret = (name: string): string | undefined => config.secrets[name];
  const chats = connectChats(config, { http: network.http, clock, secret });
  return {
    ...base,
    matchWeights: createWeightSet(),
    matchPolicy: config.customers.matching,
    erasures: openErasureJournal(config),
    clock,
    findCrawler,
    secret,
    read: network.read,
    fetchFor: network.fetchFor,
    topics: createTopicSet(base.resources.morphology, base.log),
    rules: createRuleSet(base.resources.morphology, crms, base.log),
    index: searching.index,
    websub: config.web.public_url ? { http: network.http, publicUrl: publicUrl(config) } : undefined,
    casePolicy: casePolicyOf(config, publicUrl(config)),
    subscriptions: createSubscriptions(subscriptionsOf(config), base.resources, base.log),
    crmPlans: crmPlans(config),
    delivery: {
      db: base.db,
      clock,
      log: base.log,
      crms,
      chats,
      mailer: openMailer(config),
      dashboardUrl: publicUrl(config),
    },
    retention: config.retention,
    scorecard: {
      perGroup: config.understanding.scorecard.per_group,
      perWeek: config.understanding.scorecard.per_week,
    },
  };
}

/** Opens everything that jobs and commands need. Throws ConfigError with the remedy, leaving nothing open. */
export async function openParts(
  loaded: LoadedConfig,
  env: Environment,
  log: Log,
  mayStart: boolean,
): Promise<Parts> {
  const { config } = loaded;
  checkConfig(loaded);
  const release = releaser();
  try {
    const [resources, matchWords] = await Promise.all([loadResources(config), loadMatchWords()]);
    const db = limitReads(await openStore(config, log, systemClock.now()));
    release.add(() => db.close());
    const vault = await openVault(config, db);
    await followModelInUse({ db, resources, log });
    const searching = await openSearching({
      config,
      env,
      db,
      resources,
      clock: systemClock,
      log,
      mayStart,
    });
    release.add(() => searching.close());
    const network = openNetwork(config, systemClock, log);
    release.add(() => network.close());
    const queue = await openQueue(db, log);
    release.add(() => queue.stop());
    const jobs = jobDeps(config, { db, queue, log, resources, matchWords, vault }, { network, searching });
    const discovery = { ...jobs, recognisers: crawlers, sitemapsOf: network.sitemapsOf };
    const manage = {
      clock: jobs.clock,
      kinds: crawlers,
      defaultEveryMs: config.crawl.every,
      allowPrivate: config.crawl.allow_private,
    };
    const desk = { clock: jobs.clock, fetchFor: network.fetchFor, read: network.readForPeople };
    return {
      loaded,
      jobs,
      discovery,
      manage,
      lookWithSelectors: createSelectorDesk(desk),
      search: searching.search,
      searching,
      openId: openIdOf(config, network.http, publicUrl(config)),
      close: () => release.run(log),
    };
  } catch (error) {
    await release.run(log);
    throw error;
  }
}
