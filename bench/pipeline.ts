import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { configSchema } from '../config/schema.ts';
import { casePolicyOf } from '../src/app/case-policy.ts';
import { loadMatchWords } from '../src/app/match-words.ts';
import { loadTagResources } from '../src/app/tag-resources.ts';
import { actOnDocuments } from '../src/jobs/act.ts';
import type { JobDeps } from '../src/jobs/deps.ts';
import { createSubscriptions } from '../src/jobs/events/subscriptions.ts';
import { importCustomers } from '../src/jobs/import-customers.ts';
import { createWeightSet } from '../src/jobs/links/weight-set.ts';
import { createRuleSet } from '../src/jobs/rules/rule-set.ts';
import { createTopicSet } from '../src/jobs/topic-set.ts';
import { understandDocuments } from '../src/jobs/understand.ts';
import { systemClock } from '../src/lib/clock.ts';
import { createVault, KEY_BYTES } from '../src/lib/vault.ts';
import type { DocumentId, SourceId } from '../src/model/ids.ts';
import type { Database } from '../src/store/db.ts';
import { migrate } from '../src/store/migrate.ts';
import { openPglite } from '../src/store/pglite.ts';
import { openPostgres } from '../src/store/postgres.ts';
import { openQueue } from '../src/store/queue.ts';
import { saveDocument } from '../src/store/save-documents.ts';
import { syncSources } from '../src/store/sources.ts';
import { saveTopic } from '../src/store/topics.ts';
import { ASKED, makePosts, type Post } from './posts.ts';
import { printTable, type Row, timed } from './report.ts';

const POSTS = 2000;
const CHUNK = 50;
const CUSTOMERS = 500;
const SITE = 'forum.example';

/** Every fourth post names a brand and is a complaint; every tenth author is a known customer. */
function withBrand(post: Post): Post {
  if (post.id % 4 !== 0) return post;
  const text =
    post.language === 'ru'
      ? 'Ромашка обманула, верните деньги, требую возврат.'
      : 'Daisy cheated me, I want a refund now.';
  return { ...post, text: `${post.text} ${text}` };
}

async function openDeps(db: Database): Promise<JobDeps> {
  const log = pino({ level: 'silent' });
  const resources = await loadTagResources();
  return {
    db,
    queue: await openQueue(db, log),
    clock: systemClock,
    log,
    findCrawler: () => undefined,
    fetchFor: () => () => Promise.resolve(null),
    resources,
    matchPolicy: 'strong_only',
    matchWeights: createWeightSet(),
    matchWords: await loadMatchWords(),
    erasures: { note: () => Promise.resolve(), read: () => Promise.resolve([]) },
    vault: createVault(randomBytes(KEY_BYTES)),
    rules: createRuleSet(resources.morphology, new Map(), log),
    topics: createTopicSet(resources.morphology, log),
    index: null,
    casePolicy: {
      ...casePolicyOf(configSchema.parse({}), 'http://127.0.0.1'),
      withinMs: 1e12,
    },
    subscriptions: createSubscriptions(
      [{ key: 'crm', events: ['complaints'], filter: null, zone: 'UTC' }],
      resources,
      log,
    ),
    crmPlans: [],
    delivery: {
      db,
      clock: systemClock,
      log,
      crms: new Map(),
      mailer: null,
      dashboardUrl: 'http://127.0.0.1:8080',
    },
    retention: { documents: 1e12, audit: 1e12, evidence: 1e12, authors: 1e12 },
    scorecard: { perGroup: 10, perWeek: 30 },
  };
}

async function furnish(deps: JobDeps, folder: string): Promise<void> {
  const { db } = deps;
  const now = new Date();
  await syncSources(
    db,
    [
      {
        key: 'bench',
        kind: 'feed',
        name: 'bench',
        url: `https://${SITE}/`,
        settings: {},
        everyMs: 1e9,
        schedule: { kind: 'fixed' },
        enabled: true,
      },
    ],
    now,
  );
  const topics = [
    ['romashka', 'ромашка'],
    ['daisy', 'daisy'],
    ...ASKED.map((forms, at) => [`t${at}`, forms[0] ?? '']),
  ];
  for (const [key = '', query = ''] of topics) await saveTopic(db, { key, name: key, query }, 'config', now);
  const file = join(folder, 'customers.csv');
  const rows = Array.from(
    { length: CUSTOMERS },
    (_, at) => `c${at},Customer ${at},c${at}@mail.example,,${SITE}/author${at * 10},,MVC`,
  );
  writeFileSync(file, `external_id,name,emails,phones,handles,city,tier\n${rows.join('\n')}\n`);
  await importCustomers(deps, file, 'bench');
}

function chunks(ids: readonly DocumentId[]): DocumentId[][] {
  return Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, at) =>
    ids.slice(at * CHUNK, (at + 1) * CHUNK),
  );
}

async function measure(name: string, db: Database, folder: string): Promise<Row> {
  await migrate(db, new Date());
  const deps = await openDeps(db);
  await furnish(deps, folder);
  const posts = makePosts(POSTS, 60, 9).map(withBrand);
  const saving = await timed(async () => {
    const ids: DocumentId[] = [];
    for (const { id, title, text } of posts) {
      const found = {
        externalId: String(id),
        url: `https://${SITE}/${id}`,
        kind: 'post' as const,
        title,
        text,
        author: { site: SITE, handle: `author${id}` },
      };
      const saved = await db.transaction((tx) => saveDocument(tx, 1 as SourceId, found, new Date()));
      if (saved !== null) ids.push(saved);
    }
    return ids;
  });
  const understanding = await timed(async () => {
    for (const documentIds of chunks(saving.value)) await understandDocuments(deps, { documentIds });
  });
  const acting = await timed(async () => {
    let cases = 0;
    for (const documentIds of chunks(saving.value))
      cases += (await actOnDocuments(deps, { documentIds })).casesOpened;
    return cases;
  });
  await deps.queue.stop();
  const total = saving.ms + understanding.ms + acting.ms;
  return {
    database: name,
    'posts/s': (POSTS / total) * 1000,
    'save ms/post': saving.ms / POSTS,
    'understand ms/post': understanding.ms / POSTS,
    'act ms/post': acting.ms / POSTS,
    'CPU ms/post': (saving.cpuMs + understanding.cpuMs + acting.cpuMs) / POSTS,
    cases: acting.value,
  };
}

export async function benchPipeline(): Promise<void> {
  console.log(
    `workload: ${POSTS} posts of ~400 characters, ${ASKED.length + 2} topics, ${CUSTOMERS} customers; saved one by one, then in chunks of ${CHUNK}, one process\n`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'molva-bench-'));
  const rows: Row[] = [];
  const pglite = await openPglite(join(folder, 'pglite'));
  rows.push(await measure('PGlite', pglite, folder));
  await pglite.close();
  const url = process.env.DATABASE_URL;
  if (url) {
    const postgres = await openPostgres(url, (error) => console.error(error.message));
    const [tables] = await postgres.query<{ n: number }>(
      `select count(*)::int as n from information_schema.tables where table_schema = 'public'`,
    );
    // Never into somebody's own data.
    if (tables?.n === 0) rows.push(await measure('PostgreSQL', postgres, folder));
    else console.error('DATABASE_URL names a database that is not empty: give the bench one of its own.');
    await postgres.close();
  }
  rmSync(folder, { recursive: true, force: true });
  const first = Number(rows[0]?.['posts/s']);
  printTable(rows.map((row) => ({ ...row, '× PGlite': Number(row['posts/s']) / first })));
  if (!url) console.log('\nSet DATABASE_URL to an empty database to compare with PostgreSQL.');
}
