import { randomBytes } from 'node:crypto';
import type { SourceId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';

export interface Subscription {
  /** Unguessable end of the callback's address. */
  id: string;
  sourceId: SourceId;
  hub: string;
  topic: string;
  secret: string;
  state: 'pending' | 'active' | 'denied' | 'failed' | 'unsubscribing';
  /** When the hub was asked for what it has not confirmed yet. */
  askedAt: Date | null;
  verifiedAt: Date | null;
  expiresAt: Date | null;
  lastPushAt: Date | null;
  failures: number;
  trouble: string | null;
}

const COLUMNS = `id, source_id as "sourceId", hub, topic, secret, state, asked_at as "askedAt", verified_at as "verifiedAt",
  expires_at as "expiresAt", last_push_at as "lastPushAt", failures, trouble`;

/** How long a hub may take to verify before we ask again. */
const VERIFY_WITHIN = "interval '10 minutes'";

/** Notes the hub that a feed names. The same hub and topic again changes nothing; another one begins anew. */
export async function wantSubscription(
  tx: Db,
  sourceId: SourceId,
  { url, topic }: { url: string; topic: string },
  now: Date,
): Promise<void> {
  await tx.query(
    `insert into websub_subscriptions (id, source_id, hub, topic, secret, state, next_try_at) values ($1, $2, $3, $4, $5, 'pending', $6)
     on conflict (source_id) do update set id = excluded.id, hub = excluded.hub, topic = excluded.topic, secret = excluded.secret,
       state = 'pending', next_try_at = excluded.next_try_at, asked_at = null, verified_at = null, expires_at = null, failures = 0, trouble = null
     where websub_subscriptions.hub <> excluded.hub or websub_subscriptions.topic <> excluded.topic
       or websub_subscriptions.state = 'unsubscribing'`,
    [randomBytes(24).toString('hex'), sourceId, url, topic, randomBytes(32).toString('hex'), now],
  );
}

/** Subscriptions of which the hub is to be asked now; each is handed to one process. */
export function claimSubscriptions(tx: Db, now: Date, limit: number): Promise<Subscription[]> {
  return tx.query<Subscription>(
    `update websub_subscriptions set asked_at = $1, next_try_at = $1::timestamptz + ${VERIFY_WITHIN}, failures = failures + 1
     where id in (select w.id from websub_subscriptions w join sources s on s.id = w.source_id
       where w.next_try_at <= $1 and (s.enabled or w.state = 'unsubscribing') order by w.next_try_at limit $2 for update of w skip locked)
     returning ${COLUMNS}`,
    [now, limit],
  );
}

export async function recordHubTrouble(
  db: Db,
  id: string,
  trouble: string,
  nextTryAt: Date,
  state: 'failed' | 'denied',
): Promise<void> {
  await db.query(
    `update websub_subscriptions set trouble = $2, next_try_at = $3,
       state = case when state in ('active', 'unsubscribing') then state else $4 end where id = $1`,
    [id, trouble.slice(0, 500), nextTryAt, state],
  );
}

export async function findSubscription(db: Db, id: string): Promise<Subscription | null> {
  return queryOne(db, `select ${COLUMNS} from websub_subscriptions where id = $1`, [id]);
}

export async function subscriptionOf(db: Db, id: SourceId): Promise<Subscription | null> {
  return queryOne(db, `select ${COLUMNS} from websub_subscriptions where source_id = $1`, [id]);
}

/** The hub has asked whether we meant it, and we did; renewed when four fifths of the lease are over. */
export async function confirmSubscription(db: Db, id: string, now: Date, leaseMs: number): Promise<void> {
  await db.query(
    `update websub_subscriptions set state = 'active', asked_at = null, verified_at = $2, expires_at = $3, next_try_at = $4, failures = 0, trouble = null
     where id = $1`,
    [id, now, new Date(now.getTime() + leaseMs), new Date(now.getTime() + 0.8 * leaseMs)],
  );
}

export async function recordPush(db: Db, id: string, now: Date): Promise<void> {
  await db.query('update websub_subscriptions set last_push_at = $2 where id = $1', [id, now]);
}

/** The hub is told at the next tick; the row goes when it agrees. */
export async function endSubscription(tx: Db, id: SourceId, now: Date): Promise<void> {
  await tx.query(
    `update websub_subscriptions set state = 'unsubscribing', next_try_at = $2, failures = 0 where source_id = $1`,
    [id, now],
  );
}

export async function deleteSubscription(db: Db, id: string): Promise<void> {
  await db.query('delete from websub_subscriptions where id = $1', [id]);
}
