import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTagResources } from '../src/app/tag-resources.ts';
import { backTest } from '../src/jobs/back-test.ts';
import { systemClock } from '../src/lib/clock.ts';
import type { TagResources } from '../src/model/ports.ts';
import { parseQuery } from '../src/query/parse.ts';
import type { Database } from '../src/store/db.ts';
import { migrate } from '../src/store/migrate.ts';
import { openPglite } from '../src/store/pglite.ts';
import { syncSources } from '../src/store/sources.ts';
import { printTable, type Row, timed } from './report.ts';
import { type Language, makeBenchPosts, makeLanguage } from './topics.ts';

const POSTS = 100_000;
const BATCH = 1000;

async function fill(db: Database, posts: readonly string[]): Promise<void> {
  await migrate(db, new Date());
  const source = { key: 'bench', kind: 'feed', name: 'bench', url: 'https://bench.example/', settings: {} };
  await syncSources(
    db,
    [{ ...source, everyMs: 1e9, schedule: { kind: 'fixed' }, enabled: true }],
    new Date(),
  );
  for (let from = 0; from < posts.length; from += BATCH)
    await db.query(
      `insert into documents (source_id, external_id, url, kind, text, published_at, found_at, updated_at, content_hash)
       select 1, n::text, 'https://bench.example/' || n, 'post', text, timestamptz '2026-01-01' + n * interval '5 minutes', now(), now(), md5(text)
       from unnest($1::text[]) with ordinality as given(text, place), lateral (select place + $2 as n) numbers`,
      [posts.slice(from, from + BATCH), from],
    );
}

/** A name, and words that are common and less so, of the language that the posts are made of. */
function makeQueries({ words, names }: Language): [string, string][] {
  const name = (at: number): string => names[at] ?? '';
  const word = (at: number): string => words[at]?.[0] ?? '';
  return [
    ['rare brand', `${name(9000)} OR ${name(12_000)} OR ${name(15_000)}`],
    ['brand', `${name(40)} OR ${name(55)}`],
    [
      'brand with context',
      `(${name(40)} OR ${name(55)}) AND (${word(300)} OR ${word(500)}) NOT ${word(900)}`,
    ],
    ['common word', word(60)],
    ['NEAR', `${name(40)} NEAR/5 (${word(300)} OR ${word(500)} OR ${word(700)})`],
    ['NOT NEAR', `${name(40)} NOT NEAR/3 (${word(60)} OR ${word(70)})`],
    ['only a prefix', `${word(2000).slice(0, 5)}*`],
    ['typing errors', `${name(300)}~1`],
    ['with a condition', `${name(40)} AND kind:post`],
  ];
}

async function race(db: Database, resources: TagResources, name: string, text: string): Promise<Row> {
  const parsed = parseQuery(text);
  if (!('query' in parsed)) throw new Error(`the bench made a query that is none: ${text}`);
  const test = { query: parsed.query, against: null, since: null, limit: POSTS, withinMs: 600_000 };
  const { value, ms, cpuMs } = await timed(() =>
    backTest({ db, clock: systemClock, resources }, { ...test, zone: 'UTC', seed: 1, samples: 20 }),
  );
  return {
    query: name,
    matches: value.matched,
    seconds: ms / 1000,
    'CPU seconds': cpuMs / 1000,
    'docs/s': Math.round((value.looked / ms) * 1000),
    'in the database, %': Math.round((value.databaseMs / ms) * 100),
  };
}

export async function benchBackTest(): Promise<void> {
  const given = process.argv[3];
  const folder = given ?? mkdtempSync(join(tmpdir(), 'molva-bench-'));
  const isFilled = existsSync(join(folder, 'pglite', 'PG_VERSION'));
  const resources = await loadTagResources();
  const language = await makeLanguage();
  const db = await openPglite(join(folder, 'pglite'));
  try {
    if (!isFilled) await fill(db, makeBenchPosts(language, POSTS, 7));
    console.log(`workload: ${POSTS} stored posts of about 1,050 characters in PGlite\n`);
    const rows: Row[] = [];
    // The first one learns words; each is alone with the database.
    for (const [name, text] of makeQueries(language)) rows.push(await race(db, resources, name, text));
    printTable(rows);
  } finally {
    await db.close();
    if (given === undefined) rmSync(folder, { recursive: true });
  }
}
