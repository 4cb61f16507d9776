import { type Db, json, queryOne } from './db.ts';

/** How a file with these headers was read the last time; null when there was none. `headers`: their hash. */
export async function findMapping(db: Db, headers: string): Promise<unknown> {
  const row = await queryOne<{ mapping: unknown }>(
    db,
    'select mapping from import_mappings where headers = $1',
    [headers],
  );
  return row?.mapping ?? null;
}

export async function saveMapping(db: Db, headers: string, mapping: unknown, at: Date): Promise<void> {
  await db.query(
    `insert into import_mappings (headers, mapping, saved_at) values ($1, $2::jsonb, $3)
     on conflict (headers) do update set mapping = excluded.mapping, saved_at = excluded.saved_at`,
    [headers, json(mapping), at],
  );
}
