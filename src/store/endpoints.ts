import { type Db, queryOne } from './db.ts';

/** What is set of an endpoint that is not away, or of which nobody asks any more. */
export const NO_OUTAGE = `failing_since = null, failed = '{}', next_look_at = null, failure = null`;

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
     on conflict (key) do update set disabled_at = excluded.disabled_at, disabled_reason = excluded.disabled_reason,
       ${NO_OUTAGE}
       where endpoints.disabled_at is null returning key`,
    [key, at, reason],
  );
  return rows.length > 0;
}

export async function enableEndpoint(db: Db, key: string): Promise<void> {
  await db.query('update endpoints set disabled_at = null, disabled_reason = null where key = $1', [key]);
}

export interface PausedEndpoint {
  key: string;
  at: Date;
  /** For people, without secrets. */
  reason: string;
  /** Deliveries that wait for it. */
  waiting: number;
}

/** Nobody is let in there: what is to go there waits until `resumeEndpoint`. The first reason stays. */
export async function pauseEndpoint(db: Db, key: string, reason: string, at: Date): Promise<void> {
  await db.query(
    `insert into endpoints (key, paused_at, paused_reason) values ($1, $2, $3)
     on conflict (key) do update set paused_at = excluded.paused_at, paused_reason = excluded.paused_reason where endpoints.paused_at is null`,
    [key, at, reason.slice(0, 500).toWellFormed()],
  );
}

/** Returns whether it was paused. */
export async function resumeEndpoint(db: Db, key: string): Promise<boolean> {
  const rows = await db.query(
    'update endpoints set paused_at = null, paused_reason = null where key = $1 and paused_at is not null returning key',
    [key],
  );
  return rows.length > 0;
}

export function listPausedEndpoints(db: Db): Promise<PausedEndpoint[]> {
  return db.query<PausedEndpoint>(
    `select e.key, e.paused_at as at, coalesce(e.paused_reason, '') as reason,
       (select count(*)::int from deliveries d where d.endpoint = e.key and d.channel = 'crm' and d.state in ('pending', 'sending')) as waiting
     from endpoints e where e.paused_at is not null order by e.key`,
  );
}
