import type { CaseId, DocumentId } from '../model/ids.ts';
import type { Db } from './db.ts';

/** A page that was taken for another's post, where somebody may stand, too. */
export interface NeighbourPage {
  seq: number;
  caseId: CaseId;
  documentId: DocumentId;
  at: Date;
  /** The header, as it came. */
  contentType: string | null;
}

const WITHOUT_PLACE = (column: string): string => `split_part(${column}, '#', 1)`;

/** Pages of others' evidence in the same discussions as these documents, or at the same addresses; not those of held cases. */
export function pagesNear(
  tx: Db,
  documents: readonly DocumentId[],
  held: readonly CaseId[],
): Promise<NeighbourPage[]> {
  return tx.query<NeighbourPage>(
    `with gone as (select thread_id, ${WITHOUT_PLACE('url')} as place from documents where id = any($1::bigint[]))
     select r.seq, r.case_id as "caseId", r.document_id as "documentId", r.at, r.details::json->>'content_type' as "contentType"
     from evidence_records r join documents d on d.id = r.document_id
     where (r.kind in ('page', 'rendered') or (r.kind = 'edit' and r.details::json->>'read' = 'about')) and r.emptied_at is null and not (r.document_id = any($1::bigint[])) and not (r.case_id = any($2::bigint[]))
       and (d.thread_id in (select thread_id from gone where thread_id is not null)
         or ${WITHOUT_PLACE('r.address')} in (select place from gone) or ${WITHOUT_PLACE('d.url')} in (select place from gone))
     order by r.seq`,
    [documents, held],
  );
}

/** What the same look brought: the page, how it was rendered, its picture, and what was read off it roughly. */
export async function recordsOfLook(
  tx: Db,
  { caseId, documentId, at }: Pick<NeighbourPage, 'caseId' | 'documentId' | 'at'>,
): Promise<number[]> {
  const rows = await tx.query<{ seq: number }>(
    `select seq from evidence_records where case_id = $1 and document_id = $2 and at = $3 and emptied_at is null
       and (kind in ('page', 'rendered', 'screenshot') or (kind = 'edit' and details::json->>'read' = 'about'))`,
    [caseId, documentId, at],
  );
  return rows.map(({ seq }) => seq);
}
