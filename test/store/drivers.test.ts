import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { DRIVERS, openTestStore } from '../support/store.ts';

describe.each(DRIVERS)('the store on %s', (kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());

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
