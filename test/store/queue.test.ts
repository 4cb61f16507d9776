import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DocumentId } from '../../src/model/ids.ts';
import type { Database } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { openQueue, type Queue } from '../../src/store/queue.ts';
import { log } from '../jobs/worker.ts';
import { NOW } from '../support/rows.ts';
import { DRIVERS, makePostgresDatabase, openTestStore } from '../support/store.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(db: Database): Promise<Queue> {
  const queue = await openQueue(db, log);
  closing.push(() => queue.stop());
  return queue;
}

const job = (n: number) => ({ documentIds: [n as DocumentId] });

describe.each(DRIVERS)('the queue on %s', (kind) => {
  it('has a job if and only if its transaction was committed', async () => {
    const db = await openTestStore(kind);
    closing.push(() => db.close());
    const queue = await open(db);
    const rolledBack = db.transaction(async (tx) => {
      await queue.send(tx, 'act', job(1));
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    await db.transaction((tx) => queue.send(tx, 'act', job(2)));
    const done: number[] = [];
    await queue.work('act', { concurrency: 1 }, async ({ documentIds }) => void done.push(...documentIds));
    await expect.poll(() => done).toEqual([2]);
    await expect.poll(async () => (await queue.backlog()).act).toBe(0);
  });

  it('tries a failing job again', async () => {
    const db = await openTestStore(kind);
    closing.push(() => db.close());
    const queue = await open(db);
    const handler = vi.fn().mockRejectedValueOnce(new Error('once')).mockResolvedValue(undefined);
    await queue.work('understand', { concurrency: 1 }, handler);
    await queue.send(db, 'understand', job(7));
    await expect.poll(() => handler.mock.calls.length, { timeout: 15_000 }).toBe(2);
    await expect.poll(async () => (await queue.backlog()).understand).toBe(0);
  });

  it('tells a running job that the program stops', async () => {
    const db = await openTestStore(kind);
    closing.push(() => db.close());
    const queue = await openQueue(db, log);
    let told = false;
    let running = false;
    await queue.work('act', { concurrency: 1 }, async (_data, signal) => {
      running = true;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      told = true;
    });
    await queue.send(db, 'act', job(1));
    await expect.poll(() => running).toBe(true);
    await queue.stop();
    expect(told).toBe(true);
  });
});

it('gives a job that a killed process had to the next one on the same folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'molva-queue-'));
  closing.push(async () => rmSync(folder, { recursive: true }));
  const first = await openPglite(folder);
  await migrate(first, NOW);
  const killed = await openQueue(first, log);
  await killed.send(first, 'crawl', { sourceId: 1 as never });
  await first.query(`update pgboss.job set state = 'active', started_on = now() where name = 'crawl'`);
  // Not a graceful stop: the job stays `active`.
  await first.close();
  void killed.stop().catch(() => undefined);
  const second = await openPglite(folder);
  closing.push(() => second.close());
  const queue = await open(second);
  const visited: number[] = [];
  await queue.work('crawl', { concurrency: 1 }, async ({ sourceId }) => void visited.push(sourceId));
  await expect.poll(() => visited).toEqual([1]);
});

describe.runIf(DRIVERS.includes('postgres'))('two processes on one PostgreSQL', () => {
  it('may start at the same moment and share the jobs, each done once', async () => {
    const url = await makePostgresDatabase();
    const stores = await Promise.all([1, 2].map(() => openPostgres(url, () => undefined)));
    closing.push(() => Promise.all(stores.map((db) => db.close())));
    expect(await Promise.all(stores.map((db) => migrate(db, NOW)))).toHaveLength(2);
    const queues = await Promise.all(stores.map(open));
    const done: number[][] = [[], []];
    for (const [i, queue] of queues.entries())
      await queue.work(
        'act',
        { concurrency: 2 },
        async ({ documentIds }) => void done[i]!.push(...documentIds),
      );
    await stores[0]!.transaction(async (tx) => {
      for (let n = 0; n < 60; n++) await queues[n % 2]!.send(tx, 'act', job(n));
    });
    await expect.poll(() => done.flat().length, { timeout: 25_000 }).toBe(60);
    expect(new Set(done.flat()).size).toBe(60);
    expect(Math.min(...done.map((list) => list.length))).toBeGreaterThan(0);
  });
});
