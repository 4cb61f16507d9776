import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crawlSource } from '../../src/jobs/crawl.ts';
import { type Schedule, startSchedule } from '../../src/jobs/schedule.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { FoundDocument } from '../../src/model/document.ts';
import type { Database } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { openQueue } from '../../src/store/queue.ts';
import { syncSources } from '../../src/store/sources.ts';
import { addTopic, countRows, found, NOW, sourceDefinition } from '../support/rows.ts';
import { DRIVERS, makePostgresDatabase } from '../support/store.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { crawlerOf, createWorker, log, SECRET, saveKnownCustomer } from './worker.ts';

const PEOPLE = 10;
const posts = (page: number): FoundDocument[] =>
  Array.from({ length: 20 }, (_, i) =>
    found(`${page}-${i}`, {
      text: `Ромашка не возвращает деньги, ужас! Верните деньги. Заказ ${page} ${i}`,
      author: { site: 'forum.example', handle: `h${i % PEOPLE}` },
    }),
  );

describe.runIf(DRIVERS.includes('postgres'))('two complete workers on one PostgreSQL', () => {
  let receiver: Receiver;
  const stores: Database[] = [];
  const schedules: Schedule[] = [];
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    receiver = await startReceiver(SECRET);
    const url = await makePostgresDatabase();
    for (let i = 0; i < 2; i++) stores.push(await openPostgres(url, () => undefined));
    await migrate(stores[0]!, NOW);
  });
  afterAll(async () => {
    for (const schedule of schedules) await schedule.stop();
    for (const close of closing) await close();
    for (const db of stores) await db.close();
    await receiver.close();
  });

  it('do everything exactly once', async () => {
    const [db] = stores as [Database];
    const crawler = crawlerOf(() => [posts(1), posts(2), posts(3), posts(4)]);
    await addTopic(db, 'romashka', 'ромашка');
    for (const handle of ['h0', 'h1'])
      await saveKnownCustomer(
        db,
        {
          externalId: handle,
          name: handle,
          city: null,
          tier: null,
          identifiers: [{ kind: 'handle', value: `forum.example/${handle}` }],
          purchases: [],
        },
        NOW,
      );
    await syncSources(
      db,
      ['a', 'b', 'c'].map((key) => sourceDefinition(key)),
      new Date(),
    );
    const deps = [];
    for (const store of stores) {
      const queue = await openQueue(store, log);
      closing.push(() => queue.stop());
      deps.push(await createWorker(store, { queue, clock: systemClock, crawler, crmUrl: receiver.url }));
    }
    for (const worker of deps) schedules.push(await startSchedule(worker, { crawlers: 2 }));
    // A visit by hand beside the scheduled ones.
    await crawlSource(deps[0]!, { sourceId: 1 as never }, new AbortController().signal);
    // Three sources of 80 posts; each fifth post of a source is by one of the two customers.
    await expect.poll(() => receiver.received.length, { timeout: 40_000, interval: 200 }).toBe(48);
    await expect
      .poll(async () => (await db.query('select 1 from document_progress where acted < 1')).length)
      .toBe(0);
    expect(await countRows(db, 'documents')).toBe(240);
    expect(await countRows(db, 'mentions')).toBe(240);
    // What one of them has to say is one case; each post of it is told.
    expect(await countRows(db, 'cases')).toBe(2);
    expect(await countRows(db, 'case_mentions')).toBe(48);
    expect(new Set(receiver.received.map((r) => r.id)).size).toBe(48);
    expect(await countRows(db, 'document_revisions')).toBe(0);
  }, 200_000);
});
