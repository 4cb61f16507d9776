import { type Db, queryOne } from './db.ts';

/** Why nothing is sent to an endpoint now, or null when it works. */
export async function endpointDisabled(db: Db, key: string): Promise<string | null> {
  const row = await queryOne<{ reason: string | null }>(
    db,
    'select disabled_reason as reason from endpoints where key = $1 and disabled_at is not null',
    [key],
  );
  return row ? (row.reason ?? 'disabled') : null;
}

/** Returns whether it was on. */
export async function disableEndpoint(db: Db, key: string, reason: string, at: Date): Promise<boolean> {
  const rows = await db.query(
    `insert into endpoints (key, disabled_at, disabled_reason) values ($1, $2, $3)
     on conflict (key) do update set disabled_at = excluded.disabled_at, disabled_reason = excluded.disabled_reason
       where endpoints.disabled_at is null returning key`,
    [key, at, reason],
  );
  return rows.length > 0;
}

export async function enableEndpoint(db: Db, key: string): Promise<void> {
  await db.query('update endpoints set disabled_at = null, disabled_reason = null where key = $1', [key]);
}
