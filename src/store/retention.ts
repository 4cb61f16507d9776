import type { DocumentId } from '../model/ids.ts';
import { deleteEmptyCases, HAS_CASE } from './cases.ts';
import type { Db } from './db.ts';
import { IS_HELD_DOCUMENT } from './evidence-holds.ts';

/** Deletes documents found before `before` that no case leans on, held ones included, and notes that the index has to forget them too. */
export async function deleteOldDocuments(tx: Db, before: Date, limit: number): Promise<number> {
  const rows = await tx.query<{ id: DocumentId }>(
    `with gone as (delete from documents where id in (
       select d.id from documents d where d.found_at < $1
         and not exists (select 1 from mentions m where m.document_id = d.id and ${HAS_CASE})
         and not ${IS_HELD_DOCUMENT}
       order by d.id limit $2)
     returning id), adrift as (insert into stories_adrift (story_id) select distinct t.story_id from story_texts t
       join gone on gone.id = t.document_id on conflict do nothing), noted as (insert into index_removals (document_id) select id from gone on conflict do nothing)
     select id from gone`,
    [before, limit],
  );
  if (rows.length > 0) await deleteEmptyCases(tx);
  return rows.length;
}

/**
 * Takes the name off the posts of authors who are nobody's account and whose newest post was found before `before`. Returns how many authors.
 * Somebody on whom a case leans is kept, and somebody of whom it was said or asked who he is: a refusal must not be forgotten.
 */
export async function forgetAuthors(tx: Db, before: Date, now: Date, limit: number): Promise<number> {
  const rows = await tx.query<{ id: number }>(
    `select a.id from authors a where not exists (select 1 from identity_links l where l.author_id = a.id)
       and not exists (select 1 from cases c where c.author_id = a.id)
       and not exists (select 1 from documents d where d.author_id = a.id and d.found_at >= $1)
       and exists (select 1 from documents d where d.author_id = a.id) order by a.id limit $2`,
    [before, limit],
  );
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await tx.query(
    `update document_progress set touched_at = $2 where document_id in (select id from documents where author_id = any($1::bigint[]))`,
    [ids, now],
  );
  await tx.query(
    'update documents set author_id = null, guest_name = null where author_id = any($1::bigint[])',
    [ids],
  );
  await tx.query('delete from authors where id = any($1::bigint[])', [ids]);
  return ids.length;
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
