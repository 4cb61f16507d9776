import type { DocumentId, SourceId, TopicId } from '../model/ids.ts';
import type { MissCause, MissClosing, MissState, MissTrace } from '../model/recall.ts';
import { type Db, json, queryOne } from './db.ts';
import { storable } from './text.ts';

/** One entry of the ledger: a post that was missed. */
export interface Miss {
  id: number;
  /** '' when only words were given. */
  address: string;
  text: string;
  topicId: TopicId | null;
  topicKey: string | null;
  topicName: string | null;
  /** The source whose planted canary it is; null for what people report. */
  sourceId: SourceId | null;
  reportedBy: string;
  reportedAt: Date;
  lastReportedAt: Date;
  reports: number;
  state: MissState;
  cause: MissCause;
  trace: MissTrace;
  tracedAt: Date;
  traces: number;
  nextTraceAt: Date | null;
  closedAt: Date | null;
  closedBy: string | null;
  how: MissClosing | null;
  documentId: DocumentId | null;
}

const COLUMNS = `m.id, m.address, m.text, m.topic_id as "topicId", t.key as "topicKey", t.name as "topicName", m.source_id as "sourceId",
  m.reported_by as "reportedBy", m.reported_at as "reportedAt", m.last_reported_at as "lastReportedAt", m.reports, m.state, m.cause,
  m.trace, m.traced_at as "tracedAt", m.traces, m.next_trace_at as "nextTraceAt", m.closed_at as "closedAt", m.closed_by as "closedBy",
  m.how, m.document_id as "documentId"`;
const FROM = 'from recall_misses m left join topics t on t.id = m.topic_id';

export interface NewMiss {
  address: string;
  text: string;
  reportKey: string;
  topicId: TopicId | null;
  sourceId: SourceId | null;
  reportedBy: string;
  trace: MissTrace;
  /** What the trace says of it; null: it goes on. */
  closing: MissClosing | null;
  nextTraceAt: Date | null;
}

/** Adds an entry. The same miss reported once more is the same entry: it is counted, and open again unless it has been caught. */
export async function addMiss(tx: Db, miss: NewMiss, now: Date): Promise<number> {
  const { trace, closing } = miss;
  const row = await queryOne<{ id: number }>(
    tx,
    `insert into recall_misses as m (address, text, report_key, topic_id, source_id, reported_by, reported_at, last_reported_at,
       state, cause, trace, traced_at, next_trace_at, looked_at, closed_at, closed_by, how, document_id)
     values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10::jsonb, $7, $11, $7, $12, $13, $14, $15)
     on conflict (report_key, coalesce(topic_id, 0), coalesce(source_id, 0)) do update set
       reports = m.reports + 1, last_reported_at = excluded.last_reported_at,
       text = case when excluded.text = '' then m.text else excluded.text end,
       state = excluded.state, trace = excluded.trace, traced_at = excluded.traced_at, traces = m.traces + 1,
       next_trace_at = excluded.next_trace_at, looked_at = excluded.looked_at, document_id = excluded.document_id,
       -- Caught meanwhile: why it had been missed stays on record.
       cause = case when excluded.how is null or m.cause = 'caught' then excluded.cause else m.cause end,
       closed_at = case when excluded.how is null then null else coalesce(m.closed_at, excluded.closed_at) end,
       closed_by = case when excluded.how is null then null else coalesce(m.closed_by, excluded.closed_by) end,
       how = case when excluded.how is null then null when m.how is not null then m.how when m.cause = 'caught' then 'was-there' else 'caught' end
     returning id`,
    [
      storable(miss.address),
      storable(miss.text),
      miss.reportKey,
      miss.topicId,
      miss.sourceId,
      miss.reportedBy,
      now,
      closing === null ? 'open' : 'fixed',
      trace.cause,
      json(trace),
      closing === null ? miss.nextTraceAt : null,
      closing === null ? null : now,
      closing === null ? null : 'system',
      closing,
      trace.document,
    ],
  );
  if (!row) throw new Error('upsert returned no entry');
  return row.id;
}

export async function getMiss(db: Db, id: number): Promise<Miss | null> {
  return queryOne<Miss>(db, `select ${COLUMNS} ${FROM} where m.id = $1`, [id]);
}

export interface MissFilter {
  state: MissState | null;
  cause: MissCause | null;
  /** Only what stands behind this one. */
  behind?: Pick<Miss, 'lastReportedAt' | 'id'> | null;
}

/** The last reported first. */
export function listMisses(
  db: Db,
  { state, cause, behind = null }: MissFilter,
  limit: number,
  offset: number,
): Promise<Miss[]> {
  return db.query<Miss>(
    `select ${COLUMNS} ${FROM} where ($1::text is null or m.state = $1) and ($2::text is null or m.cause = $2)
       and ($5::timestamptz is null or (m.last_reported_at, m.id) < ($5, $6::bigint))
     order by m.last_reported_at desc, m.id desc limit $3 offset $4`,
    [state, cause, limit, offset, behind?.lastReportedAt ?? null, behind?.id ?? null],
  );
}

/** Misses of each cause, those dismissed left out; the most frequent first. */
export function countCauses(db: Db): Promise<{ cause: MissCause; open: number; all: number }[]> {
  return db.query(
    `select cause, count(*) filter (where state = 'open')::int as open, count(*)::int as "all" from recall_misses
     where state <> 'dismissed' group by cause order by 3 desc, 1`,
  );
}

/** Median from the report to the catch, in ms; null when none was caught after it was reported. */
export async function medianTimeToFix(db: Db): Promise<{ ms: number; count: number } | null> {
  const row = await queryOne<{ ms: number | null; count: number }>(
    db,
    `select percentile_cont(0.5) within group (order by extract(epoch from closed_at - reported_at)) * 1000 as ms, count(*)::int as count
     from recall_misses where state = 'fixed' and how <> 'was-there'`,
  );
  return row?.ms === null || row === null ? null : { ms: row.ms, count: row.count };
}

export async function countOpenMisses(db: Db): Promise<number> {
  const row = await queryOne<{ n: number }>(
    db,
    `select count(*)::int as n from recall_misses where state = 'open'`,
  );
  return row?.n ?? 0;
}

/** Takes open entries whose site may be asked again; nobody else gets them until `until`. */
export async function claimDueMisses(db: Db, now: Date, until: Date, limit: number): Promise<Miss[]> {
  const rows = await db.query<{ id: number }>(
    `update recall_misses set next_trace_at = $2 where id in (select id from recall_misses where state = 'open' and next_trace_at <= $1
       order by next_trace_at limit $3 for update skip locked) returning id`,
    [now, until, limit],
  );
  const misses = await Promise.all(rows.map(({ id }) => getMiss(db, id)));
  return misses.filter((miss) => miss !== null);
}

/** Takes open entries that were last looked for in the store before `before`. */
export async function claimMissesToLookFor(db: Db, now: Date, before: Date, limit: number): Promise<Miss[]> {
  const rows = await db.query<{ id: number }>(
    `update recall_misses set looked_at = $1 where id in (select id from recall_misses where state = 'open' and looked_at < $2
       order by looked_at limit $3 for update skip locked) returning id`,
    [now, before, limit],
  );
  const misses = await Promise.all(rows.map(({ id }) => getMiss(db, id)));
  return misses.filter((miss) => miss !== null);
}

/** A new trace of an open entry. `closing`: it is caught now; the cause that it had stays. */
export async function saveTrace(
  tx: Db,
  id: number,
  trace: MissTrace,
  { closing, nextTraceAt }: Pick<NewMiss, 'closing' | 'nextTraceAt'>,
  now: Date,
): Promise<boolean> {
  const rows = await tx.query(
    `update recall_misses set trace = $2::jsonb, traced_at = $3::timestamptz, looked_at = $3::timestamptz, traces = traces + 1, document_id = $4,
       cause = case when $5::text is null then $6 else cause end, how = $5,
       state = case when $5::text is null then 'open' else 'fixed' end, next_trace_at = $7,
       closed_at = case when $5::text is null then null else $3::timestamptz end, closed_by = case when $5::text is null then null else 'system' end
     where id = $1 and state = 'open' returning id`,
    [id, json(trace), now, trace.document, closing, trace.cause, closing === null ? nextTraceAt : null],
  );
  return rows.length > 0;
}

/** A person closes an entry, or opens it again; then it is traced again soon. */
export async function setMissState(
  tx: Db,
  id: number,
  state: MissState,
  by: string,
  now: Date,
): Promise<boolean> {
  const isOpen = state === 'open';
  const rows = await tx.query(
    `update recall_misses set state = $2, closed_at = $3, closed_by = $4, how = $5, next_trace_at = $6 where id = $1 returning id`,
    [
      id,
      state,
      isOpen ? null : now,
      isOpen ? null : by,
      state === 'fixed' ? 'by-hand' : null,
      isOpen ? now : null,
    ],
  );
  return rows.length > 0;
}

/** Entries last reported before `before`: what they quote is kept no longer than documents are. */
export async function deleteOldMisses(db: Db, before: Date): Promise<void> {
  await db.query('delete from recall_misses where last_reported_at < $1', [before]);
}
