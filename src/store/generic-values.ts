import { type Db, queryOne } from './db.ts';

/** Identifiers that more people have than before: links that lean on one of them are to be judged again. */
export async function noteShared(tx: Db, hashes: readonly string[], at: Date): Promise<void> {
  if (hashes.length === 0) return;
  await tx.query(
    `insert into generic_values (hash, why, since) select hash, 'shared', $2 from unnest($1::text[]) as v(hash) order by hash
     on conflict (hash) do update set since = excluded.since, judged_at = null`,
    [hashes, at],
  );
}

/** Identifiers that tell nothing, by what people said. Those that were noted as such before stay as they are. */
export async function noteRefused(tx: Db, hashes: readonly string[], at: Date): Promise<void> {
  if (hashes.length === 0) return;
  await tx.query(
    `insert into generic_values (hash, why, since) select hash, 'refused', $2 from unnest($1::text[]) as v(hash) order by hash
     on conflict (hash) do update set why = 'refused', since = excluded.since, judged_at = null where generic_values.why <> 'refused'`,
    [hashes, at],
  );
}

/** These tell something after all. Returns those of which the contrary was noted. */
export async function releaseRefused(tx: Db, hashes: readonly string[]): Promise<string[]> {
  if (hashes.length === 0) return [];
  const rows = await tx.query<{ hash: string }>(
    `delete from generic_values where hash = any($1::text[]) and why = 'refused' returning hash`,
    [hashes],
  );
  return rows.map(({ hash }) => hash);
}

export interface WaitingValue {
  hash: string;
  since: Date;
}

/** An identifier whose links wait to be judged again, longest first; null: none but these. */
export function nextWaitingValue(db: Db, without: readonly string[]): Promise<WaitingValue | null> {
  return queryOne<WaitingValue>(
    db,
    `select hash, since from generic_values where judged_at is null and not hash = any($1::text[]) order by since, hash limit 1`,
    [without],
  );
}

/** Unless it has been noted again meanwhile. */
export async function setJudged(db: Db, { hash, since }: WaitingValue, at: Date): Promise<void> {
  await db.query('update generic_values set judged_at = $3 where hash = $1 and since = $2', [
    hash,
    since,
    at,
  ]);
}
