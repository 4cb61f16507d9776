import type { CaseId, DocumentId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';

const HOUR_MS = 3_600_000;
/** After the case opened. */
export const LOOK_AFTER_MS = [HOUR_MS, 24 * HOUR_MS, 7 * 24 * HOUR_MS, 30 * 24 * HOUR_MS] as const;
/** Longer than a look may take. */
const TAKEN_MS = 4 * 60_000;
/** What was handed to the queue and not begun by then has lost its job. */
const LOST_AFTER_MS = 10 * 60_000;

export interface Look {
  caseId: CaseId;
  documentId: DocumentId;
  startedAt: Date;
  attempts: number;
  /** How the first look that came through knew the text on the page. */
  readable: 'exact' | 'words' | 'no' | null;
  /** Ours until then. */
  takenUntil: Date;
}

/** null: that was the last. */
export function nextLook(startedAt: Date, now: Date): Date | null {
  const next = LOOK_AFTER_MS.map((ms) => startedAt.getTime() + ms).find((at) => at > now.getTime());
  return next === undefined ? null : new Date(next);
}

/** The page is looked at as soon as may be, and again later. */
export async function planLooks(tx: Db, caseId: CaseId, documentId: DocumentId, now: Date): Promise<void> {
  await tx.query(
    'insert into evidence_looks (case_id, document_id, started_at, due_at) values ($1, $2, $3, $3) on conflict do nothing',
    [caseId, documentId, now],
  );
}

/** Looks whose time has come, each handed out once. */
export function handOutLooks(
  tx: Db,
  now: Date,
  limit: number,
): Promise<{ caseId: CaseId; documentId: DocumentId }[]> {
  return tx.query(
    `update evidence_looks set handed_at = $1 where (case_id, document_id) in (
       select l.case_id, l.document_id from evidence_looks l join cases c on c.id = l.case_id
       where l.due_at <= $1 and c.status <> 'withdrawn' and (l.handed_at is null or l.handed_at <= $2) and (l.taken_until is null or l.taken_until <= $1)
       order by l.due_at limit $3 for update of l skip locked)
     returning case_id as "caseId", document_id as "documentId"`,
    [now, new Date(now.getTime() - LOST_AFTER_MS), limit],
  );
}

/** Takes a look that is due; null: it is not, or somebody is at it. */
export async function beginLook(
  db: Db,
  { caseId, documentId }: { caseId: CaseId; documentId: DocumentId },
  now: Date,
): Promise<Look | null> {
  return queryOne<Look>(
    db,
    `update evidence_looks set taken_until = $4, handed_at = null
     where case_id = $1 and document_id = $2 and due_at <= $3 and (taken_until is null or taken_until <= $3)
     returning case_id as "caseId", document_id as "documentId", started_at as "startedAt", attempts, readable,
       taken_until as "takenUntil"`,
    [caseId, documentId, now, new Date(now.getTime() + TAKEN_MS)],
  );
}

/** Keeps a look that was begun from being ended by anybody else in this transaction. False: it is nobody's any more, because it was erased or taken over. */
export async function holdLook(tx: Db, { caseId, documentId, takenUntil }: Look): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from evidence_looks where case_id = $1 and document_id = $2 and taken_until = $3 for update',
    [caseId, documentId, takenUntil],
  );
  return rows.length > 0;
}

/** Ends a look that was begun. `readable` is what the first one found. False: as `holdLook`. */
export async function endLook(
  tx: Db,
  look: Look,
  next: { dueAt: Date | null; attempts: number; readable?: Look['readable'] | undefined },
): Promise<boolean> {
  const rows = await tx.query(
    `update evidence_looks set due_at = $3, attempts = $4, readable = coalesce(readable, $5), taken_until = null, handed_at = null
     where case_id = $1 and document_id = $2 and taken_until = $6 returning 1`,
    [look.caseId, look.documentId, next.dueAt, next.attempts, next.readable ?? null, look.takenUntil],
  );
  return rows.length > 0;
}

/** The crawler saw these documents changed, gone or back: whoever keeps evidence of them looks now. */
export async function lookNow(tx: Db, documents: readonly DocumentId[], now: Date): Promise<void> {
  if (documents.length === 0) return;
  await tx.query(
    `update evidence_looks set due_at = least(coalesce(due_at, $2::timestamptz), $2) where document_id = any($1::bigint[])`,
    [documents, now],
  );
}

/** No more is collected of these cases and documents. Whoever is at one of them is waited for. */
export async function endLooks(
  tx: Db,
  cases: readonly CaseId[],
  documents: readonly DocumentId[],
): Promise<void> {
  await tx.query(
    'delete from evidence_looks where case_id = any($1::bigint[]) or document_id = any($2::bigint[])',
    [cases, documents],
  );
}
