import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { findCrawler } from '../../crawlers/registry.ts';
import { crawlSource } from '../../src/jobs/crawl.ts';
import { createSubscriptions } from '../../src/jobs/events/subscriptions.ts';
import { checkCanaries, judgeSources } from '../../src/jobs/source-health.ts';
import type { SourceId } from '../../src/model/ids.ts';
import type { Page } from '../../src/model/ports.ts';
import type { Database } from '../../src/store/db.ts';
import { listKeptPages } from '../../src/store/kept-pages.ts';
import { countByDay, listHealth, readCanary, setCanary } from '../../src/store/source-health.ts';
import { listVisits } from '../../src/store/source-visits.ts';
import { addSources } from '../support/rows.ts';
import { openTestPglite, truncate } from '../support/store.ts';
import { rss } from './local-sites.ts';
import { createHandQueue, createTestClock, createWorker, hears, type TestClock } from './worker.ts';

const never = new AbortController().signal;
let db: Database;
let source: SourceId;
let clock: TestClock;
let text = '';
beforeAll(async () => {
  db = await openTestPglite();
});
afterAll(() => db.close());
beforeEach(async () => {
  await truncate(db);
  [source] = (await addSources(db, 'blog')) as [SourceId];
  clock = createTestClock();
});

async function worker() {
  const page = (url: string): Page => ({
    url,
    text,
    contentType: 'application/rss+xml',
    charset: 'utf-8',
    validators: {},
  });
  return createWorker(db, {
    queue: createHandQueue().queue,
    clock,
    changes: { findCrawler, fetchFor: () => async (url) => page(url) },
  });
}

it('remembers of each visit what it brought, and the pages before and after it broke', async () => {
  const deps = await worker();
  text = rss('Blog', ['one', 'two']);
  await crawlSource(deps, { sourceId: source }, never);
  clock.pass(24 * 3_600_000);
  text = '<?xml version="1.0"?><rss version="2.0"><channel><title>Blog</title></channel></rss>';
  await crawlSource(deps, { sourceId: source }, never);
  expect(await listVisits(db, source, 5)).toMatchObject([
    { pages: 1, lists: 1, documents: 0, links: 0, error: null },
    { pages: 1, documents: 2, stored: 2, withAuthor: 2, withDate: 2 },
  ]);
  const kept = await listKeptPages(db, source);
  expect(kept.map(({ isGood, role }) => [role, isGood])).toEqual([
    ['list', true],
    ['list', false],
  ]);
  expect(kept[0]?.text).toContain('one');
  expect(kept[1]?.text).toBe(text);
  expect((await countByDay(db, clock.now(), 7)).get(source)).toHaveLength(7);
});

it('judges after a visit and keeps the judgement', async () => {
  const deps = await worker();
  text = rss('Blog', ['one']);
  await crawlSource(deps, { sourceId: source }, never);
  expect(await judgeSources(deps)).toBe(1);
  expect((await listHealth(db)).get(source)).toMatchObject({ state: 'ok', code: 'works' });
  expect(await judgeSources(deps)).toBe(0);
});

it('looks once a day whether a known page still says what it said', async () => {
  const deps = await worker();
  text = rss('Blog', ['The one and only']);
  await setCanary(db, source, { url: 'https://blog.example/feed', text: 'one  AND only' });
  expect([await checkCanaries(deps), await checkCanaries(deps)]).toEqual([1, 0]);
  expect((await readCanary(db, source)).result?.error).toBeNull();
  clock.pass(25 * 3_600_000);
  text = rss('Blog', ['Something else']);
  await checkCanaries(deps);
  expect((await readCanary(db, source)).result?.error).toBe('missing-words');
  await crawlSource(deps, { sourceId: source }, never);
  await judgeSources(deps);
  expect((await listHealth(db)).get(source)).toMatchObject({ state: 'broken', code: 'canary' });
});

it('tells those who asked for it when a source breaks, once each time', async () => {
  const own = await worker();
  const bus = hears('bus', { events: ['source.failing'] });
  const deps = { ...own, subscriptions: createSubscriptions([bus, hears('crm')], own.resources, own.log) };
  text = rss('Blog', ['one']);
  await crawlSource(deps, { sourceId: source }, never);
  const judge = async (failures: number): Promise<void> => {
    const error = failures > 0 ? { code: 'timeout', message: 'slow', at: clock.now().toISOString() } : null;
    await db.query('update sources set failures = $1, last_error = $2::jsonb', [
      failures,
      error === null ? null : JSON.stringify(error),
    ]);
    clock.pass(31 * 60_000);
    await judgeSources(deps);
  };
  const told = () =>
    db.query<{ endpoint: string; payload: object }>('select endpoint, payload from deliveries order by seq');
  for (const failures of [0, 20, 21]) await judge(failures);
  expect(await told()).toMatchObject([
    { endpoint: 'bus', payload: { source: { key: 'blog' }, message: 'It did not answer in time.' } },
  ]);
  for (const failures of [0, 20]) await judge(failures);
  expect(await told()).toHaveLength(2);
});
