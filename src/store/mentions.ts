import type { DocumentId, MentionId, TopicId } from '../model/ids.ts';
import type { Tag } from '../model/tag.ts';
import type { Mention, MentionStatus } from '../model/topic.ts';
import { type Db, json, queryOne } from './db.ts';

const COLUMNS = `id, document_id as "documentId", topic_id as "topicId", spans, sentiment, tagger_sentiment as "taggerSentiment", complaint,
  status, assigned_to as "assignedTo", tags, priority, basket_at as "basketAt", decided, created_at as "createdAt"`;

export type NewMention = Pick<Mention, 'topicId' | 'spans' | 'sentiment' | 'complaint'>;

/**
 * The document's mentions become exactly these. A mention that stays keeps its id and what people and rules did with it, a tone
 * that they have set included; one that no longer matches is removed, unless a person or a case has taken it up.
 */
export async function replaceMentions(
  tx: Db,
  documentId: DocumentId,
  mentions: readonly NewMention[],
  now: Date,
): Promise<void> {
  for (const mention of mentions) {
    await tx.query(
      `insert into mentions (document_id, topic_id, spans, sentiment, complaint, created_at)
       values ($1, $2, $3::jsonb, $4::jsonb, $5::jsonb, $6)
       on conflict (document_id, topic_id) do update set spans = excluded.spans, complaint = excluded.complaint,
         sentiment = case when mentions.decided ? 'tone' then mentions.sentiment else excluded.sentiment end,
         tagger_sentiment = case when mentions.decided ? 'tone' then excluded.sentiment end`,
      [
        documentId,
        mention.topicId,
        json(mention.spans),
        json(mention.sentiment),
        json(mention.complaint),
        now,
      ],
    );
  }
  const topics = mentions.map((mention) => mention.topicId);
  await tx.query(
    `delete from mentions m where document_id = $1 and not (topic_id = any($2::bigint[])) and status = 'new' and assigned_to is null
       and not jsonb_path_exists(decided, '$.*.person')
       and not exists (select 1 from cases c where c.mention_id = m.id)`,
    [documentId, topics],
  );
}

export async function replaceTags(tx: Db, documentId: DocumentId, tags: readonly Tag[]): Promise<void> {
  await tx.query('delete from tags where document_id = $1', [documentId]);
  await tx.query(
    `insert into tags (document_id, kind, target, version, value, spans)
     select $1, kind, target, version, coalesce(value, 'null'), spans
     from jsonb_to_recordset($2::jsonb) as t(kind text, target text, version text, value jsonb, spans jsonb)`,
    [documentId, json(tags)],
  );
}

export function listTags(db: Db, documentId: DocumentId): Promise<Tag[]> {
  return db.query<Tag>(
    'select kind, target, version, value, spans from tags where document_id = $1 order by kind, target',
    [documentId],
  );
}

export function listMentions(db: Db, documentIds: readonly DocumentId[]): Promise<Mention[]> {
  return db.query<Mention>(
    `select ${COLUMNS} from mentions where document_id = any($1::bigint[]) order by id`,
    [documentIds],
  );
}

export async function setMentionStatus(
  db: Db,
  id: MentionId,
  status: MentionStatus,
): Promise<DocumentId | null> {
  const row = await queryOne<{ id: DocumentId }>(
    db,
    'update mentions set status = $2 where id = $1 returning document_id as id',
    [id, status],
  );
  return row?.id ?? null;
}

/** The newest documents that complain and have opened no case. */
export async function complaintsWithoutCase(db: Db, limit: number): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    `select distinct document_id as id from mentions m where (complaint->>'isComplaint')::boolean and status <> 'not_us' and basket_at is null
       and not exists (select 1 from cases c where c.mention_id = m.id) order by document_id desc limit $1`,
    [limit],
  );
  return rows.map((row) => row.id);
}

export interface ToneCount {
  topicId: TopicId;
  label: string;
  count: number;
}

/** Mentions per topic and tone that were found in [from, to), without those in the basket. */
export function countTones(db: Db, from: Date, to: Date): Promise<ToneCount[]> {
  return db.query<ToneCount>(
    `select topic_id as "topicId", sentiment->>'label' as label, count(*)::int as count from mentions
     where created_at >= $1 and created_at < $2 and basket_at is null group by 1, 2`,
    [from, to],
  );
}
