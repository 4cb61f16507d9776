import type { EvidenceDetails, EvidenceKind, EvidenceRecord } from '../model/evidence.ts';
import type { CaseId, DocumentId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';
import { addRecords } from './evidence-chain.ts';
import { unpackContent } from './evidence-content.ts';

export const RECORD_COLUMNS = `seq, case_id as "caseId", document_id as "documentId", kind, at, address, details, content_sha256 as "contentSha256",
  size, details_sha256 as "detailsSha256", previous_sha256 as "previousSha256", sha256, emptied_at as "emptiedAt"`;

/** Of one case, in order. `after`: from behind this place in the chain; `limit`: so many. */
export function listRecords(
  db: Db,
  caseId: CaseId,
  { after = 0, limit = null }: { after?: number; limit?: number | null } = {},
): Promise<EvidenceRecord[]> {
  return db.query<EvidenceRecord>(
    `select ${RECORD_COLUMNS} from evidence_records where case_id = $1 and seq > $2 order by seq limit $3`,
    [caseId, after, limit],
  );
}

export async function getRecord(db: Db, caseId: CaseId, seq: number): Promise<EvidenceRecord | null> {
  return queryOne<EvidenceRecord>(
    db,
    `select ${RECORD_COLUMNS} from evidence_records where case_id = $1 and seq = $2`,
    [caseId, seq],
  );
}

/** Empty where the record was emptied. */
export function readDetails({ details }: Pick<EvidenceRecord, 'details'>): EvidenceDetails {
  return details === null ? {} : (JSON.parse(details) as EvidenceDetails);
}

/** null: it has none, or none any more. Throws when it is damaged. */
export async function readContent(db: Db, seq: number): Promise<Uint8Array | null> {
  const row = await queryOne<{ content: Uint8Array | null; encoding: 'brotli' | 'identity' }>(
    db,
    'select content, encoding from evidence_records where seq = $1',
    [seq],
  );
  return row?.content ? unpackContent(row.content, row.encoding) : null;
}

export async function readText(db: Db, seq: number): Promise<string | null> {
  const bytes = await readContent(db, seq);
  return bytes && Buffer.from(bytes).toString('utf8');
}

/** The newest record of these kinds about a document of a case. */
export async function newestRecord(
  db: Db,
  caseId: CaseId,
  documentId: DocumentId,
  kinds: readonly EvidenceKind[],
): Promise<EvidenceRecord | null> {
  return queryOne<EvidenceRecord>(
    db,
    `select ${RECORD_COLUMNS} from evidence_records where case_id = $1 and document_id = $2 and kind = any($3::text[]) and emptied_at is null
     order by seq desc limit 1`,
    [caseId, documentId, kinds],
  );
}

/** The newest record that has the text of a document: an edit whose text could not be read has none. */
export async function newestText(
  db: Db,
  caseId: CaseId,
  documentId: DocumentId,
): Promise<EvidenceRecord | null> {
  return queryOne<EvidenceRecord>(
    db,
    `select ${RECORD_COLUMNS} from evidence_records where case_id = $1 and document_id = $2 and kind in ('text', 'edit')
       and content is not null order by seq desc limit 1`,
    [caseId, documentId],
  );
}

/** The documents of a case. */
export async function documentsOfCase(db: Db, caseId: CaseId): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    `select m.document_id as id from case_mentions n join mentions m on m.id = n.mention_id where n.case_id = $1
     union select document_id from evidence_records where case_id = $1 and document_id is not null order by id`,
    [caseId],
  );
  return rows.map(({ id }) => id);
}

/**
 * Empties records: contents, addresses and details go, hashes stay, and a record in each case's part of the chain says which were emptied and
 * why. `hold` and `release` go, too: people write reasons into them. Returns how many.
 */
export async function emptyRecords(
  tx: Db,
  seqs: readonly number[],
  why: 'erasure' | 'retention',
  at: Date,
): Promise<number> {
  const rows = await tx.query<{ seq: number; caseId: CaseId }>(
    `update evidence_records set content = null, encoding = null, content_sha256 = null, size = null, address = null, details = null,
       document_id = null, emptied_at = $2
     where seq = any($1::bigint[]) and kind <> 'erased' and emptied_at is null returning seq, case_id as "caseId"`,
    [seqs, at],
  );
  const of = (id: CaseId) => rows.filter(({ caseId }) => caseId === id).map(({ seq }) => seq);
  const cases = [...new Set(rows.map(({ caseId }) => caseId))].sort((a, b) => a - b);
  const notes = cases.map((caseId) => ({
    caseId,
    documentId: null,
    kind: 'erased' as const,
    at,
    address: null,
    details: { why, records: of(caseId).sort((a, b) => a - b) },
  }));
  await addRecords(tx, notes);
  return rows.length;
}

/** Of these documents, and of these cases; not those of held cases. */
export async function recordsAbout(
  tx: Db,
  {
    documents,
    cases,
    held,
  }: { documents: readonly DocumentId[]; cases: readonly CaseId[]; held: readonly CaseId[] },
): Promise<number[]> {
  const rows = await tx.query<{ seq: number }>(
    `select seq from evidence_records where (document_id = any($1::bigint[]) or case_id = any($2::bigint[]))
       and emptied_at is null and kind <> 'erased' and not (case_id = any($3::bigint[])) order by seq`,
    [documents, cases, held],
  );
  return rows.map(({ seq }) => seq);
}

/** Of cases that are closed, withdrawn or gone, are not held, and of which nothing new was recorded since `before`. */
export async function outdatedRecords(tx: Db, before: Date, limit: number): Promise<number[]> {
  const rows = await tx.query<{ seq: number }>(
    `select r.seq from evidence_records r where r.emptied_at is null and r.kind <> 'erased' and r.at < $1
       and not exists (select 1 from evidence_records n where n.case_id = r.case_id and n.kind <> 'erased' and n.at >= $1)
       and not exists (select 1 from evidence_holds h where h.case_id = r.case_id)
       and not exists (select 1 from cases c where c.id = r.case_id and c.status not in ('closed', 'withdrawn'))
     order by r.seq limit $2`,
    [before, limit],
  );
  return rows.map(({ seq }) => seq);
}
