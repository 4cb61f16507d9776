import type { DocumentId, TopicId } from '../model/ids.ts';
import type { RatingVerdict, TopicRating } from '../model/topic.ts';
import type { Db } from './db.ts';

/** Keeps what a person says of a document; what was said of it before is forgotten. Returns false when there is no such document. */
export async function rateDocument(
  tx: Db,
  topic: TopicId,
  document: DocumentId,
  verdict: RatingVerdict,
  { by, at }: { by: string; at: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into topic_ratings (topic_id, document_id, verdict, rated_by, rated_at)
     select $1::bigint, d.id, $3::text, $4::text, $5::timestamptz from documents d where d.id = $2
     on conflict (topic_id, document_id) do update set verdict = excluded.verdict, rated_by = excluded.rated_by, rated_at = excluded.rated_at
     returning document_id`,
    [topic, document, verdict, by, at],
  );
  return rows.length > 0;
}

/** Those that say whose it is, the newest first. */
export function listRatings(db: Db, topic: TopicId, limit: number): Promise<TopicRating[]> {
  return db.query<TopicRating>(
    `select document_id as "documentId", verdict, rated_by as "ratedBy", rated_at as "ratedAt" from topic_ratings
     where topic_id = $1 and verdict <> 'skipped' order by rated_at desc, document_id desc limit $2`,
    [topic, limit],
  );
}

/** Changes whenever what teaches the context check of a topic does: its examples, or what was said of documents. */
export async function teachingVersions(db: Db, topics: readonly TopicId[]): Promise<Map<TopicId, string>> {
  const rows = await db.query<{ id: TopicId; version: string }>(
    `select t.id, concat(
       (select md5(string_agg(content_hash || must_match, '' order by id)) from topic_examples where topic_id = t.id), ' ',
       (select concat(count(*), ' ', max(rated_at)) from topic_ratings where topic_id = t.id)) as version
     from topics t where t.id = any($1::bigint[])`,
    [topics],
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

/** What was said of these documents; those of which nothing was said are left out. */
export async function verdictsOf(
  db: Db,
  topic: TopicId,
  documents: readonly DocumentId[],
): Promise<Map<DocumentId, RatingVerdict>> {
  const rows = await db.query<{ id: DocumentId; verdict: RatingVerdict }>(
    `select document_id as id, verdict from topic_ratings where topic_id = $1 and document_id = any($2::bigint[])`,
    [topic, documents],
  );
  return new Map(rows.map(({ id, verdict }) => [id, verdict]));
}
