import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openSearch } from '../src/app/store-search.ts';
import { systemClock } from '../src/lib/clock.ts';
import { loadMorphology } from '../src/lib/morphology.ts';
import type { DocumentId, SourceId } from '../src/model/ids.ts';
import type { Morphology, TagResources } from '../src/model/ports.ts';
import { NO_FILTERS } from '../src/model/search.ts';
import { readSearchQuery } from '../src/query/saved.ts';
import { findBinary } from '../src/search/binary.ts';
import { createMeilisearch, type SearchIndex } from '../src/search/meilisearch.ts';
import { startMeilisearch } from '../src/search/process.ts';
import { toRecord } from '../src/search/record.ts';
import type { SearchAnswer } from '../src/search/search.ts';
import type { Database } from '../src/store/db.ts';
import { migrate } from '../src/store/migrate.ts';
import { openPglite } from '../src/store/pglite.ts';
import { saveDocuments } from '../src/store/save-documents.ts';
import { syncSources } from '../src/store/sources.ts';
import { ASKED, makePosts, type Post } from './posts.ts';
import { pick, randomFrom } from './random.ts';
import { printTable, quantile, type Row, timed } from './report.ts';

const POSTS = 20_000;
const QUERIES = 60;
const BATCH = 200;
const START = Date.UTC(2026, 0, 1);
const log = pino({ level: 'silent' });

type Found = Pick<SearchAnswer, 'ids' | 'total'> & Partial<SearchAnswer>;
type Ask = (text: string, limit: number) => Promise<Found>;

function batches(posts: readonly Post[]): Post[][] {
  return Array.from({ length: Math.ceil(posts.length / BATCH) }, (_, at) =>
    posts.slice(at * BATCH, (at + 1) * BATCH),
  );
}

async function openStore(folder: string): Promise<Database> {
  const db = await openPglite(join(folder, 'pglite'));
  const now = new Date(START);
  await migrate(db, now);
  const bench = { key: 'bench', kind: 'feed', name: 'bench', url: 'https://example.org/' };
  const schedule = { kind: 'fixed' as const };
  await syncSources(db, [{ ...bench, settings: {}, everyMs: 1e6, schedule, enabled: true }], now);
  return db;
}

/** Post 1 becomes document 1, and so on. */
async function fillStore(db: Database, posts: readonly Post[]): Promise<void> {
  for (const batch of batches(posts)) {
    const found = batch.map(({ id, title, text }) => ({
      externalId: String(id),
      url: `https://example.org/${id}`,
      kind: 'article' as const,
      title,
      text,
      publishedAt: new Date(START + id * 60_000),
    }));
    await db.transaction((tx) => saveDocuments(tx, 1 as SourceId, found, new Date(START)));
  }
}

/** What a database offers by itself: stems, in an inverted index. Made beside our table, for comparison. */
async function openFullText(db: Database): Promise<{ index(): Promise<void>; ask: Ask }> {
  return {
    index: async () => {
      await db.query(
        `create table stems as select id, published_at, to_tsvector('russian', coalesce(title, '') || ' ' || text) as stems from documents`,
      );
      await db.query('create index stems_stems on stems using gin (stems)');
    },
    ask: async (text, limit) => {
      const rows = await db.query<{ id: DocumentId; n: number }>(
        `select id, count(*) over ()::int as n from stems where stems @@ websearch_to_tsquery('russian', $1)
         order by published_at desc limit $2`,
        [text.replaceAll('(', '').replaceAll(')', '').replaceAll(' | ', ' or '), limit],
      );
      return { ids: rows.map(({ id }) => id), total: rows[0]?.n ?? 0 };
    },
  };
}

async function startIndex(folder: string) {
  const binary = await findBinary({
    named: process.env.MEILI_BINARY,
    path: process.env.PATH ?? '',
    cacheFolder: join(tmpdir(), 'molva-bench-bin'),
  });
  if ('missing' in binary) throw new Error(binary.missing);
  const server = await startMeilisearch({
    binary: binary.path,
    folder: join(folder, 'meilisearch'),
    maxMemoryBytes: 512 * 2 ** 20,
    log,
  });
  const index = createMeilisearch({ url: server.url, key: server.key, index: 'bench' });
  for (let i = 0; i < 200 && (await index.identity().catch(() => 'away')) === 'away'; i++)
    await new Promise((done) => setTimeout(done, 50));
  return { index, server };
}

async function fillIndex(index: SearchIndex, posts: readonly Post[], morphology: Morphology): Promise<void> {
  async function* records() {
    for (const batch of batches(posts))
      yield batch.map(({ id, title, text, language }) => {
        const time = new Date(START + id * 60_000);
        const times = { time, publishedAt: time, foundAt: time, touchedAt: time };
        const author = { authorHandle: null, authorName: null, site: null, mentions: [] };
        const known = {
          url: `https://example.org/${id}`,
          source: 'bench',
          kind: 'article',
          postKind: null,
          complaintLevel: null,
        };
        return toRecord(
          { id: id as DocumentId, title, text, language, ...known, ...author, ...times },
          morphology,
        );
      });
  }
  await index.rebuild(records());
}

/** Kinds of queries that people write. `plain`: a full-text index of a database can be asked it too. */
function makeQueries(): { kind: string; plain: boolean; texts: string[] }[] {
  const random = randomFrom(5);
  const word = (): string => pick(random, pick(random, ASKED));
  const common = (): string => pick(random, ['магазин', 'сегодня', 'price', 'today']);
  const many = (make: () => string): string[] => Array.from({ length: QUERIES }, make);
  return [
    { kind: 'words', plain: true, texts: many(() => (random() < 0.5 ? word() : `${word()} ${common()}`)) },
    { kind: 'or, not', plain: true, texts: many(() => `(${word()} | ${word()}) -${common()}`) },
    { kind: 'phrase', plain: true, texts: many(() => `"${word()} ${common()}"`) },
    { kind: 'near', plain: false, texts: many(() => `${word()} NEAR/5 (${word()} | ${common()})`) },
    { kind: 'sentence', plain: false, texts: many(() => `${word()} SENT ${common()}`) },
    { kind: 'exact form', plain: false, texts: many(() => `="${word()}"`) },
    { kind: 'prefix', plain: false, texts: many(() => word().replace(/^(.{4}).*/, '$1*')) },
  ];
}

/** Share of the posts that hold the word in another form than was asked for, over every word and form. */
async function recallOf(ask: Ask, posts: readonly Post[]): Promise<number> {
  let wanted = 0;
  let found = 0;
  for (const [at, forms] of ASKED.entries()) {
    const truth = new Set<number>(posts.filter(({ asked }) => asked.includes(at)).map(({ id }) => id));
    for (const text of forms) {
      const { ids } = await ask(text, POSTS);
      wanted += truth.size;
      found += ids.filter((id) => truth.has(id)).length;
    }
  }
  return found / wanted;
}

async function measure(name: string, ask: Ask, isPlain: boolean): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { kind, plain, texts } of makeQueries()) {
    if (isPlain && !plain) continue;
    const times: number[] = [];
    let found = 0;
    let estimates = 0;
    for (const text of texts) {
      const { ms, value } = await timed(() => ask(text, 20));
      times.push(ms);
      found += value.total;
      estimates += value.isEstimate ? 1 : 0;
    }
    rows.push({
      engine: name,
      queries: kind,
      'p50 ms': quantile(times, 0.5),
      'p95 ms': quantile(times, 0.95),
      'found, mean': found / texts.length,
      'totals estimated': estimates / texts.length,
    });
  }
  return rows;
}

export async function benchSearch(): Promise<void> {
  const posts = makePosts(POSTS, 60, 3);
  const size = posts.reduce((sum, { text }) => sum + text.length, 0) / posts.length;
  console.log(
    `workload: ${POSTS} posts of ${Math.round(size)} characters (70 % Russian), ${QUERIES} queries of each kind, newest twenty and the total; recall over ${ASKED.flat().length} forms of ${ASKED.length} words\n`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'molva-bench-'));
  const morphology = await loadMorphology();
  const resources = { morphology } as TagResources;
  const db = await openStore(folder);
  await fillStore(db, posts);
  const fullText = await openFullText(db);
  const { index, server } = await startIndex(folder);
  const indexed = {
    meilisearch: (await timed(() => fillIndex(index, posts, morphology))).ms,
    fullText: (await timed(fullText.index)).ms,
  };
  const asking =
    (search: ReturnType<typeof openSearch>): Ask =>
    async (text, limit) => {
      const read = readSearchQuery(text, []);
      if ('issues' in read) throw new Error(`${text}: ${read.issues[0]?.message.en}`);
      const filters = { ...NO_FILTERS, mentionsOnly: false };
      return search.search({ query: read.query, filters, zone: 'UTC', limit, offset: 0 });
    };
  const deps = { resources, clock: systemClock, log };
  const alone = asking(openSearch(db, 'bench', deps));
  const contenders: [string, Ask][] = [
    ['Meilisearch', asking(openSearch(db, index, deps))],
    ['store alone (PGlite)', alone],
    ["PGlite's full text", fullText.ask],
  ];
  const rows: Row[] = [];
  for (const [name, ask] of contenders) rows.push(...(await measure(name, ask, ask === fullText.ask)));
  printTable(rows);
  // The store alone decides as Meilisearch does, by the evaluator.
  for (const [name, ask] of contenders.filter(([, ask]) => ask !== alone))
    console.log(`recall of other forms, ${name}: ${(await recallOf(ask, posts)).toFixed(3)}`);
  const perSecond = (ms: number): string => String(Math.round((POSTS / ms) * 1000));
  console.log(
    `indexing, posts a second: Meilisearch ${perSecond(indexed.meilisearch)}, PGlite's full text ${perSecond(indexed.fullText)}`,
  );
  await index.close();
  await server.stop();
  await db.close();
  rmSync(folder, { recursive: true, force: true });
}
