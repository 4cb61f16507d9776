import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import request from 'supertest';
import { configSchema } from '../../config/schema.ts';
import { STARTER_SOURCES } from '../../config/starter-sources.ts';
import { crawlers } from '../../crawlers/registry.ts';
import { hashPassword } from '../../dashboards/auth/password.ts';
import type { DashboardDeps } from '../../dashboards/deps.ts';
import { createDashboard } from '../../dashboards/server.ts';
import { alertActions } from '../../src/app/alert-actions.ts';
import { casePolicyOf } from '../../src/app/case-policy.ts';
import { correctionActions } from '../../src/app/correction-actions.ts';
import { crmActions } from '../../src/app/crm-actions.ts';
import { digestActions } from '../../src/app/digest-actions.ts';
import { evidenceActions } from '../../src/app/evidence-actions.ts';
import { labActions } from '../../src/app/lab-actions.ts';
import { linkActions } from '../../src/app/link-actions.ts';
import { personActions } from '../../src/app/person-actions.ts';
import { recallActions } from '../../src/app/recall-actions.ts';
import { reportActions } from '../../src/app/report-actions.ts';
import { ruleActions } from '../../src/app/rule-actions.ts';
import { scorecardActions } from '../../src/app/scorecard-actions.ts';
import { sourceActions } from '../../src/app/source-actions.ts';
import { openSearch } from '../../src/app/store-search.ts';
import { readers } from '../../src/extract/readers.ts';
import { createChartPictures } from '../../src/jobs/chart-pictures.ts';
import type { CrmPlan } from '../../src/jobs/crm/plan.ts';
import { createPullDesk } from '../../src/jobs/crm/pull-desk.ts';
import { createImportDesk } from '../../src/jobs/customer-import/import-desk.ts';
import { createRuleSet } from '../../src/jobs/rules/rule-set.ts';
import { createCustomerSync } from '../../src/jobs/sync-customers.ts';
import { createTalkDesk } from '../../src/jobs/talk/talk-desk.ts';
import { checkStoredExamples } from '../../src/jobs/topic-examples.ts';
import { createTopicSet } from '../../src/jobs/topic-set.ts';
import { createSelectorDesk } from '../../src/jobs/try-selectors.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { createLog } from '../../src/lib/log.ts';
import { loadMorphology } from '../../src/lib/morphology.ts';
import type { Clock, Crm } from '../../src/model/ports.ts';
import { ROLES, type Role } from '../../src/model/rights.ts';
import type { Language, User } from '../../src/model/user.ts';
import type { Database } from '../../src/store/db.ts';
import { limitReads } from '../../src/store/limited-reads.ts';
import { addSession, addUser } from '../../src/store/users.ts';
import { discoveryOn, rss, type Sites } from '../jobs/local-sites.ts';
import { loadResources, loadWords, memoryJournal } from '../jobs/worker.ts';
import { TEST_VAULT } from '../support/rows.ts';
import { openTestPglite, truncate } from '../support/store.ts';

/** A page of reviews that no crawler knows; `who` stands where people write. */
/** With which the endpoint `hook` signs what it tells. */
export const INBOUND_SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;

export function reviewsPage(who: (at: number) => string = (at) => `anna${at}`): string {
  const review = (at: number): string =>
    `<div class="otzyv" data-id="${at}"><span class="avtor">${who(at)}</span> <time datetime="2026-11-2${at}T10:00:00Z">2${at}.11.2026</time>
     <h3><a href="/r/${at}">Review ${at}</a></h3><p class="slova">The kettle number ${at} leaks, and nobody answers the phone about it.</p></div>`;
  return `<html><head><title>Kettles</title></head><body>${[0, 1, 2].map(review).join('')}<a class="dalshe" href="/reviews?page=2">Next</a></body></html>`;
}

/** What pasted addresses lead to. */
export const TEST_WEB: Sites = {
  'https://tea.example/feed': rss('Tea', ['First cup', 'Second cup']),
  'https://kettle.example/reviews': reviewsPage(),
  'https://kettle.example/r/0': '<h1>Review 0</h1><article>It leaks.</article>',
};
export const NOW = new Date('2026-11-22T09:00:00Z');
export const PASSWORD = 'correct horse battery';
const HOUR_MS = 3_600_000;

/** Somebody who asks: a cookie, and the secret of that session. */
export interface Visitor {
  cookie: string;
  csrf: string;
}

export interface TestDashboard {
  db: Database;
  deps: DashboardDeps;
  app: Express;
  /** What the clock shows; tests may move it. */
  setNow(now: Date): void;
  /** What was enqueued and asked of the jobs, in words. */
  asked: string[];
}

/** The scrypt hash of PASSWORD, made once a file: it costs a third of a second. */
let passwordHash: Promise<string> | null = null;

type AnyReader = (...args: readonly unknown[]) => unknown;

/** In this thread: threads have tests of their own. */
export async function readHere(name: string, args: readonly unknown[]): Promise<unknown> {
  return (readers as unknown as Record<string, AnyReader>)[name]?.(...args);
}

/** A receiver at the edge of the network; nothing is sent from pages. */
const receive = async () => ({ externalId: null, summary: 'ok' });

/** What stands at the end of the only endpoint, `hook`. */
export interface TestCrm {
  plan?: Partial<CrmPlan>;
  connector?: Crm;
  /** No CRM at all. */
  isAbsent?: boolean;
}

async function fakeDeps(db: Database, crm: TestCrm): Promise<Omit<TestDashboard, 'app'>> {
  const asked: string[] = [];
  let now = NOW;
  const log = createLog('silent');
  const clock: Clock = { now: () => now, sleep: async () => undefined };
  const resources = await loadResources();
  const search = openSearch(db, 'no Meilisearch', { resources, clock, log });
  const discovery = discoveryOn(TEST_WEB);
  const morphology = await loadMorphology();
  const queue: DashboardDeps['queue'] = {
    send: async (_tx, name, data) => void asked.push(`${name} ${JSON.stringify(data)}`),
    work: async () => undefined,
    backlog: async () => ({ crawl: 0, understand: 0, act: 0, rematch: 0, 'rule-run': 0, evidence: 0 }),
    stop: async () => undefined,
  };
  const register = {
    db,
    clock,
    log,
    queue,
    vault: TEST_VAULT,
    matchWords: await loadWords(),
    matchPolicy: 'strong_only' as const,
  };
  const hook: Crm = { openCase: receive, updateCase: receive, withdrawCase: receive, tell: receive };
  const delivery = {
    db,
    clock,
    log,
    crms: new Map(crm.isAbsent ? [] : [['hook', crm.connector ?? hook]]),
    mailer: null,
    dashboardUrl: 'http://127.0.0.1:8080',
  };
  const rules = createRuleSet(morphology, delivery.crms, log);
  const casePolicy = {
    ...casePolicyOf(configSchema.parse({}), 'http://127.0.0.1:8080'),
    withinMs: 365 * 24 * HOUR_MS,
  };
  const crmDeps = {
    ...register,
    delivery,
    casePolicy,
    crmPlans: crm.isAbsent
      ? []
      : [{ key: 'hook', kind: 'webhook', pulls: [], pullEveryMs: 0, statusEveryMs: 300_000, ...crm.plan }],
  };
  const deps: DashboardDeps = {
    db,
    search,
    log,
    morphology,
    vault: TEST_VAULT,
    clock,
    queue,
    corrections: correctionActions({ clock, queue, resources, rules }),
    scorecard: scorecardActions({
      db,
      clock,
      queue,
      resources,
      rules,
      scorecard: { perGroup: 10, perWeek: 30 },
    }),
    evidence: evidenceActions({ db, clock, vault: TEST_VAULT, erasures: memoryJournal(), delivery, log }),
    crm: crmActions(crmDeps, createPullDesk(crmDeps)),
    people: personActions({ db, clock, vault: TEST_VAULT, erasures: memoryJournal(), delivery, log }),
    links: linkActions({
      clock,
      queue,
      vault: TEST_VAULT,
      matchPolicy: 'strong_only',
      matchWords: await loadWords(),
      casePolicy,
    }),
    casePolicy,
    inboundSecrets: new Map([['hook', [INBOUND_SECRET]]]),
    alerts: alertActions({ db, clock, resources, delivery, vault: TEST_VAULT }),
    reports: reportActions({ db, clock, log, resources, casePolicy }, undefined),
    digests: digestActions({ db, clock, resources, delivery, casePolicy, vault: TEST_VAULT }),
    charts: createChartPictures({ log }, undefined),
    rules: ruleActions({ db, clock, queue, resources, delivery }),
    version: '9.9.9',
    publicUrl: 'http://127.0.0.1:8080',
    proxies: 0,
    embedIn: [],
    openId: null,
    starterSources: STARTER_SOURCES,
    sources: sourceActions({
      db,
      clock,
      isReachable: false,
      discovery,
      manage: { clock, kinds: crawlers, defaultEveryMs: 900_000 },
      lookWithSelectors: createSelectorDesk({ clock, fetchFor: discovery.fetchFor, read: readHere }),
    }),
    recall: recallActions({
      db,
      clock,
      fetchFor: discovery.fetchFor,
      resources: await loadResources(),
      topics: createTopicSet(morphology, log),
      retention: {
        documents: 365 * 24 * HOUR_MS,
        audit: 365 * 24 * HOUR_MS,
        authors: 365 * 24 * HOUR_MS,
        evidence: 1095 * 24 * HOUR_MS,
      },
    }),
    syncCustomers: createCustomerSync(register).save,
    customerImport: createImportDesk({
      ...register,
      folder: mkdtempSync(join(tmpdir(), 'molva-imports-')),
    }),
    health: async () => [{ name: 'store', ok: true, message: 'pglite' }],
    actions: {
      crawlNow: async (_tx, source) => void asked.push(`crawl now ${source}`),
      rematch: async () => void asked.push('rematch'),
      failingExamples: async (topic) => checkStoredExamples({ db, clock, resources }, topic),
      lab: labActions({ db, queue, clock, log, resources }),
      talk: createTalkDesk({ db, clock, resources }),
    },
  };
  return {
    db,
    deps,
    asked,
    setNow: (at) => {
      now = at;
    },
  };
}

/** The real dashboard on a real, empty store in memory; only the jobs behind it are recorded instead of run. */
export async function openDashboard(
  change: Partial<DashboardDeps> = {},
  crm: TestCrm = {},
): Promise<TestDashboard> {
  const base = await fakeDeps(limitReads(change.db ?? (await openTestPglite())), crm);
  const deps = { ...base.deps, ...change, db: base.db };
  return { ...base, deps, app: createDashboard(deps) };
}

/** As it was opened: nothing in the store, the clock at `NOW`, and no guess counted: limits count per application. */
export async function renewed({ deps, ...rest }: TestDashboard): Promise<TestDashboard> {
  await truncate(deps.db);
  rest.setNow(NOW);
  return { ...rest, deps, app: createDashboard(deps) };
}

export async function makeUser(
  { db }: TestDashboard,
  role: Role,
  change: Partial<{ email: string; name: string; language: Language; zone: string }> = {},
): Promise<User> {
  passwordHash ??= hashPassword(PASSWORD);
  const user = await addUser(
    db,
    {
      email: `${role}@example.com`,
      name: `The ${role}`,
      role,
      language: 'en',
      zone: 'Europe/Moscow',
      ...change,
      passwordHash: await passwordHash,
    },
    NOW,
  );
  if (!user) throw new Error('this address is taken');
  return user;
}

/** A session without the cost of logging in. */
export async function visitAs({ db }: TestDashboard, user: User): Promise<Visitor> {
  const token = `token-of-${user.email}`;
  const csrf = `csrf-of-${user.email}`;
  await addSession(db, {
    tokenHash: sha256(token),
    userId: user.id,
    csrf,
    createdAt: NOW,
    expiresAt: new Date(NOW.getTime() + HOUR_MS),
  });
  return { cookie: `molva_session=${token}`, csrf };
}

/** One visitor of each role. */
export async function visitors(dashboard: TestDashboard): Promise<Record<Role, Visitor>> {
  const entries: [Role, Visitor][] = [];
  for (const role of ROLES) entries.push([role, await visitAs(dashboard, await makeUser(dashboard, role))]);
  return Object.fromEntries(entries) as Record<Role, Visitor>;
}

export function get({ app }: TestDashboard, path: string, visitor: Visitor | null): request.Test {
  const asks = request(app).get(path).redirects(0).set('accept-language', 'en');
  return visitor ? asks.set('cookie', visitor.cookie) : asks;
}

/** Sends the session's secret along, unless `form` says something else about `_csrf`. */
export function post(
  { app }: TestDashboard,
  path: string,
  visitor: Visitor | null,
  form: Record<string, string>,
): request.Test {
  const asks = request(app).post(path).redirects(0).type('form').set('accept-language', 'en');
  const body = visitor ? { _csrf: visitor.csrf, ...form } : form;
  return (visitor ? asks.set('cookie', visitor.cookie) : asks).send(body);
}
