import type { CustomerId, DocumentId } from '../model/ids.ts';
import { IS_NEGATIVE, OWN_ACCOUNTS } from './customer-facts.ts';
import type { Db } from './db.ts';
import { isPerson, PERSON } from './person.ts';

export const EVENT_KINDS = ['purchase', 'contact', 'mention', 'case'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** One thing that happened, with what its own table says of it; of a mention the document's id alone. */
export interface TimelineEvent {
  kind: EventKind;
  /** Of its table: a document's, a case's … */
  id: number;
  at: Date;
  detail: {
    item?: string;
    amount?: number;
    currency?: string;
    channel?: string | null;
    contact?: string;
    direction?: 'in' | 'out';
    answered?: boolean | null;
    subject?: string | null;
    reason?: string;
    status?: string;
  };
}

const EVENTS = `(
  select 'purchase' as kind, id, at, jsonb_build_object('item', item, 'amount', amount, 'currency', currency, 'channel', channel) as detail
    from purchases where ${isPerson('customer_id')}
  union all select 'contact', id, at, jsonb_build_object('contact', kind, 'channel', channel, 'direction', direction, 'answered', answered, 'subject', subject)
    from contacts where ${isPerson('customer_id')}
  union all select 'case', id, opened_at, jsonb_build_object('reason', coalesce(cause, reason), 'status', status) from cases where ${isPerson('customer_id')}
    and status <> 'merged'
  union all select 'mention', d.id, coalesce(d.published_at, d.found_at), '{}'::jsonb
    from (${OWN_ACCOUNTS} and ${PERSON} = $1) o join documents d on d.author_id = o.author_id
    where exists (select 1 from mentions m where m.document_id = d.id and m.basket_at is null)) e`;

/** Everything about one customer in one order, newest first; `kind` null: of all kinds. */
export function listEvents(
  db: Db,
  id: CustomerId,
  { kind, limit, offset }: { kind: EventKind | null; limit: number; offset: number },
): Promise<TimelineEvent[]> {
  return db.query(
    `select kind, id, at, detail from ${EVENTS} where ($2::text is null or kind = $2) order by at desc, kind, id desc limit $3 offset $4`,
    [id, kind, limit, offset],
  );
}

/** How many of each kind. */
export async function countEvents(db: Db, id: CustomerId): Promise<Record<EventKind, number>> {
  const rows = await db.query<{ kind: EventKind; n: number }>(
    `select kind, count(*)::int as n from ${EVENTS} group by kind`,
    [id],
  );
  const counts = Object.fromEntries(EVENT_KINDS.map((kind) => [kind, 0])) as Record<EventKind, number>;
  for (const { kind, n } of rows) counts[kind] = n;
  return counts;
}

export interface VoiceMonth {
  /** `2026-11`, by UTC. */
  month: string;
  negative: number;
  unsure: number;
  neutral: number;
  positive: number;
}

/** What the customer's own accounts said since then, by month and tone of each mention. */
export function voiceByMonth(db: Db, id: CustomerId, since: Date): Promise<VoiceMonth[]> {
  const count = (tone: string): string =>
    `count(*) filter (where m.sentiment->>'label' = '${tone}')::int as ${tone}`;
  return db.query(
    `select to_char(coalesce(d.published_at, d.found_at) at time zone 'UTC', 'YYYY-MM') as month,
       ${['negative', 'unsure', 'neutral', 'positive'].map(count).join(', ')}
     from (${OWN_ACCOUNTS} and ${PERSON} = $1) o join documents d on d.author_id = o.author_id
     join mentions m on m.document_id = d.id and m.basket_at is null
     where coalesce(d.published_at, d.found_at) >= $2 group by 1 order by 1`,
    [id, since],
  );
}

/** Documents since then that are meant ill, newest first. */
export async function negativeDocuments(
  db: Db,
  id: CustomerId,
  since: Date,
  limit: number,
): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    `select d.id from (${OWN_ACCOUNTS} and ${PERSON} = $1) o join documents d on d.author_id = o.author_id
     where coalesce(d.published_at, d.found_at) >= $2 and d.deleted_at is null
       and exists (select 1 from mentions m where m.document_id = d.id and ${IS_NEGATIVE})
     order by coalesce(d.published_at, d.found_at) desc, d.id desc limit $3`,
    [id, since, limit],
  );
  return rows.map((row) => row.id);
}
