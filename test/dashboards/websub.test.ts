import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { findCrawler } from '../../crawlers/registry.ts';
import { createHttp } from '../../src/fetch/http.ts';
import { crawlSource } from '../../src/jobs/crawl.ts';
import type { JobDeps } from '../../src/jobs/deps.ts';
import { keepSubscriptions } from '../../src/jobs/websub.ts';
import type { SourceId } from '../../src/model/ids.ts';
import { addUserSource, removeUserSource } from '../../src/store/user-sources.ts';
import { subscriptionOf } from '../../src/store/websub.ts';
import { rss } from '../jobs/local-sites.ts';
import { createWorker } from '../jobs/worker.ts';
import { startHub } from '../support/hub.ts';
import { countRows, sourceDefinition } from '../support/rows.ts';
import { truncate } from '../support/store.ts';
import { NOW, openDashboard, type TestDashboard } from './dashboard.ts';

const FEED = 'https://blog.example/feed';
const DAY = 86_400_000;
let dashboard: TestDashboard;
let server: Server;
let base: string;
let hub: Awaited<ReturnType<typeof startHub>>;
let jobs: JobDeps;
let source: SourceId;

beforeAll(async () => {
  dashboard = await openDashboard();
  server = dashboard.app.listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

beforeEach(async () => {
  await truncate(dashboard.db);
  dashboard.setNow(NOW);
  dashboard.asked.length = 0;
  hub = await startHub();
  const http = createHttp({ userAgent: 'test', allowPrivate: ['127.0.0.1'] });
  const text = rss(
    'Blog',
    ['one'],
    `<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="${hub.url}"/>`,
  );
  const page = { url: FEED, text, contentType: 'application/rss+xml', charset: 'utf-8', validators: {} };
  jobs = await createWorker(dashboard.db, {
    queue: dashboard.deps.queue,
    clock: dashboard.deps.clock,
    changes: { findCrawler, fetchFor: () => async () => page, websub: { http, publicUrl: base } },
  });
  source = await addUserSource(dashboard.db, sourceDefinition('blog', { url: FEED }), NOW);
  await crawlSource(jobs, { sourceId: source }, new AbortController().signal);
  return () => hub.close();
});

const row = () => subscriptionOf(dashboard.db, source);
const pass = (ms: number) => dashboard.setNow(new Date(dashboard.deps.clock.now().getTime() + ms));

it('subscribes at the hub that a feed names, once, and is verified', async () => {
  expect(await keepSubscriptions(jobs)).toBe(1);
  expect(await keepSubscriptions(jobs)).toBe(0);
  expect([hub.asked, hub.answers]).toEqual([['subscribe'], [200]]);
  expect([...hub.held.values()]).toMatchObject([
    { topic: FEED, secret: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
  expect(await row()).toMatchObject({
    state: 'active',
    expiresAt: new Date(NOW.getTime() + 10 * DAY),
    failures: 0,
  });
});

it('has the source read when the hub signs its news, by any of the four methods', async () => {
  await keepSubscriptions(jobs);
  for (const method of ['sha1', 'sha256', 'sha384', 'sha512']) {
    dashboard.asked.length = 0;
    expect(await hub.publish('<rss/>', method)).toEqual([202]);
    expect(dashboard.asked, method).toEqual([`crawl now ${source}`]);
  }
  expect((await row())?.lastPushAt).toEqual(NOW);
});

it('takes no notice of news that is signed wrongly or not at all, and does not say so', async () => {
  await keepSubscriptions(jobs);
  const before = dashboard.asked.length;
  const [callback = ''] = hub.held.keys();
  expect(await hub.publish('<rss/>', 'sha256', 'a guess')).toEqual([202]);
  expect(await hub.publish('<rss/>', 'md5')).toEqual([202]);
  expect((await fetch(callback, { method: 'POST', body: 'x' })).status).toBe(202);
  expect(dashboard.asked.length).toBe(before);
});

it('confirms nothing that was not asked for', async () => {
  await keepSubscriptions(jobs);
  const [callback = ''] = hub.held.keys();
  const ask = async (query: Record<string, string>) =>
    (await fetch(`${callback}?${new URLSearchParams({ 'hub.challenge': 'c', 'hub.topic': FEED, ...query })}`))
      .status;
  // It was asked for, and has been confirmed: once is enough.
  expect(await ask({ 'hub.mode': 'subscribe' })).toBe(404);
  expect(await ask({ 'hub.mode': 'unsubscribe' })).toBe(404);
  pass(9 * DAY);
  hub.answerWith(500);
  await keepSubscriptions(jobs);
  expect(await ask({ 'hub.mode': 'subscribe', 'hub.topic': 'https://other.example/' })).toBe(404);
  expect(await ask({ 'hub.mode': 'subscribe' })).toBe(200);
  expect((await fetch(`${base}/hooks/websub/unknown`)).status).toBe(410);
  expect((await fetch(`${base}/hooks/websub/unknown`, { method: 'POST', body: 'x' })).status).toBe(410);
});

it('refuses news that is too large', async () => {
  await keepSubscriptions(jobs);
  expect(await hub.publish('x'.repeat(5_300_000))).toEqual([413]);
});

it('renews before the lease ends, and tries again what failed', async () => {
  await keepSubscriptions(jobs);
  pass(7 * DAY);
  expect(await keepSubscriptions(jobs)).toBe(0);
  pass(1.5 * DAY);
  hub.answerWith(503);
  await keepSubscriptions(jobs);
  expect(await row()).toMatchObject({ state: 'active', trouble: expect.stringContaining('503') });
  hub.answerWith(202);
  pass(30 * 60_000);
  await keepSubscriptions(jobs);
  expect(await row()).toMatchObject({
    state: 'active',
    trouble: null,
    expiresAt: new Date(dashboard.deps.clock.now().getTime() + 10 * DAY),
  });
});

it('is told when the hub refuses, and polls on', async () => {
  hub.answerWith(403);
  await keepSubscriptions(jobs);
  expect(await row()).toMatchObject({ state: 'failed', trouble: expect.stringContaining('403') });
});

it('says goodbye when the source is removed', async () => {
  await keepSubscriptions(jobs);
  expect(await dashboard.db.transaction((tx) => removeUserSource(tx, source, NOW))).toBe('hidden');
  await keepSubscriptions(jobs);
  expect([hub.asked, hub.held.size]).toEqual([['subscribe', 'unsubscribe'], 0]);
  expect(await countRows(dashboard.db, 'websub_subscriptions')).toBe(0);
});

it('asks no hub while it cannot be reached from outside', async () => {
  expect(await keepSubscriptions({ ...jobs, websub: undefined })).toBe(0);
  expect([hub.asked, (await row())?.state]).toEqual([[], 'pending']);
});
