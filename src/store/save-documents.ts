import { sha256 } from '../lib/hash.ts';
import type { FoundAuthor, FoundDocument } from '../model/document.ts';
import type { AuthorId, DocumentId, SourceId, ThreadId } from '../model/ids.ts';
import { authorKey, saveAuthors, storableAuthor } from './authors.ts';
import { type Db, json, queryOne } from './db.ts';
import { touchDocuments } from './progress.ts';
import { storable, storableOrNull } from './text.ts';

/** Longer texts are cut: nobody writes a megabyte, and one page must not slow down everything behind it. */
const MAX_TEXT = 1_000_000;
const MAX_TITLE = 2000;
const MAX_URL = 4000;
/** A key stands in an index, whose entries PostgreSQL limits to 2.7 kB. */
const MAX_KEY = 300;
const MAX_NAME = 200;

function contentHash(title: string | null, text: string): string {
  return sha256(`${title ?? ''}\n${text}`);
}

/** Stays the same for the same id, however long that is: feeds have put whole pages into a guid. */
function toKey(id: string): string {
  const key = storable(id);
  return key.length <= MAX_KEY ? key : `${key.slice(0, MAX_KEY - 65).toWellFormed()}#${sha256(key)}`;
}

/** What PostgreSQL can hold of a date: an odd one is no date. */
function storableDate(date: Date | undefined): Date | null {
  const year = date?.getUTCFullYear() ?? Number.NaN;
  return date && year > 0 && year < 10_000 ? date : null;
}

/** A found document as its row holds it. */
interface Draft {
  externalId: string;
  title: string | null;
  text: string;
  fullText: string | null;
  hash: string;
  author: FoundAuthor | null;
  found: FoundDocument;
}

function toDraft(found: FoundDocument): Draft {
  const title = storableOrNull(found.title, MAX_TITLE);
  const text = storable(found.text, MAX_TEXT);
  const { author } = found;
  return {
    externalId: toKey(found.externalId),
    title,
    text,
    fullText: storableOrNull(found.fullText, MAX_TEXT),
    hash: contentHash(title, text),
    author: author ? storableAuthor(author) : null,
    found,
  };
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
    [sourceId, toKey(thread.externalId), storable(thread.title, MAX_TITLE), storable(thread.url, MAX_URL)],
  );
  if (!row) throw new Error('upsert returned no thread');
  return row.id;
}

/** null when the document is there already. */
async function insertDocument(
  tx: Db,
  sourceId: SourceId,
  draft: Draft,
  authorId: AuthorId | null,
  now: Date,
): Promise<DocumentId | null> {
  const { found } = draft;
  const threadId = found.thread ? await upsertThread(tx, sourceId, found.thread) : null;
  const row = await queryOne<{ id: DocumentId }>(
    tx,
    `with added as (
       insert into documents (source_id, external_id, url, kind, title, text, full_text, author_id, thread_id,
         parent_external_id, declared_language, links, published_at, found_at, updated_at, content_hash, guest_name, confidence, signs)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::jsonb, $13, $14, $14, $15, $16, $17::jsonb, $18::jsonb)
       on conflict (source_id, external_id) do nothing returning id),
     noted as (insert into document_progress (document_id, touched_at) select id, $14 from added)
     select id from added`,
    [
      sourceId,
      draft.externalId,
      storable(found.url, MAX_URL),
      found.kind,
      draft.title,
      draft.text,
      draft.fullText,
      authorId,
      threadId,
      found.parentExternalId === undefined ? null : toKey(found.parentExternalId),
      storableOrNull(found.declaredLanguage, 35),
      json(found.links ?? []),
      storableDate(found.publishedAt),
      now,
      draft.hash,
      storableOrNull(found.guestName, MAX_NAME),
      found.confidence ? json(found.confidence) : null,
      json(found.signs ?? {}),
    ],
  );
  return row?.id ?? null;
}

interface KnownText {
  id: DocumentId;
  revision: number;
  title: string | null;
  text: string;
  hash: string;
}

/** Older revisions kept of one document, besides the first. */
const MOST_REVISIONS = 50;
/** Whoever edits figures for the fifth time is a counter or a clock within the text. */
const COUNTER_SINCE = 5;

function isOnlyCounting({ revision, ...known }: KnownText, title: string | null, text: string): boolean {
  if (revision < COUNTER_SINCE) return false;
  const words = (part: string | null) => (part ?? '').replace(/\d+/g, '0');
  return words(known.title) === words(title) && words(known.text) === words(text);
}

/** null when the known document says the same. */
async function reviseDocument(
  tx: Db,
  sourceId: SourceId,
  draft: Draft,
  now: Date,
): Promise<DocumentId | null> {
  const known = await queryOne<KnownText>(
    tx,
    'select id, revision, title, text, content_hash as hash from documents where source_id = $1 and external_id = $2 for update',
    [sourceId, draft.externalId],
  );
  if (!known || known.hash === draft.hash) return null;
  // The first post of a thread stands on each of its pages in some forums, and has its title only on the first.
  const title = draft.title ?? known.title;
  const hash = contentHash(title, draft.text);
  if (known.hash === hash || isOnlyCounting(known, title, draft.text)) return null;
  await tx.query(
    `insert into document_revisions (document_id, revision, title, text, full_text, content_hash, seen_at)
     select id, revision, title, text, full_text, content_hash, updated_at from documents where id = $1`,
    [known.id],
  );
  await tx.query(
    `update documents set revision = revision + 1, title = $2, text = $3, full_text = $4, content_hash = $5, updated_at = $6
     where id = $1`,
    [known.id, title, draft.text, draft.fullText, hash, now],
  );
  await tx.query('delete from document_revisions where document_id = $1 and revision between 2 and $2', [
    known.id,
    known.revision - MOST_REVISIONS,
  ]);
  await touchDocuments(tx, [known.id], now);
  return known.id;
}

/**
 * Notes that documents are gone from their pages; what they said is kept. Returns those of which it was not known.
 * A document that is found again is alive again (see saveDocuments).
 */
export async function markDeleted(
  tx: Db,
  sourceId: SourceId,
  externalIds: readonly string[],
  now: Date,
): Promise<DocumentId[]> {
  if (externalIds.length === 0) return [];
  const rows = await tx.query<{ id: DocumentId }>(
    `update documents set deleted_at = $3 where source_id = $1 and external_id = any($2::text[]) and deleted_at is null
     returning id`,
    [sourceId, externalIds.map(toKey), now],
  );
  const ids = rows.map((row) => row.id);
  await touchDocuments(tx, ids, now);
  return ids;
}

async function reviveDocuments(
  tx: Db,
  sourceId: SourceId,
  drafts: readonly Draft[],
  now: Date,
): Promise<void> {
  const rows = await tx.query<{ id: DocumentId }>(
    `update documents set deleted_at = null where source_id = $1 and external_id = any($2::text[]) and deleted_at is not null
     returning id`,
    [sourceId, drafts.map(({ externalId }) => externalId)],
  );
  await touchDocuments(
    tx,
    rows.map((row) => row.id),
    now,
  );
}

async function knownHashes(
  tx: Db,
  sourceId: SourceId,
  drafts: readonly Draft[],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ key: string; hash: string }>(
    'select external_id as key, content_hash as hash from documents where source_id = $1 and external_id = any($2::text[])',
    [sourceId, drafts.map((draft) => draft.externalId)],
  );
  return new Map(rows.map((row) => [row.key, row.hash]));
}

/** A page that tells of a document twice, in other words, would make two revisions at each look. */
function firstOfEach(drafts: readonly Draft[]): Draft[] {
  return [...new Map([...drafts].reverse().map((draft) => [draft.externalId, draft])).values()].reverse();
}

/**
 * Stores found documents: new ones, new revisions of known ones, and nothing of those whose words are the same.
 * Returns those in which there is something new to understand. Safe when two processes save the same page at once.
 */
export async function saveDocuments(
  tx: Db,
  sourceId: SourceId,
  found: readonly FoundDocument[],
  now: Date,
): Promise<DocumentId[]> {
  const drafts = firstOfEach(found.map(toDraft));
  const known = await knownHashes(tx, sourceId, drafts);
  if (known.size > 0) await reviveDocuments(tx, sourceId, drafts, now);
  const changed = drafts.filter((draft) => known.get(draft.externalId) !== draft.hash);
  const authors = await saveAuthors(
    tx,
    changed.flatMap(({ author }) => author ?? []),
  );
  const ids = new Set<DocumentId>();
  for (const draft of changed) {
    const authorId = draft.author ? (authors.get(authorKey(draft.author)) ?? null) : null;
    const id =
      (known.has(draft.externalId) ? null : await insertDocument(tx, sourceId, draft, authorId, now)) ??
      (await reviseDocument(tx, sourceId, draft, now));
    if (id !== null) ids.add(id);
  }
  return [...ids];
}

/** One document; null when there is nothing new in it. */
export async function saveDocument(
  tx: Db,
  sourceId: SourceId,
  found: FoundDocument,
  now: Date,
): Promise<DocumentId | null> {
  return (await saveDocuments(tx, sourceId, [found], now))[0] ?? null;
}
