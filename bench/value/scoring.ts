import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTagResources } from '../../src/app/tag-resources.ts';
import { scoreCustomers } from '../../src/jobs/value/score-customers.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { type Row, timed } from '../report.ts';
import { addSimulated } from './stored-customers.ts';

const NOW = new Date(Date.UTC(2026, 0, 30));
const BATCH = 5000;

/** So many customers in the embedded database, scored twice: rows are added, then changed. */
export async function timeScoring(customers: number): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'molva-bench-'));
  const db = await openPglite(folder);
  try {
    await migrate(db, NOW);
    for (let from = 0; from < customers; from += BATCH)
      await addSimulated(db, Math.min(BATCH, customers - from), { now: NOW, from });
    const [stored] = await db.query<{ n: number }>('select count(*)::int as n from purchases');
    const deps = {
      db,
      clock: { now: () => NOW, sleep: async () => undefined },
      resources: await loadTagResources(),
    };
    const before = process.memoryUsage().heapUsed;
    const first = await timed(() => scoreCustomers(deps));
    const heap = (process.memoryUsage().heapUsed - before) / 2 ** 20;
    const second = await timed(() => scoreCustomers(deps));
    return {
      customers,
      purchases: stored?.n ?? 0,
      'wall s': first.ms / 1000,
      'again s': second.ms / 1000,
      'heap MB': heap,
      'resident MB': process.memoryUsage().rss / 2 ** 20,
    };
  } finally {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
