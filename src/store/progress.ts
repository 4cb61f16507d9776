import type { DocumentId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';

/** How far each document has come through the stages, kept apart from its content. */
export type Stage = 'understood' | 'acted';

interface DocumentState {
  id: DocumentId;
  revision: number;
  /** The revision that has been understood. */
  understood: number;
}

/**
 * Keeps others from changing or deleting these documents until the transaction ends. Stages take it before they write,
 * so that work on an older revision can neither overwrite nor delete what a newer one has brought.
 */
export function lockDocuments(tx: Db, ids: readonly DocumentId[]): Promise<DocumentState[]> {
  return tx.query<DocumentState>(
    `select d.id, d.revision, p.understood from documents d join document_progress p on p.document_id = d.id
     where d.id = any($1::bigint[]) order by d.id for update of d`,
    [ids],
  );
}

/** Marks documents as changed for the search index. */
export async function touchDocuments(tx: Db, ids: readonly DocumentId[], now: Date): Promise<void> {
  // Later than any earlier touch, so that a document changed twice in one millisecond is still behind.
  await tx.query(
    `update document_progress set touched_at = greatest($2::timestamptz, touched_at + interval '1 microsecond') where document_id = any($1::bigint[])`,
    [ids, now],
  );
}

/** `at` counts the first time only: how long a document was under way, not when it was looked at again. */
export async function recordStage(
  tx: Db,
  stage: Stage,
  documents: readonly Pick<DocumentState, 'id' | 'revision'>[],
  at: Date,
): Promise<void> {
  await tx.query(
    `update document_progress p set ${stage} = greatest(${stage}, r.revision), ${stage}_at = coalesce(${stage}_at, $3)
     from unnest($1::bigint[], $2::integer[]) as r(id, revision) where p.document_id = r.id`,
    [documents.map(({ id }) => id), documents.map(({ revision }) => revision), at],
  );
}

/** When a document was first understood; null: it was not, or before that was written down. */
export async function understoodAt(db: Db, id: DocumentId): Promise<Date | null> {
  const row = await queryOne<{ at: Date | null }>(
    db,
    'select understood_at as at from document_progress where document_id = $1',
    [id],
  );
  return row?.at ?? null;
}

/** Documents are to be acted on once more: their mentions, or what is known of their authors, has changed. */
export async function reopenActing(tx: Db, ids: readonly DocumentId[]): Promise<void> {
  await tx.query('update document_progress set acted = 0 where document_id = any($1::bigint[])', [ids]);
}

/** Documents with numbers in (after, to]. */
export interface DocumentRange {
  after: number;
  to: number;
}

/** Of these documents those that a stage has not finished although they were touched before `before`: lost jobs are found here. */
export async function findUnfinished(
  db: Db,
  stage: Stage,
  before: Date,
  { after, to }: DocumentRange,
): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    `select p.document_id as id from document_progress p join documents d on d.id = p.document_id
     where p.document_id > $2 and p.document_id <= $3 and d.id > $2 and d.id <= $3 and p.${stage} < d.revision and p.touched_at < $1
       ${stage === 'acted' ? 'and p.understood = d.revision' : ''} order by p.document_id`,
    [before, after, to],
  );
  return rows.map((row) => row.id);
}
