import { pause } from '../lib/pause.ts';
import type { Database } from './db.ts';

/** Larger than half as much again as when it was cleaned last, and by 8 MB. */
const HAS_GROWN = `pg_relation_size(c.oid) / current_setting('block_size')::int > 1.5 * c.relpages + 1000`;

/**
 * PostgreSQL cleans up after itself in a process of its own, which the embedded one has not: what was changed or deleted would take room for good, and counts
 * read every row where an index would do. Table by table, each a statement: a second or two where there are a million rows. Without gathering
 * statistics (docs/decisions/0042). `grown`: only tables that have grown since, for machines that sleep at night. Does nothing where
 * PostgreSQL runs by itself. Returns how many tables were cleaned.
 */
export async function vacuumTables(db: Database, { grown = false } = {}): Promise<number> {
  if (db.kind !== 'pglite') return 0;
  const tables = await db.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('public', 'pgboss') ${grown ? `and ${HAS_GROWN}` : ''} order by c.oid`,
  );
  for (const { name } of tables) {
    await db.query(`vacuum ${name}`);
    await pause();
  }
  return tables.length;
}
