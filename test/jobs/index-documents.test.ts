import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSearch } from '../../src/app/store-search.ts';
import type { JobDeps } from '../../src/jobs/deps.ts';
import {
  createIndexState,
  type IndexState,
  indexBehind,
  rebuildIndex,
} from '../../src/jobs/index-documents.ts';
import type { SearchIndex } from '../../src/search/meilisearch.ts';
import type { Database } from '../../src/store/db.ts';
import { countBehind } from '../../src/store/index-queue.ts';
import { forgetIndex, holdIndex } from '../../src/store/index-state.ts';
import { touchDocuments } from '../../src/store/progress.ts';
import { deleteOldDocuments } from '../../src/store/retention.ts';
import { asking, requestOf } from '../search/asking.ts';
import { meilisearchBinary, startTestServer, type TestServer } from '../search/server.ts';
import { addDocument, addSources, later, NOW } from '../support/rows.ts';
import { openTestStore, truncate } from '../support/store.ts';
import { createHandQueue, createTestClock, createWorker, log, type TestClock } from './worker.ts';

const binary = await meilisearchBinary();
const request = requestOf('ромашка');

describe.skipIf(binary === '')('the index and the store', () => {
  let server: TestServer;
  let db: Database;
  let index: SearchIndex;
  let deps: JobDeps;
  let clock: TestClock;
  let state: IndexState;
  let tests = 0;
  beforeAll(async () => {
    [server, db] = await Promise.all([startTestServer(binary), openTestStore('pglite')]);
  });
  afterAll(async () => {
    await server.stop();
    await db.close();
  });
  beforeEach(async () => {
    await truncate(db);
    index = await server.open(`t${tests++}`);
    await vi.waitFor(() => index.identity(), { timeout: 20_000 });
    clock = createTestClock();
    deps = await createWorker(db, { queue: createHandQueue().queue, clock, changes: { index } });
    state = createIndexState();
    const [source] = await addSources(db, 'forum');
    for (let i = 0; i < 5; i++) await addDocument(db, source!, String(i), { text: `Ромашку номер ${i}` });
  });
  const total = async () => (await index.page(asking('ромашка', deps.resources.morphology), 20, 0)).total;
  const tick = () => indexBehind(deps, state);

  it('agree after one tick, and the next has nothing to do', async () => {
    expect([await tick(), await tick()]).toEqual([5, 0]);
    expect([await total(), await countBehind(db)]).toEqual([5, 0]);
    const [source] = await addSources(db, 'forum');
    await addDocument(db, source!, 'new', { text: 'ромашки' });
    expect([await tick(), await total()]).toEqual([1, 6]);
  });

  it('agree again when the index was deleted behind our back while nothing was behind', async () => {
    await tick();
    await remove(index.name);
    expect([await tick(), await total()]).toEqual([5, 5]);
  });

  it('agree again when somebody else made an index of that name', async () => {
    await tick();
    await remove(index.name);
    await index.upsert([{ id: 999, words: ['ромашка'] } as never]);
    expect([await tick(), await total()]).toEqual([5, 5]);
  });

  it('agree again when the index is ours but has lost documents', async () => {
    await tick();
    await index.remove([1, 2] as never);
    state = createIndexState();
    expect([await tick(), await total()]).toEqual([5, 5]);
  });

  it('agree again when a rebuild was cut off half-way', async () => {
    await tick();
    const failing = {
      ...index,
      rebuild: async (batches: AsyncIterable<unknown>) => {
        for await (const _batch of batches) throw new Error('cut off');
        return '';
      },
    };
    await expect(rebuildIndex({ ...deps, index: failing }, () => undefined)).rejects.toThrow('cut off');
    expect(await total()).toBe(5);
    expect([await tick(), await total(), await countBehind(db)]).toEqual([5, 5, 0]);
  });

  it('forget deleted documents, also those that are deleted while they are being indexed', async () => {
    await tick();
    expect(await deleteOldDocuments(db, later(1), 2)).toBe(2);
    await tick();
    expect(await total()).toBe(3);
    await touchDocuments(db, [3, 4, 5] as never, later(1000));
    const racing = {
      ...index,
      upsert: async (records: never[]) => {
        await index.upsert(records);
        await deleteOldDocuments(db, later(1), 1);
      },
    };
    await indexBehind({ ...deps, index: racing }, state);
    await tick();
    expect(await total()).toBe(2);
  });

  it('have one writer at a time; the next takes over when that one has died', async () => {
    await tick();
    await forgetIndex(db);
    await holdIndex(db, index.name, 'another', clock.now());
    expect(await tick()).toBe(0);
    clock.pass(121_000);
    expect(await tick()).toBe(5);
  });

  it('a rebuild by hand reports its progress and leaves nothing behind', async () => {
    const seen: number[] = [];
    expect(await rebuildIndex(deps, (done) => seen.push(done))).toBe(5);
    expect([seen, await total(), await countBehind(db), await tick()]).toEqual([[5], 5, 0, 0]);
  });

  it('search answers from the store while Meilisearch is away, and from Meilisearch when it is back and has caught up', async () => {
    await tick();
    const search = openSearch(db, index, { resources: deps.resources, clock, log });
    expect(await search.search(request)).toMatchObject({ engine: 'meilisearch', total: 5 });
    process.kill(server.process.pid()!, 'SIGKILL');
    expect(await search.search(request)).toMatchObject({
      engine: 'store',
      total: 5,
      reason: expect.stringMatching(/Meilisearch/),
    });
    const [source] = await addSources(db, 'forum');
    await addDocument(db, source!, 'meanwhile', { text: 'ромашка' }, NOW);
    await expect
      .poll(
        async () => {
          clock.pass(11_000);
          await tick();
          return (await search.search(request)).engine;
        },
        { timeout: 20_000, interval: 200 },
      )
      .toBe('meilisearch');
    await tick();
    expect(await search.search(request)).toMatchObject({ engine: 'meilisearch', total: 6 });
  });

  async function remove(name: string): Promise<void> {
    const headers = { authorization: `Bearer ${server.process.key}` };
    await fetch(`${server.process.url}/indexes/${name}`, { method: 'DELETE', headers });
    await expect.poll(() => index.identity()).toBeNull();
  }
});
