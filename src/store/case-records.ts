import type { CaseId } from '../model/ids.ts';
import type { OpenedCase, RecordStatus } from '../model/ports.ts';
import { type Db, queryOne } from './db.ts';

/** What a case is in one CRM. */
export interface CaseRecordRow extends Pick<RecordStatus, 'detail'> {
  caseId: CaseId;
  endpoint: string;
  externalId: string;
  /** As last read; null: never. */
  status: RecordStatus['status'] | null;
}

/** A case that was erased meanwhile gets none. */
export async function saveCaseRecord(
  db: Db,
  {
    caseId,
    endpoint,
    externalId,
    url,
  }: Pick<CaseRecordRow, 'endpoint' | 'externalId'> & { caseId: number; url: string | null },
): Promise<void> {
  await db.query(
    `insert into case_records (case_id, endpoint, external_id, url) select id, $2, $3, $4 from cases where id = $1
     on conflict (case_id, endpoint) do update set external_id = excluded.external_id, url = coalesce(excluded.url, case_records.url)`,
    [caseId, endpoint, externalId, url],
  );
}

/** How an endpoint knows a case that it was told of; null: it was not. */
export async function findOpenedCase(db: Db, endpoint: string, caseId: number): Promise<OpenedCase | null> {
  const row = await queryOne<{ key: string | null; externalId: string | null }>(
    db,
    `select (select id::text from deliveries where endpoint = $1 and event_key = 'case:' || $2::bigint) as key,
       (select external_id from case_records where endpoint = $1 and case_id = $2::bigint) as "externalId"`,
    [endpoint, caseId],
  );
  if (!row || (row.key === null && row.externalId === null)) return null;
  return { key: row.key ?? '', externalId: row.externalId };
}

/** The longest unread first; they are taken as read now, so that nobody else takes them. */
export function claimUnread(
  db: Db,
  endpoint: string,
  now: Date,
  readBefore: Date,
  limit: number,
): Promise<CaseRecordRow[]> {
  return db.query<CaseRecordRow>(
    `update case_records r set checked_at = $2 where (case_id, endpoint) in (
       select x.case_id, x.endpoint from case_records x join cases c on c.id = x.case_id
       where x.endpoint = $1 and (x.checked_at is null or x.checked_at <= $3)
         and c.status <> 'withdrawn'
       order by x.checked_at nulls first, x.case_id limit $4 for update of x skip locked)
     returning case_id as "caseId", endpoint, external_id as "externalId", status, detail`,
    [endpoint, now, readBefore, limit],
  );
}

/** What has been closed for two weeks is not opened again, and not read any more. */
export async function setRecordStatus(
  tx: Db,
  { caseId, endpoint }: Pick<CaseRecordRow, 'caseId' | 'endpoint'>,
  { status, detail }: RecordStatus,
  at: Date,
): Promise<void> {
  await tx.query(
    `update case_records set status = $3, detail = $4, status_at = case when status is distinct from $3 then $5::timestamptz else status_at end,
       checked_at = case when $3 = 'closed' and status = 'closed' and status_at < $5::timestamptz - interval '14 days' then 'infinity' else checked_at end
     where case_id = $1 and endpoint = $2`,
    [caseId, endpoint, status, detail.slice(0, 200).toWellFormed(), at],
  );
}

/** A case's record as people are shown it. */
export interface CaseRecord extends Pick<CaseRecordRow, 'endpoint' | 'externalId' | 'status'> {
  url: string | null;
  detail: string | null;
}

export function listCaseRecords(db: Db, caseId: CaseId): Promise<CaseRecord[]> {
  return db.query<CaseRecord>(
    `select endpoint, external_id as "externalId", url, status, detail from case_records where case_id = $1 order by endpoint`,
    [caseId],
  );
}
