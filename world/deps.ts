import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { configSchema } from '../config/schema.ts';
import { findCrawler } from '../crawlers/registry.ts';
import { casePolicyOf } from '../src/app/case-policy.ts';
import { createFetchFor } from '../src/app/crawling.ts';
import { loadMatchWords } from '../src/app/match-words.ts';
import { loadTagResources } from '../src/app/tag-resources.ts';
import { createBrowser } from '../src/fetch/browser.ts';
import { createHttp } from '../src/fetch/http.ts';
import { createPageFetcher } from '../src/fetch/page.ts';
import { createPoliteness } from '../src/fetch/politeness.ts';
import { createRobots } from '../src/fetch/robots.ts';
import type { JobDeps } from '../src/jobs/deps.ts';
import { createSubscriptions } from '../src/jobs/events/subscriptions.ts';
import { createWeightSet } from '../src/jobs/links/weight-set.ts';
import { createReadPool } from '../src/jobs/read-pool.ts';
import { createRuleSet } from '../src/jobs/rules/rule-set.ts';
import { createTopicSet } from '../src/jobs/topic-set.ts';
import { systemClock } from '../src/lib/clock.ts';
import { createVault, KEY_BYTES } from '../src/lib/vault.ts';
import type { Clock } from '../src/model/ports.ts';
import { migrate } from '../src/store/migrate.ts';
import { openPglite } from '../src/store/pglite.ts';
import { openQueue } from '../src/store/queue.ts';
import type { Blogosphere, WorldSite } from './blogosphere.ts';

const AGENT = 'Molva/0.1 (+https://molva.example/bot)';

/** The real network parts, where the names of the world's sites lead to the loopback. They live in real time. */
function openNetwork(hosts: string[]) {
  const http = createHttp({
    userAgent: AGENT,
    allowPrivate: hosts,
    timeoutMs: 5000,
    resolve: async () => ['127.0.0.1'],
  });
  const politeness = createPoliteness({ clock: systemClock, minDelayMs: 150, maxConcurrent: 32 });
  const robots = createRobots({ http, politeness, clock: systemClock, userAgent: AGENT });
  const parts = { http, robots, politeness, clock: systemClock };
  const browser = createBrowser({ ...parts, userAgent: AGENT });
  return createFetchFor(createPageFetcher({ ...parts, browser }), systemClock);
}

/** Time as the world has it: schedules and dates go by it, politeness does not. */
function worldClock({ world, state }: Blogosphere): Clock {
  return { now: () => new Date(world.now(state.tick)), sleep: systemClock.sleep };
}

export async function openDeps(blogosphere: Blogosphere, sites: readonly WorldSite[]): Promise<JobDeps> {
  const log = pino({ level: 'silent' });
  const db = await openPglite('memory');
  await migrate(db, new Date());
  const clock = worldClock(blogosphere);
  const fetchFor = openNetwork(
    sites.flatMap(({ host }) => [new URL(host).host, `www.${new URL(host).host}`]),
  );
  const resources = await loadTagResources();
  return {
    db,
    queue: await openQueue(db, log),
    clock,
    log,
    findCrawler,
    fetchFor,
    read: createReadPool().read,
    resources,
    matchPolicy: 'strong_only',
    matchWeights: createWeightSet(),
    matchWords: await loadMatchWords(),
    erasures: { note: () => Promise.resolve(), read: () => Promise.resolve([]) },
    vault: createVault(randomBytes(KEY_BYTES)),
    rules: createRuleSet(resources.morphology, new Map(), log),
    topics: createTopicSet(resources.morphology, log),
    index: null,
    casePolicy: { ...casePolicyOf(configSchema.parse({}), 'http://127.0.0.1'), withinMs: 1e12 },
    subscriptions: createSubscriptions([], resources, log),
    crmPlans: [],
    delivery: { db, clock, log, crms: new Map(), mailer: null, dashboardUrl: 'http://127.0.0.1:8080' },
    retention: { documents: 1e12, audit: 1e12, evidence: 1e12, authors: 1e12 },
    scorecard: { perGroup: 10, perWeek: 30 },
  };
}
