import { readAsk } from '../dashboards/analytics/ask.ts';
import type { BlockAsk } from '../dashboards/analytics/figure.ts';
import { blocks } from '../dashboards/analytics/registry.ts';
import { sidesOf } from '../dashboards/analytics/side.ts';
import { renderBlock } from '../dashboards/analytics/view.ts';
import type { DashboardDeps } from '../dashboards/deps.ts';
import { translator } from '../dashboards/texts.ts';
import type { Topic } from '../src/model/topic.ts';
import { countSlots, foldMentionHours, listMentionKinds, type MentionKind } from '../src/store/analytics.ts';
import type { Database } from '../src/store/db.ts';
import { migrate } from '../src/store/migrate.ts';
import { openPglite } from '../src/store/pglite.ts';
import { syncSources } from '../src/store/sources.ts';
import { listTopics } from '../src/store/topics.ts';
import { describeMachine } from './report.ts';

const DAY_MS = 86_400_000;
const TO = new Date('2026-11-30T21:00:00Z');
const RUNS = 7;

/** So many posts, 100,000 of them in the last 30 days, in ten topics, 200 sources and 30,000 authors; triggers count them as they come. */
async function fill(db: Database, posts: number): Promise<void> {
  await db.query(
    `insert into topics (key, name, query, origin, enabled, updated_at) select 't' || n, 'Topic ' || n, 'x', 'user', true, now() from generate_series(1, 10) n`,
  );
  const sources = Array.from({ length: 200 }, (_, n) => ({
    key: `s${n}`,
    kind: 'feed',
    name: `Source ${n}`,
    url: `https://s${n}.example/`,
    settings: {},
    schedule: { kind: 'fixed' as const },
    enabled: true,
    everyMs: DAY_MS,
  }));
  await syncSources(db, sources, TO);
  await db.query(
    `insert into authors (site, handle) select 'site.example', 'a' || n from generate_series(1, 30000) n`,
  );
  for (let from = 1; from <= posts; from += 20_000) {
    const to = Math.min(posts, from + 19_999);
    await db.query(
      `insert into documents (source_id, external_id, url, kind, text, author_id, published_at, found_at, updated_at, content_hash)
      select 1 + (random() * random() * 199)::int, n, 'https://s.example/' || n, 'post', 'words', 1 + (random() * random() * 29999)::int, at, at, at, ''
      from (select n, $3::timestamptz - n * interval '25.92 seconds' as at from generate_series($1::int, $2::int) n) d`,
      [from, to, TO],
    );
    await db.query(
      `insert into tags (document_id, kind, version, value) select id, 'language', '1', jsonb_build_object('code', (array['ru', 'en', 'uk'])[1 + (random() * random() * 2)::int]) from documents where id between $1 and $2`,
      [from, to],
    );
    await db.query(
      `insert into mentions (document_id, topic_id, spans, sentiment, complaint, created_at)
      select id, 1 + (random() * random() * 9)::int, '[]', jsonb_build_object('label', (array['neutral', 'negative', 'positive', 'unsure'])[1 + (random() * random() * 3)::int]),
        jsonb_build_object('isComplaint', random() < 0.1, 'reason', (array['delivery', 'price', 'staff', 'quality'])[1 + (random() * 3)::int]), now() from documents where id between $1 and $2`,
      [from, to],
    );
    if (from % 100_000 === 1) process.stdout.write(`  ${from - 1} posts\n`);
  }
}

/** Median of processor time and of waiting, in ms. */
async function timed(name: string, work: () => Promise<unknown>): Promise<number> {
  await work();
  const runs: [number, number][] = [];
  for (let run = 0; run < RUNS; run++) {
    const [cpu, wall] = [process.cpuUsage(), performance.now()];
    await work();
    const { user, system } = process.cpuUsage(cpu);
    runs.push([(user + system) / 1000, performance.now() - wall]);
  }
  const median = (of: (run: [number, number]) => number): number =>
    runs.map(of).sort((a, b) => a - b)[RUNS >> 1] ?? 0;
  process.stdout.write(
    `  ${name.padEnd(36)} ${median(([cpu]) => cpu)
      .toFixed(1)
      .padStart(7)} ms processor, ${median(([, wall]) => wall).toFixed(1)} ms\n`,
  );
  return median(([cpu]) => cpu);
}

function askOf(db: Database, address: string, kinds: MentionKind[], topics: Topic[]): BlockAsk {
  const t = translator('en');
  const viewer = {
    user: null,
    csrf: '',
    language: 'en' as const,
    zone: 'Europe/Moscow',
    t,
    path: '',
    now: new Date(TO.getTime() - 1),
  };
  const params = new URLSearchParams(address);
  const ask = readAsk({ ...Object.fromEntries(params), topic: params.getAll('topic') }, topics, viewer);
  // Blocks ask it for nothing else, but for the phrases, which are not timed here.
  const deps = { db } as DashboardDeps;
  return { deps, viewer, ask, since: new Date(0), ...sidesOf(db, kinds, ask) };
}

/** All that the page does of itself: reading, and drawing. */
async function renderPage(db: Database, address: string): Promise<number> {
  const asked = askOf(db, address, await listMentionKinds(db), await listTopics(db));
  let letters = 0;
  for (const block of blocks) {
    const isLate = block.isLow || block.isSlow?.(asked.ask) || block.key === 'phrases';
    const figure = isLate ? null : await block.read(asked);
    if (figure)
      letters += renderBlock(asked.viewer, block, figure, {
        ask: asked.ask,
        hasPictures: true,
        isAlone: false,
      }).value.length;
  }
  return letters;
}

/** What the page of analytics costs, for 30 days of 100,000 posts among all. [posts] */
export async function benchAnalytics(): Promise<void> {
  process.stdout.write(`${describeMachine()}\n`);
  const posts = Number(process.argv[3] ?? 200_000);
  const db = await openPglite('memory');
  await migrate(db, TO);
  const begun = performance.now();
  await fill(db, posts);
  process.stdout.write(`${posts} posts came in ${((performance.now() - begun) / 1000).toFixed(0)} s\n`);
  const folding = performance.now();
  const loose = await foldMentionHours(db);
  process.stdout.write(`${loose} rows of hours folded in ${(performance.now() - folding).toFixed(0)} ms\n`);
  const [kinds, topics] = [await listMentionKinds(db), await listTopics(db)];
  for (const address of [
    'days=30',
    'days=30&topic=t2',
    'days=30&topic=t1&topic=t2&with=none',
    'days=7',
    'days=90',
  ]) {
    process.stdout.write(`${address}\n`);
    await timed('the whole page', () => renderPage(db, address));
    if (!address.startsWith('days=30')) continue;
    for (const block of blocks)
      if (block.key !== 'phrases')
        await timed(`  ${block.key}`, () => block.read(askOf(db, address, kinds, topics)));
  }
  const plain = { from: new Date(TO.getTime() - 30 * DAY_MS), to: TO };
  const tones = new Map(kinds.map(({ id, said }) => [id, said[0]?.tone.length ?? 0]));
  await timed('hours and tones', () => countSlots(db, plain, tones, false));
  await timed('hours and tones, post by post', () => countSlots(db, plain, tones, true));
  await timed('hours, by mentions and documents', () =>
    db.query(
      `select date_trunc('hour', coalesce(d.published_at, d.found_at)) as hour, m.sentiment->>'label' as tone, count(distinct d.id)::int as n
       from mentions m join documents d on d.id = m.document_id where m.basket_at is null
         and coalesce(d.published_at, d.found_at) >= $1 and coalesce(d.published_at, d.found_at) < $2 group by 1, 2`,
      [plain.from, plain.to],
    ),
  );
  await db.close();
}
