import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { crawlSource, enqueueDueSources } from '../../src/jobs/crawl.ts';
import { PermanentError, RetryLaterError } from '../../src/lib/errors.ts';
import type { SourceId } from '../../src/model/ids.ts';
import type { CrawlBatch, CrawlContext, Page } from '../../src/model/ports.ts';
import type { Database } from '../../src/store/db.ts';
import { claimDueSources, listSources } from '../../src/store/sources.ts';
import { addSources, countRows, found, later, MINUTE, NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';
import { crawlerOf, createHandQueue, createTestClock, createWorker, type WorkerOptions } from './worker.ts';

const never = new AbortController().signal;
type Pages = (ctx: CrawlContext, state: unknown) => AsyncIterable<CrawlBatch>;

describe.each(DRIVERS)('a visit on %s', (kind) => {
  let db: Database;
  let source: SourceId;
  let hand: ReturnType<typeof createHandQueue>;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    [source] = (await addSources(db, 'forum')) as [SourceId];
    hand = createHandQueue();
  });
  const depsFor = (pages: Pages, changes: WorkerOptions['changes'] = {}) =>
    createWorker(db, { queue: hand.queue, clock: createTestClock(), crawler: crawlerOf(pages), changes });
  const stored = async () => (await listSources(db))[0]!;

  it('stores each batch with the state behind it, and enqueues its documents', async () => {
    const deps = await depsFor(async function* () {
      yield { documents: [found('1'), found('2')], state: { page: 1 } };
      yield { documents: [found('2'), found('3')], state: { page: 2 } };
    });
    expect(await crawlSource(deps, { sourceId: source }, never)).toEqual({
      stored: 3,
      seen: 4,
      deleted: 0,
      error: null,
    });
    expect(await stored()).toMatchObject({ state: { page: 2 }, lastSuccessAt: NOW });
    expect(hand.take().map(({ data }) => data)).toEqual([
      { documentIds: [1, 2] },
      { documentIds: [expect.any(Number)] },
    ]);
  });

  it('keeps what was read before an error, and goes on from there', async () => {
    const states: unknown[] = [];
    const deps = await depsFor(async function* (_ctx, state) {
      states.push(state);
      yield { documents: [found('1')], state: { page: 1 } };
      throw new PermanentError('http-404', 'gone');
    });
    expect(await crawlSource(deps, { sourceId: source }, never)).toMatchObject({ stored: 1, error: 'gone' });
    await crawlSource(deps, { sourceId: source }, never);
    expect(states).toEqual([null, { page: 1 }]);
    expect(await stored()).toMatchObject({
      failures: 2,
      lastError: { code: 'http-404', message: 'gone', at: NOW },
    });
  });

  it('stores neither documents nor state of a batch that cannot be stored as a whole', async () => {
    const deps = await depsFor(async function* () {
      yield { documents: [found('1'), found('2', { kind: null as never })], state: { page: 1 } };
    });
    expect((await crawlSource(deps, { sourceId: source }, never)).error).toMatch(/null value/);
    expect([await countRows(db, 'documents'), (await stored()).state]).toEqual([0, null]);
    expect(hand.take()).toEqual([]);
  });

  it('waits as long as the server asked', async () => {
    const deps = await depsFor(async function* () {
      yield { documents: [], state: null };
      throw new RetryLaterError('http-429', 'slow down', { delayMs: 3_600_000 });
    });
    await crawlSource(deps, { sourceId: source }, never);
    expect((await stored()).nextRunAt).toEqual(later(3_600_000));
  });

  it('is tried soon after a passing error, and more rarely the longer an error lasts', async () => {
    const delays: number[] = [];
    let error: Error = new RetryLaterError('timeout', 't');
    const deps = await depsFor(async function* () {
      yield { documents: [], state: null };
      throw error;
    });
    for (let i = 0; i < 8; i++) {
      if (i === 4) error = new PermanentError('http-404', 'p');
      await crawlSource(deps, { sourceId: source }, never);
      delays.push((await stored()).nextRunAt.getTime() - NOW.getTime());
    }
    expect(delays[0]).toBeLessThanOrEqual(36_000);
    expect(Math.max(...delays.slice(0, 4))).toBeLessThanOrEqual(12 * MINUTE);
    expect(delays[7]).toBeGreaterThan(10 * 60 * MINUTE);
    expect(Math.max(...delays)).toBeLessThanOrEqual(1.2 * 24 * 60 * MINUTE);
  });

  it('of a kind that nobody knows is an error of the source', async () => {
    const deps = await depsFor(async function* () {}, { findCrawler: () => undefined });
    expect((await crawlSource(deps, { sourceId: source }, never)).error).toMatch(/no crawler of kind/);
  });

  it('stores the address that the source has moved to', async () => {
    const page: Page = {
      url: 'https://b.example/',
      movedTo: 'https://b.example/',
      contentType: 'text/html',
      text: '',
      charset: 'utf-8',
      validators: {},
    };
    const deps = await depsFor(
      async function* (ctx) {
        await ctx.fetch('https://forum.example/feed');
        yield { documents: [], state: null };
      },
      { fetchFor: () => async () => page },
    );
    await crawlSource(deps, { sourceId: source }, never);
    expect((await stored()).url).toBe('https://b.example/');
  });

  it('that the program ended is due again at once, without an error', async () => {
    const stop = new AbortController();
    const deps = await depsFor(async function* (ctx) {
      yield { documents: [found('1')], state: { page: 1 } };
      stop.abort();
      ctx.signal.throwIfAborted();
    });
    await claimDueSources(db, NOW, 10);
    expect((await crawlSource(deps, { sourceId: source }, stop.signal)).error).toBeNull();
    expect(await stored()).toMatchObject({ failures: 0, state: { page: 1 } });
    expect(await claimDueSources(db, NOW, 10)).toEqual([source]);
  });

  it('that takes too long is no failure when it got no further than the lists of a slow site', async () => {
    const deps = await depsFor(async function* ({ signal }) {
      yield { documents: [], state: null, read: { role: 'list', links: 9 } };
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    });
    expect(await crawlSource(deps, { sourceId: source }, never, 50)).toMatchObject({ error: null });
    expect(await stored()).toMatchObject({ lastError: null, failures: 0 });
  });

  it('that takes too long ends as a success when it brought something, and as a time-out when not', async () => {
    let documents = [found('1')];
    const deps = await depsFor(async function* (ctx) {
      if (documents.length > 0) yield { documents, state: { page: 1 } };
      await new Promise((_resolve, reject) =>
        ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason)),
      );
    });
    expect((await crawlSource(deps, { sourceId: source }, never, 200)).error).toBeNull();
    expect(await stored()).toMatchObject({ lastSuccessAt: NOW, failures: 0 });
    documents = [];
    await crawlSource(deps, { sourceId: source }, never, 20);
    expect((await stored()).lastError?.code).toBe('timeout');
  });

  it('of one broken source does not stop the others', async () => {
    await addSources(db, 'forum', 'good');
    const deps = await depsFor(async function* () {
      yield { documents: [], state: null };
    });
    expect(await enqueueDueSources(deps)).toBe(2);
    expect(await enqueueDueSources(deps)).toBe(0);
    const broken = await depsFor(() => {
      throw new Error('bug');
    });
    const [first, second] = hand.take();
    expect((await crawlSource(broken, first!.data, never)).error).toBe('bug');
    expect((await crawlSource(deps, second!.data, never)).error).toBeNull();
  });
});
