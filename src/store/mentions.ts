import type { DocumentId, MentionId, TopicId } from '../model/ids.ts';
import type { Complaint, Sentiment, Tag } from '../model/tag.ts';
import type { Mention, MentionStatus } from '../model/topic.ts';
import { HAS_CASE } from './cases.ts';
import { type Db, json, queryOne } from './db.ts';

const COLUMNS = `id, document_id as "documentId", topic_id as "topicId", spans, sentiment, tagger_sentiment as "taggerSentiment", complaint,
  status, assigned_to as "assignedTo", tags, priority, basket_at as "basketAt", decided, created_at as "createdAt"`;

/** `toned`: a person's word counts in `sentiment`; whose, since when, and what the taggers say. */
export type NewMention = Pick<Mention, 'topicId' | 'spans' | 'sentiment' | 'complaint'> & {
  toned?: { by: string; at: string; tagger: Sentiment };
};

/**
 * A tone that a rule has set stays over what the taggers say; a person's is what their correction says, and ends with it: the text may have
 * been edited since.
 */
const TONE = `sentiment = case when not excluded.decided ? 'tone' and mentions.decided->'tone'->>'rule' is not null then mentions.sentiment
    else excluded.sentiment end,
  tagger_sentiment = case when excluded.decided ? 'tone' then excluded.tagger_sentiment
    when mentions.decided->'tone'->>'rule' is not null then excluded.sentiment end,
  decided = case when mentions.decided->'tone'->>'person' is not null then mentions.decided - 'tone' else mentions.decided end || excluded.decided`;

/** Mentions that are there become as these say, and keep their ids and what people and rules did with them; others are added. */
export async function saveMentions(
  tx: Db,
  documentId: DocumentId,
  mentions: readonly NewMention[],
  now: Date,
): Promise<void> {
  for (const mention of mentions) {
    await tx.query(
      `insert into mentions (document_id, topic_id, spans, sentiment, complaint, created_at, tagger_sentiment, decided)
       values ($1, $2, $3::jsonb, $4::jsonb, $5::jsonb, $6, $7::jsonb, $8::jsonb)
       on conflict (document_id, topic_id) do update set spans = excluded.spans, complaint = excluded.complaint, ${TONE}`,
      [
        documentId,
        mention.topicId,
        json(mention.spans),
        json(mention.sentiment),
        json(mention.complaint),
        now,
        mention.toned ? json(mention.toned.tagger) : null,
        json(mention.toned ? { tone: { person: mention.toned.by, at: mention.toned.at } } : {}),
      ],
    );
  }
}

/**
 * Mentions of these documents become exactly these. A mention that stays keeps its id and what people and rules did with it, a tone
 * that rules have set included; one that no longer matches is removed, unless a person or a case has taken it up.
 */
export async function replaceMentionsOf(
  tx: Db,
  mentions: ReadonlyMap<DocumentId, readonly NewMention[]>,
  now: Date,
): Promise<void> {
  for (const [documentId, own] of mentions) await saveMentions(tx, documentId, own, now);
  const kept = [...mentions].flatMap(([document, own]) => own.map(({ topicId }) => ({ document, topicId })));
  await tx.query(
    `delete from mentions m where document_id = any($1::bigint[]) and status = 'new' and assigned_to is null
       and not exists (select 1 from unnest($2::bigint[], $3::bigint[]) as k(document, topic) where k.document = m.document_id and k.topic = m.topic_id)
       and not jsonb_path_exists(decided, '$.*.person')
       and not exists (select 1 from corrections o where o.document_id = m.document_id and o.topic_id = m.topic_id)
       and not ${HAS_CASE}`,
    [[...mentions.keys()], kept.map(({ document }) => document), kept.map(({ topicId }) => topicId)],
  );
}

/** Tags of these documents become exactly these; `kinds`: those of some kinds, and others stay. */
export async function replaceTagsOf(
  tx: Db,
  tags: ReadonlyMap<DocumentId, readonly Tag[]>,
  kinds: readonly string[] | null,
): Promise<void> {
  await tx.query(
    'delete from tags where document_id = any($1::bigint[]) and ($2::text[] is null or kind = any($2))',
    [[...tags.keys()], kinds],
  );
  const rows = [...tags].flatMap(([document, own]) => own.map((tag) => ({ document, ...tag })));
  await tx.query(
    `insert into tags (document_id, kind, target, version, value, spans, corrected)
     select document, kind, target, version, coalesce(value, 'null'), spans, corrected
     from jsonb_to_recordset($1::jsonb) as t(document bigint, kind text, target text, version text, value jsonb, spans jsonb, corrected jsonb)`,
    [json(rows)],
  );
}

/** The value of one tag, and whose word it is; its words and version stay. */
export async function saveTagValue(tx: Db, documentId: DocumentId, tag: Tag): Promise<void> {
  await tx.query(
    'update tags set value = $4::jsonb, corrected = $5::jsonb where document_id = $1 and kind = $2 and target = $3',
    [documentId, tag.kind, tag.target, json(tag.value ?? null), tag.corrected ? json(tag.corrected) : null],
  );
}

export async function listTags(db: Db, documentId: DocumentId): Promise<Tag[]> {
  return (await tagsOfDocuments(db, [documentId])).get(documentId) ?? [];
}

/** Documents without tags are left out. */
export async function tagsOfDocuments(db: Db, ids: readonly DocumentId[]): Promise<Map<DocumentId, Tag[]>> {
  const rows = await db.query<{ id: DocumentId; tags: Tag[] }>(
    `select document_id as id, jsonb_agg(jsonb_build_object('kind', kind, 'target', target, 'version', version, 'value', value, 'spans', spans)
         || case when corrected is null then '{}' else jsonb_build_object('corrected', corrected) end order by kind, target) as tags
     from tags where document_id = any($1::bigint[]) group by 1`,
    [ids],
  );
  return new Map(rows.map(({ id, tags }) => [id, tags]));
}

export function listMentions(db: Db, documentIds: readonly DocumentId[]): Promise<Mention[]> {
  return db.query<Mention>(
    `select ${COLUMNS} from mentions where document_id = any($1::bigint[]) order by id`,
    [documentIds],
  );
}

export function getMention(db: Db, id: MentionId): Promise<Mention | null> {
  return queryOne<Mention>(db, `select ${COLUMNS} from mentions where id = $1`, [id]);
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

export async function saveComplaint(tx: Db, id: MentionId, complaint: Complaint): Promise<void> {
  await tx.query('update mentions set complaint = $2::jsonb where id = $1', [id, json(complaint)]);
}

/** The newest documents that complain and have opened no case. */
export async function complaintsWithoutCase(db: Db, limit: number): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    `select distinct document_id as id from mentions m where (complaint->>'isComplaint')::boolean and status <> 'not_us' and basket_at is null
       and not ${HAS_CASE} order by document_id desc limit $1`,
    [limit],
  );
  return rows.map((row) => row.id);
}

export interface ToneCount {
  topicId: TopicId;
  label: string;
  count: number;
}

/** Mentions per topic and tone, without those in the basket; as the counts beside the rows have it (docs/decisions/0039). */
export function countTones(db: Db): Promise<ToneCount[]> {
  return db.query<ToneCount>(
    `with counted as materialized (select kind_id, sum(n)::int as n from mention_hours group by 1 having sum(n) <> 0)
     select (one->>0)::bigint as "topicId", one->>1 as label, sum(c.n)::int as count
     from counted c join mention_kinds k on k.id = c.kind_id cross join jsonb_array_elements(k.said) one group by 1, 2`,
  );
}
