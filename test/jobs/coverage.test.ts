import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { measureCoverage, refreshCoverage } from '../../src/jobs/coverage.ts';
import { randomFrom } from '../../src/lib/random.ts';
import type { SourceId } from '../../src/model/ids.ts';
import { readCoverage } from '../../src/store/coverage.ts';
import type { Database } from '../../src/store/db.ts';
import { saveDocuments } from '../../src/store/save-documents.ts';
import { addVisit } from '../../src/store/source-visits.ts';
import { addSources, found, later, NOW } from '../support/rows.ts';
import { openTestPglite, truncate } from '../support/store.ts';
import { createHandQueue, createTestClock, createWorker } from './worker.ts';

const DAY = 86_400_000;
let db: Database;
let feed: SourceId;
let walk: SourceId;
const clock = createTestClock();

beforeAll(async () => {
  db = await openTestPglite();
});
afterAll(() => db.close());
beforeEach(async () => {
  await truncate(db);
  [feed, walk] = (await addSources(db, 'feed', 'walk')) as [SourceId, SourceId];
  for (const source of [feed, walk]) await visit(source, later(-20 * DAY));
});

const visit = (source: SourceId, at: Date) =>
  addVisit(db, source, {
    at,
    pages: 1,
    lists: 1,
    links: 1,
    documents: 0,
    stored: 0,
    withAuthor: 0,
    withDate: 0,
    error: null,
  });

const words = (n: number): string =>
  `Пост номер ${n}: ${['чай', 'кофе', 'вода'][n % 3]} ${'очень длинный рассказ о доставке '.repeat(3)}, часть ${n}`;

const post = (n: number, change = {}) => ({
  ...found(String(n), { url: `https://site.example/t/1#p${n}`, text: words(n) }),
  publishedAt: later(-10 * DAY + n * 60_000),
  ...change,
});

/** The same posts as a feed tells them: other ids, other addresses, the beginning of the text. */
const excerpt = (n: number) =>
  post(n, {
    externalId: `guid-${n}`,
    url: `http://www.site.example/t/1/?p=${n}`,
    kind: 'article',
    text: `${words(n).slice(0, 110)}…`,
  });

const save = (source: SourceId, posts: ReturnType<typeof post>[]) => saveDocuments(db, source, posts, NOW);

it('tells posts that both ways found by their address or by how their text begins', async () => {
  await save(
    walk,
    [1, 2, 3].map((n) => post(n)),
  );
  await save(feed, [
    post(1, { externalId: 'g1', url: 'http://www.site.example/t/1#p1', text: 'Короткое' }),
    excerpt(2),
    excerpt(9),
  ]);
  const { sites, overall } = await measureCoverage({ db, clock });
  expect(sites).toEqual([
    { site: 'site.example', ways: ['feed', 'walk'], first: 3, second: 3, both: 2, any: 4, estimate: null },
  ]);
  expect(overall).toBeNull();
});

it('estimates how many there are, and the interval holds the truth', async () => {
  const random = randomFrom(3);
  const all = Array.from({ length: 300 }, (_, n) => n);
  await save(
    walk,
    all.filter(() => random() < 0.8).map((n) => post(n)),
  );
  await save(feed, all.filter(() => random() < 0.5).map(excerpt));
  const { sites, overall, looked } = await measureCoverage({ db, clock });
  const [site] = sites;
  expect(looked).toBeGreaterThan(350);
  expect(site!.estimate!.low).toBeLessThanOrEqual(300);
  expect(site!.estimate!.high).toBeGreaterThanOrEqual(300);
  expect(site!.estimate!.share).toBeCloseTo(0.9, 1);
  expect(site!.estimate!.shareLow).toBeLessThan(site!.any / 300);
  expect(overall!.total).toBeCloseTo(site!.estimate!.total, 6);
});

it('counts only what both could have found: since both are watched, and of the last day nothing', async () => {
  await db.query('delete from source_visits where source_id = $1', [feed]);
  await visit(feed, later(-5 * DAY));
  await save(walk, [
    post(1),
    post(2, { publishedAt: later(-3 * DAY) }),
    post(3, { publishedAt: later(-DAY / 2) }),
  ]);
  await save(feed, [{ ...excerpt(2), publishedAt: later(-3 * DAY) }]);
  expect((await measureCoverage({ db, clock })).sites).toMatchObject([
    { first: 1, second: 1, both: 1, any: 1 },
  ]);
});

it('leaves comments out where one of the ways brings none', async () => {
  await save(walk, [
    post(1, { kind: 'article' }),
    post(2, { kind: 'comment' }),
    post(3, { kind: 'comment' }),
  ]);
  await save(feed, [excerpt(1)]);
  expect((await measureCoverage({ db, clock })).sites).toMatchObject([
    { first: 1, second: 1, both: 1, any: 1 },
  ]);
});

it('says nothing of a site that one source watches, nor of copies on other sites', async () => {
  await save(walk, [post(1)]);
  await save(feed, [{ ...excerpt(1), url: 'https://copy.example/1' }]);
  expect((await measureCoverage({ db, clock })).sites).toEqual([]);
});

it('is worked out anew every six hours', async () => {
  const own = createTestClock();
  const deps = await createWorker(db, { queue: createHandQueue().queue, clock: own });
  expect([await refreshCoverage(deps), await refreshCoverage(deps)]).toEqual([true, false]);
  own.pass(6 * 3_600_000);
  expect(await refreshCoverage(deps)).toBe(true);
  expect((await readCoverage(db))?.report.sites).toEqual([]);
});
