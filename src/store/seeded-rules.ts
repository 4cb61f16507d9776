import type { Db } from './db.ts';

/** False when a rule of this key was given before, whatever became of it. */
export async function claimSeed(tx: Db, key: string, at: Date): Promise<boolean> {
  const rows = await tx.query(
    'insert into seeded_rules (key, at) values ($1, $2) on conflict (key) do nothing returning key',
    [key, at],
  );
  return rows.length > 0;
}
