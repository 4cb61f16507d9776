import type { EvidenceHold } from '../model/evidence.ts';
import type { AuthorId, CaseId, CustomerId, DocumentId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';

const COLUMNS = `case_id as "caseId", reason, placed_by as "placedBy", placed_at as "placedAt", erase_asked_at as "eraseAskedAt"`;

/** Of a document `d`: it belongs to a case that is held. */
export const IS_HELD_DOCUMENT = `exists (select 1 from evidence_records r join evidence_holds h on h.case_id = r.case_id where r.document_id = d.id)`;

export async function getHold(db: Db, caseId: CaseId): Promise<EvidenceHold | null> {
  return queryOne<EvidenceHold>(db, `select ${COLUMNS} from evidence_holds where case_id = $1`, [caseId]);
}

/** False: it was held already. */
export async function addHold(
  tx: Db,
  hold: Pick<EvidenceHold, 'caseId' | 'reason' | 'placedBy' | 'placedAt'>,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into evidence_holds (case_id, reason, placed_by, placed_at) values ($1, $2, $3, $4)
     on conflict (case_id) do nothing returning case_id`,
    [hold.caseId, hold.reason, hold.placedBy, hold.placedAt],
  );
  return rows.length > 0;
}

/** An erasure that waits for the release. */
export interface WaitingErasure {
  entries: CustomerId[];
  authors: AuthorId[];
  erasePosts: boolean;
}

/** What was asked meanwhile, null in it when nothing was; null: it is not held. */
export async function removeHold(tx: Db, caseId: CaseId): Promise<{ waiting: WaitingErasure | null } | null> {
  const row = await queryOne<WaitingErasure & { askedAt: Date | null }>(
    tx,
    `delete from evidence_holds where case_id = $1
     returning to_jsonb(erase_entries) as entries, to_jsonb(erase_authors) as authors, erase_posts as "erasePosts", erase_asked_at as "askedAt"`,
    [caseId],
  );
  if (!row) return null;
  const { askedAt, entries, authors, erasePosts } = row;
  return { waiting: askedAt ? { entries, authors, erasePosts } : null };
}

/** What an erasure must leave, because a case is held. */
export interface Held {
  cases: CaseId[];
  documents: DocumentId[];
  authors: AuthorId[];
  entries: CustomerId[];
}

/**
 * What is held of all that an erasure would take: cases of these entries, authors and documents, with their documents, authors and the entry of
 * each. Nobody places or releases these holds until the transaction ends.
 */
export async function heldAmong(
  tx: Db,
  { entries, authors, documents }: Pick<Held, 'entries' | 'authors' | 'documents'>,
): Promise<Held> {
  const held = await tx.query<{ caseId: CaseId; author: AuthorId; entry: CustomerId }>(
    `select h.case_id as "caseId", c.author_id as author, c.customer_id as entry from evidence_holds h join cases c on c.id = h.case_id
     where c.customer_id = any($1::bigint[]) or c.author_id = any($2::bigint[])
       or exists (select 1 from evidence_records r where r.case_id = h.case_id and r.document_id = any($3::bigint[])) order by h.case_id for update of h`,
    [entries, authors, documents],
  );
  const cases = held.map(({ caseId }) => caseId);
  const rows = await tx.query<{ id: DocumentId; author: AuthorId | null }>(
    `select distinct d.id, d.author_id as author from evidence_records r join documents d on d.id = r.document_id where r.case_id = any($1::bigint[])`,
    [cases],
  );
  return {
    cases,
    documents: rows.map(({ id }) => id),
    authors: [
      ...new Set([...held.map(({ author }) => author), ...rows.flatMap(({ author }) => author ?? [])]),
    ],
    entries: [...new Set(held.map(({ entry }) => entry))],
  };
}

/** Notes at each of these holds whom to erase once it is released. */
export async function letWait(
  tx: Db,
  cases: readonly CaseId[],
  { entries, authors, erasePosts }: WaitingErasure,
  at: Date,
): Promise<void> {
  await tx.query(
    `update evidence_holds set erase_asked_at = coalesce(erase_asked_at, $2),
       erase_entries = (select coalesce(array_agg(distinct e), '{}') from unnest(erase_entries || $3::bigint[]) as e),
       erase_authors = (select coalesce(array_agg(distinct a), '{}') from unnest(erase_authors || $4::bigint[]) as a),
       erase_posts = erase_posts or $5
     where case_id = any($1::bigint[])`,
    [cases, at, entries, authors, erasePosts],
  );
}
