import type { Suppression } from '../model/ports.ts';
import type { Db } from './db.ts';

export async function addSuppressions(tx: Db, list: readonly Suppression[], at: Date): Promise<void> {
  await tx.query(
    `insert into suppressions (hash, kind, at) select hash, kind, $3 from unnest($1::text[], $2::text[]) as s(hash, kind)
     on conflict (hash) do nothing`,
    [list.map(({ hash }) => hash), list.map(({ kind }) => kind), at],
  );
}

/**
 * Those of these hashes that belong to somebody who was erased. Until the transaction ends nobody is erased: what it saves of a person is there to be
 * seen by whoever erases him next.
 */
export async function findSuppressed(tx: Db, hashes: readonly string[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  await tx.query('lock table suppressions in share mode');
  const rows = await tx.query<{ hash: string }>(
    'select hash from suppressions where hash = any($1::text[])',
    [hashes],
  );
  return new Set(rows.map(({ hash }) => hash));
}

/** Lets people be collected again. Returns how many of these hashes kept somebody out. */
export async function removeSuppressions(tx: Db, hashes: readonly string[]): Promise<number> {
  const rows = await tx.query('delete from suppressions where hash = any($1::text[]) returning hash', [
    hashes,
  ]);
  return rows.length;
}
