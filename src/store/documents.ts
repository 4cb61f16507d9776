import { sha256 } from '../lib/hash.ts';
import type { Author, Document, FoundAuthor, FoundDocument } from '../model/document.ts';
import type { AuthorId, DocumentId, SourceId, ThreadId } from '../model/ids.ts';
import { type Db, json, queryOne } from './db.ts';

const COLUMNS = `id, source_id as "sourceId", external_id as "externalId", revision, url, kind, title, text,
  full_text as "fullText", author_id as "authorId", thread_id as "threadId", parent_external_id as "parentExternalId",
  declared_language as "declaredLanguage", links, published_at as "publishedAt", found_at as "foundAt",
  updated_at as "updatedAt", content_hash as "contentHash"`;

/** Longer texts are cut: nobody writes a megabyte, and one page must not slow down everything behind it. */
const MAX_TEXT = 1_000_000;

/** PostgreSQL text holds neither NUL nor lone surrogates. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed().slice(0, MAX_TEXT);
}

export function contentHash(title: string | undefined, text: string): string {
  return sha256(`${title ?? ''}\n${text}`);
}

async function upsertAuthor(tx: Db, author: FoundAuthor): Promise<AuthorId> {
  const row = await queryOne<{ id: AuthorId }>(
    tx,
    `insert into authors (site, handle, name, profile_url, about) values ($1, $2, $3, $4, $5)
     on conflict (site, handle) do update set name = coalesce(excluded.name, authors.name),
       profile_url = coalesce(excluded.profile_url, authors.profile_url), about = coalesce(excluded.about, authors.about)
     returning id`,
    [
      storable(author.site),
      storable(author.handle),
      author.name ? storable(author.name) : null,
      author.profileUrl ?? null,
      author.about ? storable(author.about) : null,
    ],
  );
  if (!row) throw new Error('upsert returned no author');
  return row.id;
}

async function upsertThread(
  tx: Db,
  sourceId: SourceId,
  thread: NonNullable<FoundDocument['thread']>,
): Promise<ThreadId> {
  const row = await queryOne<{ id: ThreadId }>(
    tx,
    `insert into threads (source_id, external_id, title, url) values ($1, $2, $3, $4)
     on conflict (source_id, external_id) do update set title = excluded.title, url = excluded.url returning id`,
    [sourceId, thread.externalId, storable(thread.title), thread.url],
  );
  if (!row) throw new Error('upsert returned no thread');
  return row.id;
}

async function insertDocument(
  tx: Db,
  sourceId: SourceId,
  found: FoundDocument,
  hash: string,
  now: Date,
): Promise<DocumentId> {
  const authorId = found.author ? await upsertAuthor(tx, found.author) : null;
  const threadId = found.thread ? await upsertThread(tx, sourceId, found.thread) : null;
  const row = await queryOne<{ id: DocumentId }>(
    tx,
    `insert into documents (source_id, external_id, url, kind, title, text, full_text, author_id, thread_id,
       parent_external_id, declared_language, links, published_at, found_at, updated_at, content_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::jsonb, $13, $14, $14, $15) returning id`,
    [
      sourceId,
      found.externalId,
      found.url,
      found.kind,
      found.title === undefined ? null : storable(found.title),
      storable(found.text),
      found.fullText === undefined ? null : storable(found.fullText),
      authorId,
      threadId,
      found.parentExternalId ?? null,
      found.declaredLanguage ?? null,
      json(found.links ?? []),
      found.publishedAt ?? null,
      now,
      hash,
    ],
  );
  if (!row) throw new Error('insert returned no document');
  await tx.query('insert into document_progress (document_id, touched_at) values ($1, $2)', [row.id, now]);
  return row.id;
}

async function reviseDocument(
  tx: Db,
  id: DocumentId,
  found: FoundDocument,
  hash: string,
  now: Date,
): Promise<void> {
  await tx.query(
    `insert into document_revisions (document_id, revision, title, text, full_text, content_hash, seen_at)
     select id, revision, title, text, full_text, content_hash, updated_at from documents where id = $1`,
    [id],
  );
  await tx.query(
    `update documents set revision = revision + 1, title = $2, text = $3, full_text = $4, content_hash = $5, updated_at = $6
     where id = $1`,
    [
      id,
      found.title === undefined ? null : storable(found.title),
      storable(found.text),
      found.fullText === undefined ? null : storable(found.fullText),
      hash,
      now,
    ],
  );
  await touchDocuments(tx, [id], now);
}

/**
 * Stores one found document: new, a new revision of a known one, or nothing when its words are the same.
 * Returns the document when there is something new to understand, else null.
 */
export async function saveDocument(
  tx: Db,
  sourceId: SourceId,
  found: FoundDocument,
  now: Date,
): Promise<DocumentId | null> {
  const hash = contentHash(found.title, found.text);
  const known = await queryOne<{ id: DocumentId; hash: string }>(
    tx,
    'select id, content_hash as hash from documents where source_id = $1 and external_id = $2 for update',
    [sourceId, found.externalId],
  );
  if (!known) return insertDocument(tx, sourceId, found, hash, now);
  if (known.hash === hash) return null;
  await reviseDocument(tx, known.id, found, hash, now);
  return known.id;
}

export function getDocuments(db: Db, ids: readonly DocumentId[]): Promise<Document[]> {
  return db.query<Document>(`select ${COLUMNS} from documents where id = any($1::bigint[]) order by id`, [
    ids,
  ]);
}

export async function getDocument(db: Db, id: DocumentId): Promise<Document | null> {
  return (await getDocuments(db, [id]))[0] ?? null;
}

export function getAuthors(db: Db, ids: readonly AuthorId[]): Promise<Author[]> {
  return db.query<Author>(
    'select id, site, handle, name, profile_url as "profileUrl", about from authors where id = any($1::bigint[])',
    [ids],
  );
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

/** Marks documents as changed for the search index. */
export async function touchDocuments(tx: Db, ids: readonly DocumentId[], now: Date): Promise<void> {
  // Later than any earlier touch, so that a document changed twice in one millisecond is still behind.
  await tx.query(
    `update document_progress set touched_at = greatest($2::timestamptz, touched_at + interval '1 microsecond') where document_id = any($1::bigint[])`,
    [ids, now],
  );
}

export type Stage = 'understood' | 'acted';

export async function recordStage(tx: Db, stage: Stage, id: DocumentId, revision: number): Promise<void> {
  await tx.query(`update document_progress set ${stage} = greatest(${stage}, $2) where document_id = $1`, [
    id,
    revision,
  ]);
}

/** Documents that a stage has not finished although they were touched before `before`: lost jobs are found here. */
export async function findUnfinished(
  db: Db,
  stage: Stage,
  before: Date,
  limit: number,
): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    `select p.document_id as id from document_progress p join documents d on d.id = p.document_id
     where p.${stage} < d.revision and p.touched_at < $1 order by p.document_id limit $2`,
    [before, limit],
  );
  return rows.map((row) => row.id);
}

export async function countDocuments(db: Db): Promise<number> {
  const row = await queryOne<{ n: number }>(db, 'select count(*)::int as n from documents');
  return row?.n ?? 0;
}

/** Ids after `after`, for walking through everything in order. */
export async function nextDocumentIds(db: Db, after: number, limit: number): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    'select id from documents where id > $1 order by id limit $2',
    [after, limit],
  );
  return rows.map((row) => row.id);
}

/** Authors whose account or nick is one of `handles` (`site/handle` or `handle`, lower case). */
export async function findAuthorsByIdentifiers(db: Db, handles: readonly string[]): Promise<AuthorId[]> {
  if (handles.length === 0) return [];
  const rows = await db.query<{ id: AuthorId }>(
    `select id from authors where lower(site || '/' || handle) = any($1::text[]) or lower(handle) = any($1::text[])`,
    [handles],
  );
  return rows.map((row) => row.id);
}

export async function documentsOfAuthors(db: Db, ids: readonly AuthorId[]): Promise<DocumentId[]> {
  if (ids.length === 0) return [];
  const rows = await db.query<{ id: DocumentId }>(
    'select id from documents where author_id = any($1::bigint[]) order by id',
    [ids],
  );
  return rows.map((row) => row.id);
}
