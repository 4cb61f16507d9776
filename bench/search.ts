import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { loadMorphology } from '../src/lib/morphology.ts';
import type { DocumentId, SourceId } from '../src/model/ids.ts';
import type { IndexSource, SearchEngine } from '../src/model/search.ts';
import { NO_FILTERS } from '../src/model/search.ts';
import { findBinary } from '../src/search/binary.ts';
import { createMeilisearch } from '../src/search/meilisearch.ts';
import { startMeilisearch } from '../src/search/process.ts';
import { toRecord } from '../src/search/record.ts';
import { saveDocuments } from '../src/store/documents.ts';
import { searchFullText } from '../src/store/full-text.ts';
import { migrate } from '../src/store/migrate.ts';
import { openPglite } from '../src/store/pglite.ts';
import { syncSources } from '../src/store/sources.ts';
import { ASKED, makePosts, type Post } from './posts.ts';
import { pick, randomFrom } from './random.ts';
import { printTable, quantile, type Row, timed } from './report.ts';

const POSTS = 20_000;
const QUERIES = 200;
const BATCH = 200;

interface Contender {
  name: string;
  index(): Promise<void>;
  engine: SearchEngine;
}

function batches(posts: readonly Post[]): Post[][] {
  return Array.from({ length: Math.ceil(posts.length / BATCH) }, (_, at) =>
    posts.slice(at * BATCH, (at + 1) * BATCH),
  );
}

function toSource(post: Post): IndexSource {
  const { id, title, text, language } = post;
  const time = new Date(Date.UTC(2026, 0, 1) + id * 60_000);
  return {
    id: id as DocumentId,
    title,
    text,
    url: `https://example.org/${id}`,
    source: 'bench',
    kind: 'article',
    site: null,
    authorHandle: null,
    authorName: null,
    language,
    time,
    touchedAt: time,
    mentions: [],
  };
}

async function openStore(
  folder: string,
  posts: readonly Post[],
): Promise<Contender & { close(): Promise<void> }> {
  const db = await openPglite(join(folder, 'pglite'));
  const now = new Date();
  await migrate(db, now);
  await syncSources(
    db,
    [
      {
        key: 'bench',
        kind: 'feed',
        name: 'bench',
        url: 'https://example.org/',
        settings: {},
        everyMs: 1e6,
        schedule: { kind: 'fixed' },
        enabled: true,
      },
    ],
    now,
  );
  const index = async (): Promise<void> => {
    for (const batch of batches(posts)) {
      const found = batch.map(({ id, title, text }) => ({
        externalId: String(id),
        url: `https://example.org/${id}`,
        kind: 'article' as const,
        title,
        text,
      }));
      await db.transaction((tx) => saveDocuments(tx, 1 as SourceId, found, now));
    }
  };
  return {
    name: "store's full text (PGlite)",
    index,
    engine: { search: (request) => searchFullText(db, request) },
    close: () => db.close(),
  };
}

async function openMeili(
  folder: string,
  posts: readonly Post[],
): Promise<Contender & { close(): Promise<void> }> {
  const morphology = await loadMorphology();
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
    log: pino({ level: 'silent' }),
  });
  const meili = createMeilisearch({ url: server.url, key: server.key, index: 'bench', morphology });
  for (let i = 0; i < 200 && (await meili.identity().catch(() => 'away')) === 'away'; i++)
    await new Promise((done) => setTimeout(done, 50));
  async function* records() {
    for (const batch of batches(posts)) yield batch.map((post) => toRecord(toSource(post), morphology));
  }
  return {
    name: 'Meilisearch, lemmas',
    index: async () => void (await meili.rebuild(records())),
    engine: meili,
    close: async () => {
      await meili.close();
      await server.stop();
    },
  };
}

/** One or two words in any form, newest twenty. */
function makeQueries(): string[] {
  const random = randomFrom(5);
  return Array.from({ length: QUERIES }, () => {
    const first = pick(random, pick(random, ASKED));
    return random() < 0.5 ? first : `${first} ${pick(random, ['магазин', 'сегодня', 'price', 'today'])}`;
  });
}

/** Share of the posts that hold the word in another form than was asked for, over every word and form. */
async function recallOf(engine: SearchEngine, posts: readonly Post[]): Promise<number> {
  let wanted = 0;
  let found = 0;
  for (const [at, forms] of ASKED.entries()) {
    const truth = new Set<number>(posts.filter(({ asked }) => asked.includes(at)).map(({ id }) => id));
    for (const text of forms) {
      const { ids } = await engine.search({ ...NO_FILTERS, mentionsOnly: false, text, limit: POSTS });
      wanted += truth.size;
      found += ids.filter((id) => truth.has(id)).length;
    }
  }
  return found / wanted;
}

async function measure({ name, index, engine }: Contender, posts: readonly Post[]): Promise<Row> {
  const indexing = await timed(index);
  const times: number[] = [];
  for (const text of makeQueries())
    times.push((await timed(() => engine.search({ ...NO_FILTERS, mentionsOnly: false, text }))).ms);
  return {
    engine: name,
    'docs/s': (posts.length / indexing.ms) * 1000,
    'p50 ms': quantile(times, 0.5),
    'p95 ms': quantile(times, 0.95),
    'recall of forms': await recallOf(engine, posts),
  };
}

export async function benchSearch(): Promise<void> {
  const posts = makePosts(POSTS, 60, 3);
  const size = posts.reduce((sum, { text }) => sum + text.length, 0) / posts.length;
  console.log(
    `workload: ${POSTS} posts of ${Math.round(size)} characters (70 % Russian), ${QUERIES} queries with totals; recall over ${ASKED.flat().length} forms of ${ASKED.length} words\n`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'molva-bench-'));
  const rows: Row[] = [];
  for (const open of [openMeili, openStore]) {
    const contender = await open(folder, posts);
    rows.push(await measure(contender, posts));
    await contender.close();
  }
  rmSync(folder, { recursive: true, force: true });
  printTable(rows);
  const [meili, store] = rows;
  console.log(
    `\nMeilisearch against the store: indexing ×${(Number(meili?.['docs/s']) / Number(store?.['docs/s'])).toFixed(2)}, p50 ×${(Number(store?.['p50 ms']) / Number(meili?.['p50 ms'])).toFixed(1)} faster, p95 ×${(Number(store?.['p95 ms']) / Number(meili?.['p95 ms'])).toFixed(1)} faster`,
  );
}
