import type { DocumentId } from '../model/ids.ts';
import type { Db } from './db.ts';

/** What is kept of a document to find its copies by: see understand/near-duplicates.ts. */
export interface StoredSignature {
  documentId: DocumentId;
  minima: number[];
  /** What it is found by. */
  bands: number[];
  /** The first document of the story. */
  storyId: DocumentId;
}

export const MAX_CANDIDATES = 200;

/**
 * Documents that share a band with these, the earliest first. By the index, come what may: the planner takes any twenty bands
 * for those of every tenth document and would rather walk over all signatures, which takes the longer the more there are.
 */
export async function findResembling(
  tx: Db,
  id: DocumentId,
  bands: readonly number[],
  since: Date,
): Promise<StoredSignature[]> {
  await tx.query('set local enable_seqscan = off');
  const found = await tx.query<StoredSignature>(
    `with alike as materialized (select document_id, minima, bands, story_id from signatures
       where bands && $1::int[] and document_id <> $2 and made_at >= $3)
     select document_id as "documentId", minima, bands, story_id as "storyId" from alike order by document_id limit ${MAX_CANDIDATES}`,
    [bands, id, since],
  );
  await tx.query('set local enable_seqscan to default');
  return found;
}

/** Puts a document into a story; its own, when it is the first. */
export async function saveSignature(tx: Db, signature: StoredSignature, now: Date): Promise<void> {
  await tx.query(
    `insert into signatures (document_id, minima, bands, story_id, made_at) values ($1, $2::int[], $3::int[], $4, $5)
     on conflict (document_id) do update set minima = excluded.minima, bands = excluded.bands, story_id = excluded.story_id`,
    [signature.documentId, signature.minima, signature.bands, signature.storyId, now],
  );
}

export interface StoryMember {
  id: DocumentId;
  url: string;
  sourceName: string;
  publishedAt: Date | null;
}

/** Other documents that carry the same text, the earliest first. */
export function listStory(db: Db, id: DocumentId, limit: number): Promise<StoryMember[]> {
  return db.query<StoryMember>(
    `select d.id, d.url, s.name as "sourceName", d.published_at as "publishedAt" from signatures own
     join signatures other on other.story_id = own.story_id and other.document_id <> own.document_id
     join documents d on d.id = other.document_id join sources s on s.id = d.source_id
     where own.document_id = $1 order by coalesce(d.published_at, d.found_at), d.id limit $2`,
    [id, limit],
  );
}
