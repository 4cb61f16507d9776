import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync } from 'node:zlib';
import { stringify } from 'yaml';
import { loadConfig } from '../config/load.ts';
import { loadTagResources } from '../src/app/tag-resources.ts';
import { sha256 } from '../src/lib/hash.ts';
import type { Database } from '../src/store/db.ts';
import { migrate } from '../src/store/migrate.ts';
import { openPglite } from '../src/store/pglite.ts';
import { startRematchRun, type Versions } from '../src/store/rematch-runs.ts';
import { syncSources } from '../src/store/sources.ts';
import { saveTopic } from '../src/store/topics.ts';
import { addSession, addUser } from '../src/store/users.ts';
import { taggerVersions } from '../src/understand/versions.ts';
import { paintAll } from './paint.ts';
import { makePosts } from './posts.ts';
import { startProgram } from './program.ts';
import { printTable, quantile } from './report.ts';

const SOURCES = 20;
const AUTHORS = 5000;
const TOPICS = ['ромашка', 'лютик', 'daisy'];
const DAYS = 60;
const CHUNK = 20_000;
const ASKS = 40;
const STEADY_PER_S = 50;
const STEADY_S = 20;

const PAGES: readonly [name: string, path: string][] = [
  ['mentions, all', '/mentions'],
  ['mentions, a word', `/mentions?q=${encodeURIComponent('доставка')}`],
  ['mentions, a rare phrase', `/mentions?q=${encodeURIComponent('ребёнок NEAR/2 дождь')}`],
  ['mentions, negative of a topic', '/mentions?topic=t0&tone=negative'],
  ['mentions, page 400', '/mentions?page=400'],
  ['a post', '/mentions/777'],
  ['today', '/today'],
  ['talk', '/talk'],
  ['stories', '/stories'],
  ['analytics', '/analytics'],
  ['cases', '/cases'],
  ['customers', '/customers'],
  ['sources', '/sources'],
  ['topics', '/topics'],
  ['deliveries', '/deliveries'],
  ['latency', '/latency'],
  ['audit', '/audit'],
];

/** Posts of the last sixty days, each a mention of one of three topics: 25 % negative, 4 % complaints. */
async function fill(db: Database, count: number, versions: Versions, now: Date): Promise<void> {
  const texts = makePosts(2000, 40, 11).map(({ text }, at) => ({ at, text }));
  await db.query(
    'create table bench_texts as select * from jsonb_to_recordset($1::jsonb) as t(at int, text text)',
    [JSON.stringify(texts)],
  );
  await db.query(
    `insert into authors (site, handle, name) select 'example.org', 'a' || n, 'Author ' || n from generate_series(1, $1::int) n`,
    [AUTHORS],
  );
  for (let from = 0; from < count; from += CHUNK) {
    await db.query(
      `with made as (
         insert into documents (source_id, external_id, url, kind, title, text, author_id, published_at, found_at, updated_at, content_hash)
         select 1 + n % ${SOURCES}, 'p' || n, 'https://example.org/' || n, 'post', 'Post ' || n, t.text || ' ' || ($3::text[])[1 + n % 3], 1 + n % ${AUTHORS},
           $4::timestamptz - (n % ${DAYS * 1440}) * interval '1 minute', $4::timestamptz - (n % ${DAYS * 1440}) * interval '1 minute' + interval '30 seconds', $4, 'h' || n
         from generate_series($1::int, $2::int) n join bench_texts t on t.at = n % 2000 returning id, found_at),
       progressed as (insert into document_progress (document_id, understood, acted, touched_at) select id, 1, 1, found_at from made),
       tagged as (insert into tags (document_id, kind, target, version, value)
         select id, 'language', '', $5::jsonb->>'language', '{"code": "ru", "confidence": 1}'::jsonb from made
         union all select id, 'kind', '', $5::jsonb->>'kind', '{"kind": "other", "confidence": 0.9}'::jsonb from made)
       insert into mentions (document_id, topic_id, spans, sentiment, complaint, created_at)
       select id, 1 + id % 3, '[]', jsonb_build_object('label', (array['negative', 'neutral', 'positive', 'unsure'])[1 + id % 4], 'score', 0, 'confidence', 0.8),
         jsonb_build_object('isComplaint', id % 25 = 0, 'probability', 0.5, 'severity', 1, 'reason', 'service', 'level', case when id % 25 = 0 then 'alert' end), found_at from made`,
      [from, Math.min(count, from + CHUNK) - 1, TOPICS, now, JSON.stringify(versions)],
    );
  }
  await db.query('drop table bench_texts');
  // Or the program would make all tags again while its pages are timed.
  await startRematchRun(db, { total: 0, versions }, now);
}

async function furnish(folder: string, count: number, versions: Versions): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const db = await openPglite(join(folder, 'pglite'));
  const now = new Date();
  await migrate(db, now);
  await syncSources(
    db,
    Array.from({ length: SOURCES }, (_, n) => ({
      key: `s${n}`,
      kind: 'feed',
      name: `Source ${n}`,
      url: `https://example.org/${n}`,
      settings: {},
      everyMs: 1e9,
      schedule: { kind: 'fixed' as const },
      enabled: false,
    })),
    now,
  );
  for (const [n, query] of TOPICS.entries())
    await saveTopic(db, { key: `t${n}`, name: query, query }, 'user', now);
  await fill(db, count, versions, now);
  const user = await addUser(
    db,
    {
      email: 'bench@example.org',
      name: 'Bench',
      role: 'admin',
      language: 'ru',
      zone: 'Europe/Moscow',
      passwordHash: 'none',
    },
    now,
  );
  if (!user) throw new Error('there is such a user');
  const token = 'bench-token';
  const session = { tokenHash: sha256(token), userId: user.id, csrf: 'x', createdAt: now };
  await addSession(db, { ...session, expiresAt: new Date(now.getTime() + 864e5) }, null);
  await db.close();
  return `molva_session=${token}`;
}

async function ask(url: string, cookie: string): Promise<{ ms: number; status: number; body: string }> {
  const started = performance.now();
  const response = await fetch(url, { headers: { cookie }, redirect: 'manual' });
  const body = await response.text();
  return { ms: performance.now() - started, status: response.status, body };
}

async function askedOften(base: string, [name, path]: readonly [string, string], cookie: string) {
  const times: number[] = [];
  let last = { ms: 0, status: 0, body: '' };
  for (let n = 0; n < ASKS; n += 1) {
    last = await ask(`${base}${path}`, cookie);
    times.push(last.ms);
  }
  return {
    page: name,
    status: last.status,
    'p50 ms': quantile(times, 0.5),
    'p95 ms': quantile(times, 0.95),
    'HTML kB': Buffer.byteLength(last.body) / 1000,
    'compressed kB': brotliCompressSync(last.body).length / 1000,
  };
}

/** So many requests a second over all pages, whether or not the ones before were answered. */
async function steady(base: string, cookie: string): Promise<{ p50: number; p95: number; failed: number }> {
  const all: Promise<{ ms: number; status: number }>[] = [];
  for (let n = 0; n < STEADY_PER_S * STEADY_S; n += 1) {
    const page = `${base}${PAGES[n % PAGES.length]?.[1]}`;
    all.push(ask(page, cookie).catch(() => ({ ms: Number.POSITIVE_INFINITY, status: 599 })));
    await sleep(1000 / STEADY_PER_S);
  }
  const answers = await Promise.all(all);
  const times = answers.map(({ ms }) => ms);
  return {
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    failed: answers.filter(({ status }) => status >= 400).length,
  };
}

/** The whole program over a store of `MENTIONS` [100000]: how long each page takes, all of them at 50 requests a second, and when they are seen in a browser. */
export async function benchPages(): Promise<void> {
  const count = Number(process.argv[3] ?? 100_000);
  const folder = mkdtempSync(join(tmpdir(), 'molva-pages-'));
  const started = performance.now();
  const config = join(folder, 'app.yaml');
  writeFileSync(config, stringify({ web: { port: 0 }, store: { folder }, log: { level: 'error' } }));
  const resources = await loadTagResources(loadConfig(config, {}).config.understanding);
  const cookie = await furnish(folder, count, Object.fromEntries(taggerVersions(resources)));
  console.log(`${count} mentions put in within ${Math.round((performance.now() - started) / 1000)} s`);
  const program = await startProgram(config);
  try {
    const base = program.address;
    if (base === null) throw new Error('the program ended before it was ready');
    const indexing = performance.now();
    while (!(await isIndexed(base, cookie))) await sleep(2000);
    console.log(`indexed after ${Math.round((performance.now() - indexing) / 1000)} s more\n`);
    const rows = [];
    for (const page of PAGES) rows.push(await askedOften(base, page, cookie));
    printTable(rows);
    const { p50, p95, failed } = await steady(base, cookie);
    console.log(
      `\n${STEADY_PER_S} requests a second for ${STEADY_S} s over all of them: p50 ${Math.round(p50)} ms, p95 ${Math.round(p95)} ms, failed ${failed}\n`,
    );
    const painted = await paintAll(base, cookie, PAGES);
    if (painted) printTable(painted);
    else console.log('No Chromium: what people see was not measured.');
  } finally {
    await program.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All of it is in the index, and searches are answered from there: the page says so where the store answered. */
async function isIndexed(base: string, cookie: string): Promise<boolean> {
  // Asked first: a search that the store answers would take seconds of the indexing.
  if (!(await ask(`${base}/readyz`, cookie)).body.includes('"0 documents behind"')) return false;
  return !(await ask(`${base}/mentions`, cookie)).body.includes('<details class="note">');
}
