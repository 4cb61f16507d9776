import type { DocumentId } from '../model/ids.ts';
import { HAS_CASE } from './cases.ts';
import type { Db } from './db.ts';

/** Deletes documents found before `before` that no case leans on, and notes that the index has to forget them too. */
export async function deleteOldDocuments(tx: Db, before: Date, limit: number): Promise<number> {
  const rows = await tx.query<{ id: DocumentId }>(
    `with gone as (delete from documents where id in (
       select d.id from documents d where d.found_at < $1
         and not exists (select 1 from mentions m where m.document_id = d.id and ${HAS_CASE})
       order by d.id limit $2)
     returning id), adrift as (insert into stories_adrift (story_id) select distinct t.story_id from story_texts t
       join gone on gone.id = t.document_id on conflict do nothing), noted as (insert into index_removals (document_id) select id from gone on conflict do nothing)
     select id from gone`,
    [before, limit],
  );
  return rows.length;
}

/** Authors of whom nothing is stored any more. */
export async function deleteOrphanAuthors(db: Db): Promise<void> {
  await db.query(
    `delete from authors a where not exists (select 1 from documents d where d.author_id = a.id)
       and not exists (select 1 from cases c where c.author_id = a.id)`,
  );
}

export async function deleteOldAudit(db: Db, before: Date): Promise<void> {
  await db.query('delete from audit where at < $1', [before]);
}
