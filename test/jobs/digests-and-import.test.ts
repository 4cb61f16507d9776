import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actOnDocuments } from '../../src/jobs/act.ts';
import type { JobDeps } from '../../src/jobs/deps.ts';
import { issueDueDigests } from '../../src/jobs/digests.ts';
import { importConfiguredFiles, importCustomers } from '../../src/jobs/import-customers.ts';
import type { Database } from '../../src/store/db.ts';
import { syncRecipients } from '../../src/store/digests.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { RECIPIENT } from '../support/full-store.ts';
import { addDocument, addMention, addSources, addTopic, countRows, NOW } from '../support/rows.ts';
import { DRIVERS, makePostgresDatabase, openTestStore, truncate } from '../support/store.ts';
import { createHandQueue, createTestClock, createWorker, type TestClock } from './worker.ts';

const recipient = (key: string, changes = {}) => ({
  ...RECIPIENT,
  key,
  email: key,
  unsubscribeToken: key,
  ...changes,
});

describe.each(DRIVERS)('digests and imports on %s', (kind) => {
  let db: Database;
  let deps: JobDeps;
  let clock: TestClock;
  let hand: ReturnType<typeof createHandQueue>;
  const folder = mkdtempSync(join(tmpdir(), 'molva-import-'));
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(async () => {
    await db.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    await truncate(db);
    hand = createHandQueue();
    clock = createTestClock();
    deps = await createWorker(db, { queue: hand.queue, clock });
  });
  async function addComplaint(text: string, handle = 'anna', about?: string) {
    const [source] = await addSources(db, 'forum');
    const author = { site: 'forum.example', handle, ...(about ? { about } : {}) };
    const id = await addDocument(db, source!, text, { text, author });
    await addMention(db, id, await addTopic(db, 'romashka'));
    return id;
  }

  it('a digest is written once a day at the hour of its reader', async () => {
    await syncRecipients(db, [recipient('msk@x.ru'), recipient('nyc@x.ru', { zone: 'America/New_York' })]);
    expect([await issueDueDigests(deps), await issueDueDigests(deps)]).toEqual([2, 0]);
    const rows = await db.query('select key, next_run_at as at from digest_recipients order by key');
    expect(rows).toEqual([
      { key: 'msk@x.ru', at: new Date('2026-11-23T06:00:00Z') },
      { key: 'nyc@x.ru', at: new Date('2026-11-22T14:00:00Z') },
    ]);
    clock.pass(5 * 3_600_000);
    expect(await issueDueDigests(deps)).toBe(1);
    expect(await countRows(db, 'deliveries')).toBe(3);
  });

  it('a digest that cannot be written does not hold up the others', async () => {
    await syncRecipients(db, [recipient('bad@x.ru', { zone: 'Nowhere/Nothing' }), recipient('good@x.ru')]);
    expect(await issueDueDigests(deps)).toBe(1);
    expect(await db.query('select recipient from digests')).toEqual([{ recipient: 'good@x.ru' }]);
  });

  it('a digest cuts texts between letters, so that any of them can be stored', async () => {
    await addComplaint(`${'a'.repeat(299)}😀😀😀`);
    await syncRecipients(db, [recipient('a@x.ru')]);
    clock.pass(24 * 3_600_000);
    expect(await issueDueDigests(deps)).toBe(1);
    const [digest] = await db.query<{ html: string; text: string }>('select html, text from digests');
    expect(`${digest!.html}${digest!.text}`).not.toContain('\uFFFD');
  });

  const file = (content: string, name = 'c.csv') => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const act = async () => {
    for (const { data } of hand.take()) await actOnDocuments(deps, data);
  };

  it.each([
    ['account', 'Верните деньги', 'handles', 'forum.example/anna', undefined],
    ['e-mail in the text', 'Верните деньги, моя почта a@b.ru', 'emails', 'a@b.ru', undefined],
    ['phone in the profile', 'Верните деньги', 'phones', '89161234567', 'тел. 8 916 123-45-67'],
  ])('a customer imported later, known by %s, gets the case of an earlier complaint', async (_by, text, column, value, about) => {
    await addComplaint(text, 'anna', about);
    await importCustomers(deps, file(`external_id,name,${column}\nc1,Анна,${value}\n`), 'test');
    await act();
    expect(await countRows(db, 'cases')).toBe(1);
  });

  it('an import keeps the good lines and names the bad ones', async () => {
    const content = `external_id,name,emails\n${Array.from({ length: 450 }, (_, i) => `c${i},N${i},${i % 100 === 7 ? 'bad' : `n${i}@x.ru`}`).join('\n')}\n,nameless,\n`;
    expect(await importCustomers(deps, file(content), 'test')).toMatchObject({
      created: 450,
      updated: 0,
      issues: { length: 6 },
    });
    expect(await importCustomers(deps, file(content), 'test')).toMatchObject({ created: 0, updated: 450 });
    expect(await db.query('select actor, action from audit')).toHaveLength(2);
  });

  it('a configured file is read again only when it has changed, and a missing one stops nothing', async () => {
    const path = file('external_id,name\nc1,A\n');
    await importConfiguredFiles(deps, [join(folder, 'absent.csv'), path]);
    await importConfiguredFiles(deps, [path]);
    expect(await countRows(db, 'audit')).toBe(1);
    file('external_id,name\nc1,B\n');
    await importConfiguredFiles(deps, [path]);
    expect(await db.query('select name from customers')).toEqual([{ name: 'B' }]);
  });
});

describe.runIf(DRIVERS.includes('postgres'))('two processes', () => {
  it('may migrate a new database at once, and write each digest once', async () => {
    const url = await makePostgresDatabase();
    const stores = await Promise.all([1, 2, 3].map(() => openPostgres(url, () => undefined)));
    expect(new Set(await Promise.all(stores.map((db) => migrate(db, NOW)))).size).toBe(1);
    const [db] = stores as [Database];
    await syncRecipients(
      db,
      Array.from({ length: 12 }, (_, i) => recipient(`r${i}@x.ru`)),
    );
    const workers = await Promise.all(
      stores.map((store) => createWorker(store, { queue: createHandQueue().queue })),
    );
    const issued = await Promise.all(workers.map(issueDueDigests));
    expect(issued.reduce((sum, n) => sum + n, 0)).toBe(12);
    expect([await countRows(db, 'digests'), await countRows(db, 'deliveries')]).toEqual([12, 12]);
    await Promise.all(stores.map((store) => store.close()));
  });
});
