import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { configSchema } from '../../config/schema.ts';
import { casePolicyOf } from '../../src/app/case-policy.ts';
import { loadMatchWords } from '../../src/app/match-words.ts';
import { loadTagResources } from '../../src/app/tag-resources.ts';
import { actOnDocuments } from '../../src/jobs/act.ts';
import { readDefinition } from '../../src/jobs/alerts/alert-file.ts';
import { saveAlerts } from '../../src/jobs/alerts/save-alerts.ts';
import { watchAlerts } from '../../src/jobs/alerts/watch.ts';
import type { JobDeps } from '../../src/jobs/deps.ts';
import { createSubscriptions } from '../../src/jobs/events/subscriptions.ts';
import { createWeightSet } from '../../src/jobs/links/weight-set.ts';
import { createRuleSet } from '../../src/jobs/rules/rule-set.ts';
import { createTopicSet } from '../../src/jobs/topic-set.ts';
import { understandDocuments } from '../../src/jobs/understand.ts';
import { createVault, KEY_BYTES } from '../../src/lib/vault.ts';
import type { AlertDefinition } from '../../src/model/alert.ts';
import type { SourceId } from '../../src/model/ids.ts';
import type { Chat } from '../../src/model/ports.ts';
import { ruleActionsSchema } from '../../src/model/rule.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { openQueue } from '../../src/store/queue.ts';
import { saveRule } from '../../src/store/rules.ts';
import { saveDocuments } from '../../src/store/save-documents.ts';
import { syncSources } from '../../src/store/sources.ts';
import { saveTopic } from '../../src/store/topics.ts';
import { addUser } from '../../src/store/users.ts';
import { randomFrom } from '../random.ts';
import { printTable } from '../report.ts';

const POSTS = 5000;
const MINUTES = 60;
const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 0, 20, 9);
const CHUNK = 50;
const SOURCES = 40;
const STORY =
  'Ромашка отозвала партию чайников: у чайников плавится ручка, трое покупателей обожглись, магазин обещает вернуть деньги до пятницы. Компания просит не пользоваться чайниками и сдать их в любой магазин сети без чека.';
const BEFORE = ['Ужас какой.', 'Вот это да!', 'Читали?', 'Только что прислали:', 'И снова они.', ''];
const AFTER = ['Что скажете?', 'Верните деньги!', 'Жду ответа.', 'Кошмар.', 'Перепост.', ''];

/** The story as people pass it on: whole, with a word before or behind, without its end; half of them with that number, if there is one. */
function copyOf(chance: () => number, number: string): string {
  const pick = (all: readonly string[]): string => all[Math.floor(chance() * all.length)] ?? '';
  const text = chance() < 0.2 ? STORY.slice(0, STORY.lastIndexOf('. ')) : STORY;
  return `${pick(BEFORE)} ${text} ${pick(AFTER)} ${chance() < 0.5 ? number : ''}`.trim();
}

async function openDeps(folder: string, clock: JobDeps['clock']): Promise<JobDeps> {
  const db = await openPglite(folder);
  await migrate(db, clock.now());
  const log = pino({ level: 'silent' });
  const resources = await loadTagResources();
  const hook = async () => ({ externalId: null, summary: 'ok' });
  const crms = new Map([
    [
      'crm',
      {
        updateCase: async () => ({ externalId: null, summary: '' }),
        openCase: hook,
        withdrawCase: hook,
        tell: hook,
      },
    ],
  ]);
  const chat = { language: 'ru' as const, send: hook };
  const chats = new Map<string, Chat>([
    ['telegram', { ...chat, edit: hook }],
    ['slack', chat],
  ]);
  return {
    db,
    queue: await openQueue(db, log),
    clock,
    log,
    findCrawler: () => undefined,
    fetchFor: () => () => Promise.resolve(null),
    resources,
    matchPolicy: 'strong_only',
    matchWeights: createWeightSet(),
    matchWords: await loadMatchWords(),
    erasures: { note: () => Promise.resolve(), read: () => Promise.resolve([]) },
    vault: createVault(randomBytes(KEY_BYTES)),
    rules: createRuleSet(resources.morphology, crms, log),
    topics: createTopicSet(resources.morphology, log),
    index: null,
    casePolicy: {
      ...casePolicyOf(configSchema.parse({}), 'http://molva.example'),
      withinMs: 1e12,
    },
    subscriptions: createSubscriptions([], resources, log),
    crmPlans: [],
    delivery: { db, clock, log, crms, chats, mailer: null, dashboardUrl: 'http://molva.example' },
    retention: { documents: 1e12, audit: 1e12, evidence: 1e12, authors: 1e12 },
    scorecard: { perGroup: 10, perWeek: 30 },
  };
}

/** Every kind of alert that could speak of it, and a rule, all to the same person, chats and webhook. */
async function furnish(deps: JobDeps): Promise<void> {
  const { db, clock } = deps;
  const sources = Array.from({ length: SOURCES }, (_, at) => ({
    key: `s${at}`,
    kind: 'feed',
    name: `Source ${at}`,
    url: `https://s${at}.example/`,
    settings: {},
    everyMs: 1e9,
    schedule: { kind: 'fixed' as const },
    enabled: true,
  }));
  await syncSources(db, sources, clock.now());
  await saveTopic(db, { key: 'romashka', name: 'Ромашка', query: 'ромашка' }, 'config', clock.now());
  const person = { name: 'B', role: 'pr' as const, language: 'ru' as const, zone: 'Europe/Moscow' };
  await addUser(db, { ...person, email: 'boss@example.ru', passwordHash: '' }, clock.now());
  const tell = {
    people: ['boss@example.ru'],
    by: ['mail', 'browser'],
    chats: ['telegram', 'slack'],
    webhooks: ['crm'],
  };
  const kinds = ['complaint', 'spike', 'story-speed', 'query'];
  const alerts = kinds.map((kind) =>
    readDefinition({
      key: kind,
      name: kind,
      kind,
      tell,
      ...(kind === 'query' ? { condition: 'чайник' } : {}),
    }),
  );
  await saveAlerts(deps, alerts as AlertDefinition[], { actor: 'bench', zone: 'Europe/Moscow' });
  const actions = ruleActionsSchema.parse({ alert: { mail: ['boss@example.ru'], webhooks: ['crm'] } });
  const rule = { key: 'rule', name: 'rule', condition: 'ромашка', actions, enabled: true };
  await db.transaction((tx) => saveRule(tx, rule, { actor: 'bench', zone: 'Europe/Moscow' }, clock.now()));
}

/** So many posts into the store and through every stage, in batches as crawlers bring them. */
async function arrive(
  deps: JobDeps,
  chance: () => number,
  { from, count, isNumbered }: { from: number; count: number; isNumbered: boolean },
): Promise<void> {
  const now = deps.clock.now();
  for (let at = from; at < from + count; at += CHUNK) {
    const found = Array.from({ length: Math.min(CHUNK, from + count - at) }, (_, place) => ({
      externalId: String(at + place),
      url: `https://s.example/${at + place}`,
      kind: 'post' as const,
      text: copyOf(chance, isNumbered ? `#${at + place}` : ''),
      author: { site: 's.example', handle: `a${at + place}` },
      publishedAt: new Date(now.getTime() - chance() * MINUTE_MS),
    }));
    const source = (1 + Math.floor(chance() * SOURCES)) as SourceId;
    const documentIds = await deps.db.transaction((tx) => saveDocuments(tx, source, found, now));
    await understandDocuments(deps, { documentIds });
    await actOnDocuments(deps, { documentIds });
  }
}

/**
 * 5,000 posts in one hour on one story, through the real store, minute by minute, with five that could speak of it. `isNumbered`: half of the
 * copies end with a number of their own, which can make other stories of them (docs/decisions/0017).
 */
export async function benchCrisis(isNumbered: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'molva-bench-'));
  let now = START;
  const clock = { now: () => new Date(now), sleep: () => Promise.resolve() };
  const deps = await openDeps(folder, clock);
  const chance = randomFrom(17);
  await furnish(deps);
  now += MINUTE_MS;
  let first: number | null = null;
  let slowest = 0;
  for (let minute = 0; minute < MINUTES; minute += 1) {
    const [from, to] = [minute, minute + 1].map((one) => Math.round((POSTS * one) / MINUTES));
    now += MINUTE_MS;
    await arrive(deps, chance, { from: from ?? 0, count: (to ?? 0) - (from ?? 0), isNumbered });
    const started = performance.now();
    await watchAlerts(deps);
    slowest = Math.max(slowest, performance.now() - started);
    const [told] = await deps.db.query<{ n: number }>('select count(*)::int as n from alert_messages');
    if (first === null && (told?.n ?? 0) > 0) first = minute + 1;
  }
  const incidents = await deps.db.query<{ count: number }>('select count from alert_incidents order by id');
  const stories = await deps.db.query('select 1 from story_carriers group by story_id');
  const sent = await deps.db.query<{ endpoint: string; what: string; n: number }>(
    `select endpoint, case when payload->>'isEdit' = 'true' then 'edit' else event_type end as what, count(*)::int as n
     from deliveries group by 1, 2 order by 1, 2`,
  );
  await deps.queue.stop();
  await deps.db.close();
  rmSync(folder, { recursive: true, force: true });
  console.log(
    `The crisis${isNumbered ? ', copies with numbers of their own' : ''}: ${POSTS} posts in an hour, ${stories.length} stories by the program; four alerts and a rule. Told after ${first} minutes at the latest; ${incidents.length} incidents of ${incidents.map(({ count }) => count).join(', ')} posts; a look took ${Math.round(slowest)} ms at most.`,
  );
  printTable(sent);
}
