import type { AlertNumbers, Incident } from '../model/alert.ts';
import type { AlertId, DocumentId, IncidentId } from '../model/ids.ts';
import { type Db, json, queryOne } from './db.ts';

const COLUMNS = `i.id, i.alert_id as "alertId", i.rule_id as "ruleId", i.kind, i.topic_id as "topicId", i.story_id as "storyId",
  i.source_id as "sourceId", i.facts, i.opened_at as "openedAt", i.last_seen_at as "lastSeenAt", i.changed_at as "changedAt",
  i.cooldown_ms as "cooldownMs", i.count, i.peak, i.acknowledged_by as "acknowledgedBy", i.acknowledged_at as "acknowledgedAt",
  i.escalated_at as "escalatedAt", i.ended_at as "endedAt"`;

/** One after the other, in all processes: two copies that are noticed at once must not be told twice. Until the transaction ends. */
export async function lockIncidents(tx: Db): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(72900927)');
}

export type IncidentWithSubjects = Incident & { subjects: string[] };

/** Open ones that are known by any of these, the earliest first. */
export function openIncidents(tx: Db, subjects: readonly string[]): Promise<IncidentWithSubjects[]> {
  return tx.query<IncidentWithSubjects>(
    `select ${COLUMNS}, (select array_agg(s.subject) from alert_subjects s where s.incident_id = i.id) as subjects
     from alert_incidents i where i.ended_at is null
       and i.id in (select incident_id from alert_subjects where is_open and subject = any($1::text[])) order by i.id`,
    [subjects],
  );
}

export type NewIncident = Pick<
  Incident,
  'alertId' | 'ruleId' | 'kind' | 'topicId' | 'storyId' | 'sourceId' | 'facts' | 'cooldownMs'
>;

export async function addIncident(tx: Db, one: NewIncident, now: Date): Promise<Incident> {
  const row = await queryOne<Incident>(
    tx,
    `insert into alert_incidents as i (alert_id, rule_id, kind, topic_id, story_id, source_id, facts, cooldown_ms, opened_at, last_seen_at,
       changed_at, count, peak) values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $9, $9, 0, 0) returning ${COLUMNS}`,
    [
      one.alertId,
      one.ruleId,
      one.kind,
      one.topicId,
      one.storyId,
      one.sourceId,
      json(one.facts),
      one.cooldownMs,
      now,
    ],
  );
  if (!row) throw new Error('insert returned no incident');
  return row;
}

/** What is known by another open incident stays that one's. */
export async function addSubjects(tx: Db, id: IncidentId, subjects: readonly string[]): Promise<void> {
  await tx.query(
    `insert into alert_subjects (incident_id, subject) select $1, s from unnest($2::text[]) as s
     where not exists (select 1 from alert_subjects o where o.subject = s and o.is_open) on conflict do nothing`,
    [id, subjects],
  );
}

/** Returns how many of them are new. */
export async function addPosts(
  tx: Db,
  id: IncidentId,
  documents: readonly DocumentId[],
  now: Date,
): Promise<number> {
  const rows = await tx.query(
    `insert into alert_posts (incident_id, document_id, at) select $1, d, $3 from unnest($2::bigint[]) as d on conflict do nothing returning 1`,
    [id, documents, now],
  );
  return rows.length;
}

/** It was seen again: so many more posts, and what is known of it now. */
export async function updateIncident(
  tx: Db,
  id: IncidentId,
  seen: Pick<Incident, 'storyId' | 'peak'> & { added: number; facts: AlertNumbers },
  now: Date,
): Promise<Incident> {
  const row = await queryOne<Incident>(
    tx,
    `update alert_incidents i set last_seen_at = greatest(last_seen_at, $2), count = count + $3, peak = greatest(peak, $4),
       story_id = coalesce(story_id, $5), facts = $6::jsonb, changed_at = case when $3 > 0 then $2::timestamptz else changed_at end
     where id = $1 returning ${COLUMNS}`,
    [id, now, seen.added, seen.peak, seen.storyId, json(seen.facts)],
  );
  if (!row) throw new Error('there is no such incident');
  return row;
}

export async function endIncidents(tx: Db, ids: readonly IncidentId[], now: Date): Promise<void> {
  await tx.query(
    'update alert_incidents set ended_at = $2, changed_at = $2 where id = any($1::bigint[]) and ended_at is null',
    [ids, now],
  );
  await tx.query('update alert_subjects set is_open = false where incident_id = any($1::bigint[])', [ids]);
}

export function getIncident(db: Db, id: IncidentId): Promise<Incident | null> {
  return queryOne<Incident>(db, `select ${COLUMNS} from alert_incidents i where i.id = $1`, [id]);
}

export function listOpenIncidents(db: Db): Promise<Incident[]> {
  return db.query<Incident>(
    `select ${COLUMNS} from alert_incidents i where i.ended_at is null order by i.id desc`,
  );
}

/** Newest first; `behind`: only what stands behind this one. */
export function listEndedIncidents(
  db: Db,
  limit: number,
  offset: number,
  behind: Pick<Incident, 'openedAt' | 'id'> | null = null,
): Promise<Incident[]> {
  return db.query<Incident>(
    `select ${COLUMNS} from alert_incidents i where i.ended_at is not null and ($3::timestamptz is null or (i.opened_at, i.id) < ($3, $4::bigint))
     order by i.opened_at desc, i.id desc limit $1 offset $2`,
    [limit, offset, behind?.openedAt ?? null, behind?.id ?? null],
  );
}

/** Of open incidents, those that nobody has taken. */
export async function countWaiting(db: Db): Promise<number> {
  const row = await queryOne<{ n: number }>(
    db,
    'select count(*)::int as n from alert_incidents where ended_at is null and acknowledged_at is null',
  );
  return row?.n ?? 0;
}

/** True when it was nobody's before. */
export async function acknowledge(tx: Db, id: IncidentId, by: string, now: Date): Promise<boolean> {
  const rows = await tx.query(
    `update alert_incidents set acknowledged_by = $2, acknowledged_at = $3, changed_at = $3
     where id = $1 and acknowledged_at is null returning id`,
    [id, by, now],
  );
  return rows.length > 0;
}

export async function markEscalated(tx: Db, id: IncidentId, now: Date): Promise<void> {
  await tx.query('update alert_incidents set escalated_at = $2, changed_at = $2 where id = $1', [id, now]);
}

/** What words say of an incident besides its numbers. */
export interface IncidentNames {
  topic: string;
  source: string;
  /** An example, unless it was erased or lies in the basket: the newest post. */
  document: DocumentId | null;
  url: string | null;
  title: string | null;
  text: string;
}

const TEXT_UNITS = 2000;

export async function namesOf(
  db: Db,
  { id, topicId, sourceId }: Pick<Incident, 'id' | 'topicId' | 'sourceId'>,
): Promise<IncidentNames> {
  const row = await queryOne<IncidentNames>(
    db,
    `select coalesce((select name from topics where id = $2), '') as topic, coalesce((select name from sources where id = $3), '') as source,
       d.id as document, d.url, d.title, coalesce(d.text, '') as text
     from (select 1) one left join lateral (select d.id, d.url, d.title, left(d.text, ${TEXT_UNITS}) as text
       from alert_posts p join documents d on d.id = p.document_id where p.incident_id = $1 and d.deleted_at is null
         and not exists (select 1 from mentions m where m.document_id = d.id and m.basket_at is not null)
       order by p.at, d.id limit 1) d on true`,
    [id, topicId, sourceId],
  );
  return row ?? { topic: '', source: '', document: null, url: null, title: null, text: '' };
}

/** Posts of an incident, the newest first. */
export async function postsOf(db: Db, id: IncidentId, limit: number): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    `select d.id from alert_posts p join documents d on d.id = p.document_id where p.incident_id = $1
     order by p.at desc, d.id desc limit $2`,
    [id, limit],
  );
  return rows.map((row) => row.id);
}

/** Open incidents of which nothing was seen for as long as their cool-down. */
export async function lockOver(tx: Db, now: Date, limit: number): Promise<Incident[]> {
  return tx.query<Incident>(
    `select ${COLUMNS} from alert_incidents i where i.ended_at is null
       and i.last_seen_at + i.cooldown_ms * interval '1 millisecond' <= $1 order by i.id limit $2`,
    [now, limit],
  );
}

/** How many of these topics' incidents there were, for pages: `alert` → number since then. */
export async function countIncidents(db: Db, since: Date): Promise<Map<AlertId, number>> {
  const rows = await db.query<{ id: AlertId; n: number }>(
    `select alert_id as id, count(*)::int as n from alert_incidents where alert_id is not null and opened_at >= $1 group by 1`,
    [since],
  );
  return new Map(rows.map(({ id, n }) => [id, n]));
}

/** Open incidents that nobody has taken for as long as their alert waits, counted from when somebody was told. */
export function neglectedIncidents(tx: Db, now: Date): Promise<Incident[]> {
  return tx.query<Incident>(
    `select ${COLUMNS} from alert_incidents i join alerts a on a.id = i.alert_id
     where i.ended_at is null and i.acknowledged_at is null and i.escalated_at is null and a.policy->'escalate' <> 'null'
       and (select min(m.sent_at) from alert_messages m where m.incident_id = i.id and m.state = 'sent')
         + (a.policy->'escalate'->>'after_minutes')::int * interval '1 minute' <= $1 order by i.id`,
    [now],
  );
}

/** Incidents that ended before `before`, with their messages. */
export async function forgetIncidents(db: Db, before: Date): Promise<void> {
  await db.query('delete from alert_incidents where ended_at < $1', [before]);
}
