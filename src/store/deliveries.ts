import type { Delivery } from '../model/delivery.ts';
import type { HttpExchange } from '../model/exchange.ts';
import { type Db, json, queryOne } from './db.ts';

const COLUMNS = `id, channel, endpoint, event_type as "eventType", event_key as "eventKey", payload, state, attempts,
  next_attempt_at as "nextAttemptAt", last_error as "lastError", created_at as "createdAt", delivered_at as "deliveredAt"`;

export type NewDelivery = Pick<
  Delivery,
  'id' | 'channel' | 'endpoint' | 'eventType' | 'eventKey' | 'payload' | 'createdAt'
> & {
  /** What has the same leaves for the same endpoint in the order in which it was handed in. Absent: whenever it can. */
  orderKey?: string;
};

/** Returns the id under which the event goes out: the old one when the same event was handed in before. */
export async function addDelivery(tx: Db, delivery: NewDelivery): Promise<string> {
  await tx.query(
    `insert into deliveries (id, channel, endpoint, event_type, event_key, payload, state, next_attempt_at, created_at, order_key)
     values ($1, $2, $3, $4, $5, $6::jsonb, 'pending', $7, $7, $8) on conflict (endpoint, event_key) do nothing`,
    [
      delivery.id,
      delivery.channel,
      delivery.endpoint,
      delivery.eventType,
      delivery.eventKey,
      json(delivery.payload),
      delivery.createdAt,
      delivery.orderKey ?? null,
    ],
  );
  const row = await queryOne<{ id: string }>(
    tx,
    'select id from deliveries where endpoint = $1 and event_key = $2',
    [delivery.endpoint, delivery.eventKey],
  );
  if (!row) throw new Error('insert returned no delivery');
  return row.id;
}

export async function getDelivery(db: Db, id: string): Promise<Delivery | null> {
  return queryOne<Delivery>(db, `select ${COLUMNS} from deliveries where id = $1`, [id]);
}

/** Newest first; `behind`: only what stands behind this one. */
export function listDeliveries(
  db: Db,
  limit: number,
  offset: number,
  behind: Pick<Delivery, 'createdAt' | 'id'> | null = null,
): Promise<Delivery[]> {
  return db.query<Delivery>(
    `select ${COLUMNS} from deliveries where $3::timestamptz is null or created_at < $3 or (created_at = $3 and id > $4::uuid)
     order by created_at desc, id limit $1 offset $2`,
    [limit, offset, behind?.createdAt ?? null, behind?.id ?? null],
  );
}

export async function countDeliveries(db: Db): Promise<Record<string, number>> {
  const rows = await db.query<{ state: string; n: number }>(
    'select state, count(*)::int as n from deliveries group by state',
  );
  return Object.fromEntries(rows.map((row) => [row.state, row.n]));
}

/** Those that wait for a person: given up, or nobody knows whether they arrived. */
export async function countStuck(db: Db): Promise<number> {
  const row = await queryOne<{ n: number }>(
    db,
    `select count(*)::int as n from deliveries where state in ('dead', 'in_doubt')`,
  );
  return row?.n ?? 0;
}

/** Deliveries to CRMs that have not left, by endpoint. */
export async function countWaiting(db: Db): Promise<Map<string, number>> {
  const rows = await db.query<{ endpoint: string; n: number }>(
    `select endpoint, count(*)::int as n from deliveries where channel = 'crm' and state in ('pending', 'sending') group by endpoint`,
  );
  return new Map(rows.map(({ endpoint, n }) => [endpoint, n]));
}

/** What another process may not touch while one attempt is under way: longer than any attempt may take. */
export const ATTEMPT_LEASE_MS = 60_000;

/** Mails leave through one server, webhooks to their own each: what one of them does must not hold up the others. */
const LANE = "case channel when 'mail' then 'mail' else 'crm:' || endpoint end";

/** Something about the same customer was handed in earlier for the same endpoint, and is still to arrive. What was given up holds up nobody. */
const WAITS_FOR_ANOTHER = `exists (select 1 from deliveries e where e.order_key = d.order_key and e.endpoint = d.endpoint and e.seq < d.seq
  and e.state in ('pending', 'sending'))`;

/** An endpoint that lets nobody in is left alone until a person has mended that (store/endpoints.ts), one that is down until it answers (store/outages.ts). */
const IN_REACH = `(channel = 'mail' or not exists (select 1 from endpoints e where e.key = endpoint and (e.paused_at is not null or e.next_look_at is not null)))`;

export async function dueLanes(db: Db, now: Date): Promise<string[]> {
  const rows = await db.query<{ lane: string }>(
    `select distinct ${LANE} as lane from deliveries
     where (state = 'pending' or (state = 'sending' and channel = 'crm')) and next_attempt_at <= $1 and ${IN_REACH}`,
    [now],
  );
  return rows.map((row) => row.lane);
}

/**
 * Takes deliveries of one lane whose time has come for one attempt each. A `crm` delivery whose attempt never ended (the process
 * died) is taken again under the same id; the endpoint knows it by that.
 */
export function claimDueDeliveries(tx: Db, now: Date, limit: number, lane: string): Promise<Delivery[]> {
  return tx.query<Delivery>(
    `update deliveries set attempts = attempts + 1, state = case when channel = 'crm' then 'sending' else state end,
       next_attempt_at = $1::timestamptz + $3 * interval '1 millisecond'
     where id in (select id from deliveries d where (state = 'pending' or (state = 'sending' and channel = 'crm')) and next_attempt_at <= $1 and ${LANE} = $4
         and ${IN_REACH} and not ${WAITS_FOR_ANOTHER}
       order by next_attempt_at, seq limit $2 for update skip locked)
     returning ${COLUMNS}`,
    [now, limit, ATTEMPT_LEASE_MS, lane],
  );
}

/** Takes the one that waits longest for this endpoint, whatever its schedule says: by it one sees whether the endpoint answers again. */
export async function claimForLook(tx: Db, endpoint: string, now: Date): Promise<Delivery | null> {
  return queryOne<Delivery>(
    tx,
    `update deliveries set attempts = attempts + 1, state = 'sending', next_attempt_at = $2::timestamptz + $3 * interval '1 millisecond'
     where id = (select id from deliveries d where endpoint = $1 and channel = 'crm' and (state = 'pending' or (state = 'sending' and next_attempt_at <= $2))
         and not ${WAITS_FOR_ANOTHER} order by seq limit 1 for update skip locked)
     returning ${COLUMNS}`,
    [endpoint, now, ATTEMPT_LEASE_MS],
  );
}

/** From here on a mail, or a message to a chat, may have left: if the process dies now, it is in doubt and not sent again by itself. */
export async function markLeaving(db: Db, id: string): Promise<void> {
  await db.query(`update deliveries set state = 'sending' where id = $1`, [id]);
}

/** Mails and messages to chats that were leaving when their process died. Returns how many. */
export async function markInDoubt(db: Db, now: Date): Promise<number> {
  const rows = await db.query(
    `update deliveries set state = 'in_doubt', next_attempt_at = null,
       last_error = 'The program stopped while this was being sent. It may have arrived; send it again only if it did not.'
     where channel in ('mail', 'chat') and state = 'sending' and next_attempt_at <= $1 returning id`,
    [now],
  );
  return rows.length;
}

export interface Attempt {
  /** Handed in: its place in the schedule. Listed: its place in the log. */
  attempt: number;
  at: Date;
  durationMs: number;
  outcome: 'delivered' | 'retry' | 'dead' | 'in_doubt';
  /** Without secrets. */
  detail: string;
  exchanges: readonly HttpExchange[];
}

/**
 * Ends an attempt: what happened, and when the next one is, if there is one. The log keeps every attempt, also from
 * before a replay. An attempt that was overtaken (its lease ran out and another one began) changes nothing but the log.
 */
export async function recordAttempt(
  db: Db,
  id: string,
  attempt: Attempt,
  nextAttemptAt: Date | null,
): Promise<void> {
  const state = { delivered: 'delivered', retry: 'pending', dead: 'dead', in_doubt: 'in_doubt' }[
    attempt.outcome
  ];
  await db.transaction(async (tx) => {
    // One at a time for each delivery, so that the log's numbers do not collide.
    await tx.query('select 1 from deliveries where id = $1 for update', [id]);
    await tx.query(
      `with ended as (update deliveries set state = $2, next_attempt_at = $3, last_error = case when $2 = 'delivered' then null else $4 end,
           delivered_at = case when $2 = 'delivered' then $5::timestamptz end
         where id = $1 and attempts = $6 and state not in ('delivered', 'cancelled'))
       insert into delivery_attempts (delivery_id, attempt, at, duration_ms, outcome, detail, exchanges)
       select $1, coalesce(max(attempt), 0) + 1, $5, $7, $8, $4, $9::jsonb from delivery_attempts where delivery_id = $1`,
      [
        id,
        state,
        nextAttemptAt,
        attempt.detail,
        attempt.at,
        attempt.attempt,
        attempt.durationMs,
        attempt.outcome,
        json(attempt.exchanges),
      ],
    );
  });
}

/** An attempt that said nothing of the delivery does not count: it waits as if nobody had tried. */
export async function giveBackAttempt(
  db: Db,
  { id, attempts }: Pick<Delivery, 'id' | 'attempts'>,
): Promise<void> {
  await db.query(
    `update deliveries set attempts = attempts - 1 where id = $1 and attempts = $2 and state = 'pending'`,
    [id, attempts],
  );
}

export function listAttempts(db: Db, id: string): Promise<Attempt[]> {
  return db.query<Attempt>(
    'select attempt, at, duration_ms as "durationMs", outcome, detail, exchanges from delivery_attempts where delivery_id = $1 order by attempt',
    [id],
  );
}

/** What was erased is empty, and a case that was withdrawn must not be told of again. */
const MAY_LEAVE = `not (payload ? 'erased') and not exists (select 1 from cases c where c.status in ('withdrawn', 'merged')
  and (event_key = 'case:' || c.id or event_key like 'case:' || c.id || ':%') and event_key <> 'case:' || c.id || ':withdrawn')`;

/** Sends again under the same id, from the beginning of the schedule; the log goes on. Returns whether there was such a delivery. */
export async function replayDelivery(db: Db, id: string, now: Date): Promise<boolean> {
  const rows = await db.query(
    `update deliveries set state = 'pending', next_attempt_at = $2, attempts = 0, last_error = null
     where id = $1 and state in ('dead', 'in_doubt', 'delivered') and ${MAY_LEAVE} returning id`,
    [id, now],
  );
  return rows.length > 0;
}

/** Of one endpoint, handed in within [from, to); `states`: how they ended. */
export interface ReplaySpan {
  endpoint: string;
  from: Date | null;
  to: Date | null;
  states: readonly ('dead' | 'delivered')[];
}

const IN_SPAN = `endpoint = $1 and channel = 'crm' and ($2::timestamptz is null or created_at >= $2) and ($3::timestamptz is null or created_at < $3)
  and state = any($4::text[]) and ${MAY_LEAVE}`;

export async function countReplay(db: Db, { endpoint, from, to, states }: ReplaySpan): Promise<number> {
  const row = await queryOne<{ n: number }>(
    db,
    `select count(*)::int as n from deliveries where ${IN_SPAN}`,
    [endpoint, from, to, states],
  );
  return row?.n ?? 0;
}

/** Sends all of them again under their ids, in the order in which they were handed in. Returns how many. */
export async function replaySpan(
  db: Db,
  { endpoint, from, to, states }: ReplaySpan,
  now: Date,
): Promise<number> {
  const rows = await db.query(
    `update deliveries set state = 'pending', next_attempt_at = $5, attempts = 0, last_error = null where ${IN_SPAN} returning id`,
    [endpoint, from, to, states, now],
  );
  return rows.length;
}

/** Has nothing reached this endpoint since `since`, though it was tried, and tried before that, too? */
export async function isFailingSince(db: Db, endpoint: string, since: Date): Promise<boolean> {
  const row = await queryOne<{ reached: boolean; longTried: boolean }>(
    db,
    `select exists (select 1 from deliveries where endpoint = $1 and channel = 'crm' and delivered_at >= $2) as reached,
       exists (select 1 from delivery_attempts a join deliveries d on d.id = a.delivery_id
         where d.endpoint = $1 and d.channel = 'crm' and a.outcome <> 'delivered' and a.at <= $2) as "longTried"`,
    [endpoint, since],
  );
  return row !== null && !row.reached && row.longTried;
}

/** Endpoints to which this was handed in, whatever became of it. */
export async function endpointsToldOf(db: Db, eventKey: string): Promise<string[]> {
  const rows = await db.query<{ endpoint: string }>(
    `select endpoint from deliveries where event_key = $1 and channel = 'crm' order by endpoint`,
    [eventKey],
  );
  return rows.map(({ endpoint }) => endpoint);
}

export function deliveriesOfEvent(db: Db, eventKey: string): Promise<Delivery[]> {
  return db.query<Delivery>(`select ${COLUMNS} from deliveries where event_key = $1 order by created_at`, [
    eventKey,
  ]);
}

/**
 * Takes back what has not left: deliveries of this event, and of what followed from it (`KEY:…`), that wait or are under way are not tried again.
 * Returns the endpoints that may have the event itself.
 */
export async function cancelDeliveries(tx: Db, eventKey: string): Promise<string[]> {
  const rows = await tx.query<{ endpoint: string; wasTried: boolean }>(
    `with open as (select id, endpoint, attempts > 0 as tried, state, event_key = $1 as is_itself from deliveries
         where channel = 'crm' and (event_key = $1 or event_key like $1 || ':%') for update),
       cancelled as (update deliveries d set state = 'cancelled', next_attempt_at = null from open
         where d.id = open.id and open.state in ('pending', 'sending', 'dead') returning d.id)
     select endpoint, tried as "wasTried" from open where is_itself`,
    [eventKey],
  );
  return rows.filter(({ wasTried }) => wasTried).map(({ endpoint }) => endpoint);
}
