import type { DocumentId, StoryId } from '../model/ids.ts';
import type { Relation } from '../model/story.ts';
import { type Db, json } from './db.ts';

/** What is read of a text: what lies behind is not compared. */
const MOST_UNITS = 60_000;

/** One after the other, in all processes: two copies that arrive at once must not begin two stories. Until the transaction ends. */
export async function lockStories(tx: Db): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(72900901)');
}

export interface Carrier {
  documentId: DocumentId;
  storyId: StoryId;
  revision: number;
  saidAt: Date;
  relation: Relation | 'first';
  /** Shares of words, 0…1: of the story's text that stand in the document, and the other way round. */
  ofStory: number;
  ofOwn: number;
}

/** Which revision of these documents was compared, and the story it was put into. */
export function findCarriers(
  db: Db,
  ids: readonly DocumentId[],
): Promise<Pick<Carrier, 'documentId' | 'storyId' | 'revision'>[]> {
  return db.query(
    `select document_id as "documentId", story_id as "storyId", revision from story_carriers where document_id = any($1::bigint[])`,
    [ids],
  );
}

/** Documents of these stories, each story's earliest first. */
export async function carriersOf(db: Db, ids: readonly StoryId[], limit: number): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    `select document_id as id from story_carriers where story_id = any($1::bigint[])
     order by story_id, said_at, document_id limit $2`,
    [ids, limit],
  );
  return rows.map(({ id }) => id);
}

/** Takes documents out of their stories. Returns the stories that thereby lost a text by which they were known. */
export async function removeCarriers(tx: Db, ids: readonly DocumentId[]): Promise<StoryId[]> {
  const rows = await tx.query<{ storyId: StoryId }>(
    `with lost as (select distinct story_id from story_texts where document_id = any($1::bigint[])),
       gone as (delete from story_carriers where document_id = any($1::bigint[]))
     select story_id as "storyId" from lost`,
    [ids],
  );
  return rows.map(({ storyId }) => storyId);
}

export async function makeStories(tx: Db, count: number, now: Date): Promise<StoryId[]> {
  if (count === 0) return [];
  const rows = await tx.query<{ id: StoryId }>(
    'insert into stories (made_at) select $2 from generate_series(1, $1::int) returning id',
    [count, now],
  );
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}

export async function saveCarriers(tx: Db, carriers: readonly Carrier[], now: Date): Promise<void> {
  if (carriers.length === 0) return;
  await tx.query(
    `insert into story_carriers (document_id, story_id, revision, said_at, relation, of_story, of_own, joined_at)
     select c."documentId", c."storyId", c.revision, c."saidAt", c.relation, c."ofStory", c."ofOwn", $2
     from jsonb_to_recordset($1::jsonb) as c("documentId" bigint, "storyId" bigint, revision int, "saidAt" timestamptz,
       relation text, "ofStory" real, "ofOwn" real)`,
    [json(carriers), now],
  );
}

/** A text by which a story is found. */
export interface StoryText {
  /** Grows with each that is written. */
  id: number;
  documentId: DocumentId;
  fingerprints: Int32Array;
  madeAt: Date;
}

function toBytes(numbers: Int32Array): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [at, value] of numbers.entries()) bytes.writeInt32LE(value, at * 4);
  return bytes;
}

function fromBytes(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int32Array.from({ length: bytes.byteLength >> 2 }, (_, at) => view.getInt32(at * 4, true));
}

/** Returns the greatest number that was given; 0 when there were none. */
export async function saveStoryTexts(
  tx: Db,
  texts: readonly { documentId: DocumentId; storyId: StoryId; fingerprints: Int32Array }[],
  now: Date,
): Promise<number> {
  if (texts.length === 0) return 0;
  const rows = await tx.query<{ id: number }>(
    `insert into story_texts (document_id, story_id, fingerprints, made_at)
     select t."documentId", t."storyId", decode(t.bytes, 'base64'), $2
     from jsonb_to_recordset($1::jsonb) as t("documentId" bigint, "storyId" bigint, bytes text) returning id`,
    [
      json(
        texts.map(({ fingerprints, ...rest }) => ({
          ...rest,
          bytes: toBytes(fingerprints).toString('base64'),
        })),
      ),
      now,
    ],
  );
  return Math.max(...rows.map(({ id }) => id));
}

/** Written after that number, in their order. */
export async function nextStoryTexts(
  db: Db,
  after: number,
  since: Date,
  limit: number,
): Promise<StoryText[]> {
  const rows = await db.query<{ id: number; documentId: DocumentId; bytes: Uint8Array; madeAt: Date }>(
    `select id, document_id as "documentId", fingerprints as bytes, made_at as "madeAt" from story_texts
     where id > $1 and made_at > $2 order by id limit $3`,
    [after, since, limit],
  );
  return rows.map(({ bytes, ...row }) => ({ ...row, fingerprints: fromBytes(bytes) }));
}

/** What is compared of a document. */
export interface Comparable {
  id: DocumentId;
  storyId: StoryId;
  title: string | null;
  text: string;
  madeAt: Date;
}

/** Of these, the texts by which stories are still known: written since then, the others are left out. */
export function readStoryTexts(db: Db, ids: readonly number[], since: Date): Promise<Comparable[]> {
  return db.query(
    `select d.id, t.story_id as "storyId", d.title, left(d.text, ${MOST_UNITS}) as text, t.made_at as "madeAt"
     from story_texts t join documents d on d.id = t.document_id
     where t.document_id = any($1::bigint[]) and t.made_at > $2`,
    [ids, since],
  );
}

/** How many texts each of these stories is known by. */
export async function countStoryTexts(db: Db, ids: readonly StoryId[]): Promise<Map<StoryId, number>> {
  const rows = await db.query<{ id: StoryId; n: number }>(
    'select story_id as id, count(*)::int as n from story_texts where story_id = any($1::bigint[]) group by 1',
    [ids],
  );
  return new Map(rows.map(({ id, n }) => [id, n]));
}

/** They are found for a while longer. */
export async function renewStoryTexts(tx: Db, ids: readonly DocumentId[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `with old as (delete from story_texts where document_id = any($1::bigint[]) returning document_id, story_id, fingerprints)
     insert into story_texts (document_id, story_id, fingerprints, made_at) select document_id, story_id, fingerprints, $2 from old`,
    [ids, now],
  );
}

export async function forgetStoryTexts(db: Db, before: Date): Promise<void> {
  await db.query('delete from story_texts where made_at <= $1', [before]);
}

/** Takes some stories that lost their texts; those without any document are gone with it. */
export async function takeAdrift(tx: Db, limit: number): Promise<StoryId[]> {
  const rows = await tx.query<{ id: StoryId }>(
    `delete from stories_adrift where story_id in (select story_id from stories_adrift order by story_id limit $1)
     returning story_id as id`,
    [limit],
  );
  const ids = rows.map(({ id }) => id);
  await tx.query(
    `delete from stories s where id = any($1::bigint[]) and not exists (select 1 from story_carriers c where c.story_id = s.id)`,
    [ids],
  );
  return ids;
}

/** The earliest document of each of these stories that has no text to be known by. A quotation only where there is nothing else. */
export function textlessStories(
  db: Db,
  ids: readonly StoryId[],
): Promise<Pick<Comparable, 'id' | 'storyId' | 'title' | 'text'>[]> {
  return db.query(
    `select distinct on (c.story_id) d.id, c.story_id as "storyId", d.title, left(d.text, ${MOST_UNITS}) as text
     from story_carriers c join documents d on d.id = c.document_id
     where c.story_id = any($1::bigint[]) and not exists (select 1 from story_texts t where t.story_id = c.story_id)
     order by c.story_id, c.relation = 'quotation', c.said_at, c.document_id`,
    [ids],
  );
}

/** For each document that is in a story, the lowest number of the story's documents. */
export async function storyGroups(
  db: Db,
  ids: readonly DocumentId[],
): Promise<ReadonlyMap<DocumentId, DocumentId>> {
  const rows = await db.query<{ id: DocumentId; first: DocumentId }>(
    `select c.document_id as id, min(o.document_id) as first from story_carriers c join story_carriers o on o.story_id = c.story_id
     where c.document_id = any($1::bigint[]) group by c.document_id`,
    [ids],
  );
  return new Map(rows.map(({ id, first }) => [id, first]));
}
