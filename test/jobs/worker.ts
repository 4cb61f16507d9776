import pino from 'pino';
import { configSchema } from '../../config/schema.ts';
import { connectors } from '../../src/act/crm/registry.ts';
import { casePolicyOf } from '../../src/app/case-policy.ts';
import { loadMatchWords } from '../../src/app/match-words.ts';
import { loadTagResources } from '../../src/app/tag-resources.ts';
import { createHttp } from '../../src/fetch/http.ts';
import type { JobDeps, RegisteredCrawler } from '../../src/jobs/deps.ts';
import { createSubscriptions } from '../../src/jobs/events/subscriptions.ts';
import { createWeightSet } from '../../src/jobs/links/weight-set.ts';
import { registerCustomers } from '../../src/jobs/register-customers.ts';
import { createRuleSet } from '../../src/jobs/rules/rule-set.ts';
import { createTopicSet } from '../../src/jobs/topic-set.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { MatchWords } from '../../src/match/signs.ts';
import type { CustomerRecord } from '../../src/model/customer.ts';
import type { FoundDocument } from '../../src/model/document.ts';
import type {
  Clock,
  CrawlBatch,
  CrawlContext,
  Erasure,
  ErasureJournal,
  TagResources,
} from '../../src/model/ports.ts';
import type { Subscription } from '../../src/model/subscription.ts';
import type { Database, Db } from '../../src/store/db.ts';
import type { Queue } from '../../src/store/queue.ts';
import { saveCustomer } from '../../src/store/save-customers.ts';
import { NOW, TEST_VAULT } from '../support/rows.ts';

export const SECRET = `whsec_${Buffer.from('a secret of at least 24 bytes').toString('base64')}`;
export const log = pino({ level: 'silent' });

export interface TestClock extends Clock {
  pass(ms: number): void;
}

export function createTestClock(start = NOW): TestClock {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    sleep: async (ms) => {
      now += ms;
    },
    pass: (ms) => {
      now += ms;
    },
  };
}

/** Nothing runs by itself: `sent` tells what would, and `take` hands it out once. */
export function createHandQueue() {
  let sent: { name: string; data: never }[] = [];
  const queue: Queue = {
    send: async (_tx, name, data) => void sent.push({ name, data: data as never }),
    work: async () => undefined,
    backlog: async () => {
      const count = (name: string) => sent.filter((job) => job.name === name).length;
      return {
        crawl: count('crawl'),
        understand: count('understand'),
        act: count('act'),
        rematch: count('rematch'),
        'rule-run': count('rule-run'),
        evidence: count('evidence'),
      };
    },
    stop: async () => undefined,
  };
  const take = () => {
    const jobs = sent;
    sent = [];
    return jobs;
  };
  return { queue, take };
}

let resources: Promise<TagResources> | undefined;

/** The real dictionaries, loaded once in each test file. */
export function loadResources(): Promise<TagResources> {
  resources ??= loadTagResources();
  return resources;
}

let words: Promise<MatchWords> | undefined;

/** The real tables of names and towns, loaded once in each test file. */
export function loadWords(): Promise<MatchWords> {
  words ??= loadMatchWords();
  return words;
}

/** A crawler that yields what the test gives it, a batch for each list. */
export function crawlerOf(
  pages: (ctx: CrawlContext, state: unknown) => AsyncIterable<CrawlBatch> | FoundDocument[][],
): RegisteredCrawler {
  return {
    kind: 'feed',
    async *crawl(source, ctx) {
      const given = pages(ctx, source.state);
      if (!Array.isArray(given)) return yield* given;
      for (const [i, documents] of given.entries()) yield { documents, state: { page: i + 1 } };
    },
  };
}

/** A journal of erased people that lasts as long as the test. */
export function memoryJournal(): ErasureJournal {
  const kept: Erasure[] = [];
  return { note: async (erasure) => void kept.push(erasure), read: async () => kept };
}

export interface WorkerOptions {
  queue: Queue;
  clock?: Clock;
  crawler?: RegisteredCrawler;
  /** Where the webhook goes. */
  crmUrl?: string;
  changes?: Partial<JobDeps>;
}

/** An endpoint that is told of complaints, and of what else is said. */
export function hears(key: string, changes: Partial<Subscription> = {}): Subscription {
  return { key, events: ['complaints'], filter: null, zone: 'UTC', ...changes };
}

/** A complete set of what jobs need, on the given store, with the guarded HTTP and connectors of the product. */
export async function createWorker(db: Database, options: WorkerOptions): Promise<JobDeps> {
  const { queue, clock = createTestClock(), crawler, crmUrl } = options;
  const taggers = await loadResources();
  const http = createHttp({ userAgent: 'test', allowPrivate: ['127.0.0.1'] });
  // Receivers refuse signatures of another time than theirs.
  const webhook = connectors.find((connector) => connector.kind === 'webhook')!;
  const crm = crmUrl
    ? webhook.connect(
        { url: crmUrl, secrets: [SECRET] },
        { http, clock: systemClock, folder: 'a webhook writes no files' },
      )
    : null;
  const crms = new Map(crm ? [['crm', crm]] : []);
  const day = 24 * 3_600_000;
  return {
    db,
    queue,
    clock,
    log,
    findCrawler: (kind) => (kind === 'feed' ? crawler : undefined),
    fetchFor: () => async () => null,
    resources: taggers,
    matchPolicy: 'strong_only',
    matchWeights: createWeightSet(),
    matchWords: await loadWords(),
    vault: TEST_VAULT,
    erasures: memoryJournal(),
    topics: createTopicSet(taggers.morphology, log),
    rules: createRuleSet(taggers.morphology, crms, log),
    index: null,
    casePolicy: casePolicyOf(configSchema.parse({}), 'http://molva.example'),
    subscriptions: createSubscriptions(crm ? [hears('crm')] : [], taggers, log),
    crmPlans: [],
    delivery: { db, clock, log, crms, mailer: null, dashboardUrl: 'http://127.0.0.1:8080' },
    retention: { documents: 365 * day, audit: 365 * day, evidence: 1095 * day, authors: 365 * day },
    scorecard: { perGroup: 10, perWeek: 30 },
    ...options.changes,
  };
}

/** Saves a customer and has him found, as an import does. */
export async function saveKnownCustomer(
  db: Db,
  record: CustomerRecord,
  now: Date,
): ReturnType<typeof saveCustomer> {
  const saved = await saveCustomer(db, TEST_VAULT, record, now);
  await registerCustomers(
    db,
    { matchPolicy: 'strong_only', matchWords: await loadWords(), vault: TEST_VAULT, clock: systemClock },
    [saved.id],
  );
  return saved;
}
