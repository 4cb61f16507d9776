import { describe, expect, it } from 'vitest';
import { queryOne } from '../../src/store/db.ts';
import { vacuumTables } from '../../src/store/vacuum.ts';
import { addDocument, addSources } from '../support/rows.ts';
import { DRIVERS, openTestStore } from '../support/store.ts';

describe.each(DRIVERS)('on %s', (kind) => {
  it('what was deleted is cleaned away where nobody else does it', async () => {
    const db = await openTestStore(kind);
    const [source] = await addSources(db, 'forum');
    for (let n = 0; n < 50; n += 1) await addDocument(db, source!, String(n));
    await db.query('delete from documents');
    const tables = await vacuumTables(db);
    const cleaned = await queryOne<{ pages: number }>(
      db,
      `select relpages::int as pages from pg_class where relname = 'documents'`,
    );
    if (kind === 'pglite') expect([tables > 50, cleaned?.pages]).toEqual([true, 0]);
    else expect(tables).toBe(0);

    // Nothing has grown by megabytes.
    expect(await vacuumTables(db, { grown: true })).toBe(0);
    await db.close();
  });
});
