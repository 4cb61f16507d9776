import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openPgliteThread } from '../../src/store/pglite-thread.ts';
import { DRIVERS, openTestStore } from '../support/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'molva-drivers-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** As the program opens it. */
async function openInThread(): Promise<Database> {
  const db = await openPgliteThread(join(folder, 'pglite'));
  await migrate(db, new Date());
  return db;
}

describe.each([...DRIVERS, 'pglite in a thread'] as const)('the store on %s', (kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await (kind === 'pglite in a thread' ? openInThread() : openTestStore(kind));
  });
  afterAll(() => db.close());

  it('says what PostgreSQL says of an error', async () => {
    const twice = db.query(`insert into imported_files values ('t', 'b', now()), ('t', 'b', now())`);
    await expect(twice).rejects.toMatchObject({ code: '23505', constraint: 'imported_files_pkey' });
  });

  it('takes and gives arrays, bytes, times and nothing', async () => {
    const given = [[1, 2], ['a', 'б"\\'], Buffer.from([0, 255]), new Date(5), null];
    const [row] = await db.query<{ n: number[]; t: string[]; b: Uint8Array; at: Date; nothing: null }>(
      'select $1::int[] as n, $2::text[] as t, $3::bytea as b, $4::timestamptz as at, $5::text as nothing',
      given,
    );
    expect({ ...row, b: [...(row?.b ?? [])] }).toEqual({
      n: [1, 2],
      t: ['a', 'б"\\'],
      b: [0, 255],
      at: new Date(5),
      nothing: null,
    });
  });

  it('shows nothing of a transaction outside before it has ended, and loses nothing of many at once', async () => {
    const count = async () => (await db.query('select 1 from imported_files')).length;
    let seen: Promise<number> | null = null;
    await db.transaction(async (tx) => {
      await tx.query(`insert into imported_files values ('one', 'b', now())`);
      seen = count();
      await tx.query('delete from imported_files');
    });
    expect(await seen).toBe(0);
    const add = (n: number) =>
      db.transaction(async (tx) => {
        await tx.query('insert into imported_files values ($1, $1, now())', [`f${n}`]);
        await Promise.all([tx.query('select 1'), tx.transaction((inner) => inner.query('select 2'))]);
        if (n % 2) throw new Error('no');
      });
    const outcomes = await Promise.allSettled([...Array(20).keys()].flatMap((n) => [add(n), count()]));
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(10);
    expect(await count()).toBe(10);
    await db.query('delete from imported_files');
  });

  it('gives the same JavaScript values for the same SQL types', async () => {
    const [row] = await db.query(
      `select 9007199254740991::int8 as big, 12.34::numeric as money, '2026-11-22T03:00:00Z'::timestamptz as at, '{"a":[1]}'::jsonb as j, null as n`,
    );
    expect(row).toEqual({
      big: 9007199254740991,
      money: 12.34,
      at: new Date('2026-11-22T03:00:00Z'),
      j: { a: [1] },
      n: null,
    });
  });

  it('rolls back everything when the work of a transaction fails', async () => {
    const work = db.transaction(async (tx) => {
      await tx.query(`insert into imported_files values ('a', 'b', now())`);
      await tx.query('select 1 / 0');
    });
    await expect(work).rejects.toThrow(/division by zero/);
    expect(await db.query('select * from imported_files')).toEqual([]);
  });

  it('goes on working after a failed transaction', async () => {
    await expect(db.transaction((tx) => tx.query('select nonsense'))).rejects.toThrow();
    expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('migrates again without doing anything', async () => {
    expect(await migrate(db, new Date())).toBe(await migrate(db, new Date()));
  });

  it('refuses a database that a newer program has migrated', async () => {
    await db.query(`insert into migrations values (9999, 'future', now())`);
    await expect(migrate(db, new Date())).rejects.toThrow(/newer Molva/);
    await db.query('delete from migrations where number = 9999');
  });
});

describe('the embedded database in its thread', () => {
  const open = (name: string) => openPgliteThread(join(folder, name));

  it('lets the program go on while a statement works', async () => {
    const db = await open('long');
    let beats = 0;
    const heart = setInterval(() => {
      beats += 1;
    }, 10);
    await db.query('select count(*) from generate_series(1, 3000000)');
    clearInterval(heart);
    expect(beats).toBeGreaterThan(5);
    await db.close();
  });

  it('ends a transaction with the work that it was made for', async () => {
    const db = await open('leak');
    const leaked = await db.transaction(async (tx) => tx);
    await expect(leaked.query('select 1')).rejects.toThrow(/has ended/);
    await db.close();
  });

  it('keeps what was committed, and answers nobody after it was closed', async () => {
    const before = await open('kept');
    await before.script('create table t (n int); insert into t values (1)');
    await before.close();
    await expect(before.query('select 1')).rejects.toThrow(/has ended/);
    const after = await open('kept');
    expect(await after.query('select n from t')).toEqual([{ n: 1 }]);
    await after.close();
  });

  it('says why a folder does not open', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'no folder');
    await expect(openPgliteThread(file)).rejects.toThrow();
  });

  it('tells when it has ended by itself, and leaves nobody waiting', async () => {
    const db = await openPgliteThread(folder, new URL('./dying-thread.js', import.meta.url));
    const asked = await Promise.allSettled([
      db.query('select 1'),
      db.transaction((tx) => tx.query('select 2')),
    ]);
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect((await db.failure).message).toMatch(/has ended. Start again; what was stored is kept/);
    await db.close();
  });
});
