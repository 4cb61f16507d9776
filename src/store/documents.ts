import type { Document } from '../model/document.ts';
import type { DocumentId } from '../model/ids.ts';
import { type Db, queryOne } from './db.ts';

const COLUMNS = `id, source_id as "sourceId", external_id as "externalId", revision, url, kind, title, text,
  full_text as "fullText", author_id as "authorId", thread_id as "threadId", parent_external_id as "parentExternalId",
  declared_language as "declaredLanguage", links, signs, published_at as "publishedAt", found_at as "foundAt",
  updated_at as "updatedAt", content_hash as "contentHash",
  deleted_at as "deletedAt", guest_name as "guestName"`;

export function getDocuments(db: Db, ids: readonly DocumentId[]): Promise<Document[]> {
  return db.query<Document>(`select ${COLUMNS} from documents where id = any($1::bigint[]) order by id`, [
    ids,
  ]);
}

export async function getDocument(db: Db, id: DocumentId): Promise<Document | null> {
  return (await getDocuments(db, [id]))[0] ?? null;
}

export interface Revision {
  revision: number;
  title: string | null;
  text: string;
  seenAt: Date;
}

/** Older revisions, newest first. */
export function listRevisions(db: Db, id: DocumentId): Promise<Revision[]> {
  return db.query<Revision>(
    'select revision, title, text, seen_at as "seenAt" from document_revisions where document_id = $1 order by revision desc',
    [id],
  );
}

/** Ids after `after`, for walking through everything in order. */
export async function nextDocumentIds(db: Db, after: number, limit: number): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    'select id from documents where id > $1 order by id limit $2',
    [after, limit],
  );
  return rows.map((row) => row.id);
}

/** Number of the document that came last; 0 where there is none. */
export async function newestDocument(db: Db): Promise<DocumentId> {
  const row = await queryOne<{ id: DocumentId }>(db, 'select coalesce(max(id), 0) as id from documents');
  return row?.id ?? (0 as DocumentId);
}

const LOOKED_AT = 200;

/** The newest document, and the newest before those that were found after `at` (the newest two hundred are looked at); 0 where there is none. */
export async function newestDocuments(db: Db, at: Date): Promise<{ newest: DocumentId; before: DocumentId }> {
  const row = await queryOne<{ newest: DocumentId; before: DocumentId }>(
    db,
    `select coalesce(max(id), 0) as newest, coalesce(min(id) filter (where found_at > $1) - 1, max(id), 0) as before
     from (select id, found_at from documents order by id desc limit ${LOOKED_AT}) as newest`,
    [at],
  );
  return row ?? { newest: 0 as DocumentId, before: 0 as DocumentId };
}
