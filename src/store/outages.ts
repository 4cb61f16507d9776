import { type Db, queryOne } from './db.ts';
import { NO_OUTAGE } from './endpoints.ts';

export interface Outage {
  /** The first failure since anything reached the endpoint. */
  since: Date;
  /** Present while it counts as down. */
  nextLookAt: Date | null;
  /** Different deliveries that failed: 1, or 2 for more than one. */
  failed: number;
}

/** Notes that an attempt failed for a reason that may be the endpoint's, and returns how it stands with it. */
export async function noteFailure(
  tx: Db,
  key: string,
  delivery: string,
  failure: string,
  now: Date,
): Promise<Outage> {
  const row = await queryOne<Outage>(
    tx,
    `insert into endpoints (key, failing_since, failed, failure) values ($1, $3, array[$2::uuid], $4)
     on conflict (key) do update set failing_since = coalesce(endpoints.failing_since, $3), failure = $4,
       failed = case when $2::uuid = any(endpoints.failed) or cardinality(endpoints.failed) > 1 then endpoints.failed else endpoints.failed || $2::uuid end
     returning failing_since as since, next_look_at as "nextLookAt", cardinality(failed) as failed`,
    [key, delivery, now, failure.slice(0, 500).toWellFormed()],
  );
  if (!row) throw new Error('insert returned no endpoint');
  return row;
}

/** It is down, and left alone until then. */
export async function lookAt(tx: Db, key: string, at: Date): Promise<void> {
  await tx.query('update endpoints set next_look_at = $2 where key = $1', [key, at]);
}

/** It answers. What had to wait because it was down is due now. Returns how many messages that are. */
export async function endOutage(db: Db, key: string, now: Date): Promise<number> {
  // At every success: one statement, which finds nothing as a rule.
  const ended = await queryOne<{ wasDown: boolean }>(
    db,
    `update endpoints e set ${NO_OUTAGE}
     from (select key, next_look_at from endpoints where key = $1 and failing_since is not null for update) old
     where e.key = old.key returning old.next_look_at is not null as "wasDown"`,
    [key],
  );
  if (!ended?.wasDown) return 0;
  // Were the program to stop here, each of these would still go by its own schedule.
  const hurried = await db.query(
    `update deliveries set next_attempt_at = $2 where endpoint = $1 and channel = 'crm' and state = 'pending' and next_attempt_at > $2
       and attempts > 0 returning id`,
    [key, now],
  );
  return hurried.length;
}

/** Endpoints that are down and whose time to be looked at has come. Each is taken by one process, which has `leaseMs` for it. */
export async function takeLooks(tx: Db, now: Date, leaseMs: number): Promise<string[]> {
  const rows = await tx.query<{ key: string }>(
    `update endpoints set next_look_at = $1::timestamptz + $2 * interval '1 millisecond'
     where key in (select key from endpoints where next_look_at <= $1 and paused_at is null for update skip locked) returning key`,
    [now, leaseMs],
  );
  return rows.map(({ key }) => key);
}

export interface SilentEndpoint {
  key: string;
  since: Date;
  nextLookAt: Date;
  /** What happened last. For people, without secrets. */
  failure: string;
  /** Deliveries that wait for it. */
  waiting: number;
}

/** Those that are down. */
export function listSilentEndpoints(db: Db): Promise<SilentEndpoint[]> {
  return db.query<SilentEndpoint>(
    `select e.key, e.failing_since as since, e.next_look_at as "nextLookAt", coalesce(e.failure, '') as failure,
       (select count(*)::int from deliveries d where d.endpoint = e.key and d.channel = 'crm' and d.state in ('pending', 'sending')) as waiting
     from endpoints e where e.next_look_at is not null and e.paused_at is null order by e.key`,
  );
}
