import type { DocumentId, MentionId, SourceId, StoryId, TopicId } from '../model/ids.ts';
import type { ComplaintLevel } from '../model/tag.ts';
import { levelIn } from './complaint-level.ts';
import type { Db } from './db.ts';

/** Published, but not later than it was found. */
const SAID = 'least(coalesce(d.published_at, d.found_at), d.found_at)';
/** What people have hidden or refused counts nowhere. */
const COUNTS = `m.basket_at is null and m.status <> 'not_us'`;
/** Undated posts that a new source brings at once are its past: they were not said today. */
const DATED = `(d.published_at is not null or exists (select 1 from documents o where o.source_id = d.source_id
  and o.found_at < d.found_at - interval '1 day'))`;

/** What a source brings that was added lately is not more talk: so many posts more are only seen. */
const FROM_OLD = 'not (d.source_id = any($YOUNG::bigint[]))';

/** Sources whose first document is not older than `since`, while others are. */
export async function youngSources(db: Db, since: Date, settled: Date): Promise<SourceId[]> {
  const rows = await db.query<{ id: SourceId }>(
    `select s.id from sources s where exists (select 1 from documents d where d.found_at < $2)
       and not exists (select 1 from documents d where d.source_id = s.id and d.found_at < $1)`,
    [since, settled],
  );
  return rows.map(({ id }) => id);
}

/** When the first document came that is still there; null: none has. */
export async function firstFound(db: Db): Promise<Date | null> {
  const [row] = await db.query<{ at: Date }>('select found_at as at from documents order by id limit 1');
  return row?.at ?? null;
}

/** Posts about topics in each quarter of an hour: seconds of its beginning, by topic. */
export function countQuarters(
  db: Db,
  topics: readonly TopicId[],
  from: Date,
  to: Date,
  young: readonly SourceId[],
): Promise<{ topicId: TopicId; at: number; n: number }[]> {
  return db.query(
    `select m.topic_id as "topicId", (floor(extract(epoch from ${SAID}) / 900) * 900)::float8 as at, count(*)::int as n
     from mentions m join documents d on d.id = m.document_id
     where m.topic_id = any($1::bigint[]) and ${COUNTS} and ${DATED} and coalesce(d.published_at, d.found_at) >= $2 and ${SAID} < $3
       and ${FROM_OLD.replace('$YOUNG', '$4')} group by 1, 2`,
    [topics, from, to, young],
  );
}

export interface SaidPost {
  topicId: TopicId;
  document: DocumentId;
  /** ms */
  said: number;
  found: number;
  negative: 0 | 1 | null;
  story: StoryId | null;
}

/** Posts about topics, in the order in which they were said; the newest `limit`. */
export async function listSaid(
  db: Db,
  topics: readonly TopicId[],
  from: Date,
  to: Date,
  young: readonly SourceId[],
  limit: number,
): Promise<SaidPost[]> {
  const rows = await db.query<SaidPost>(
    `select m.topic_id as "topicId", d.id as document, extract(epoch from ${SAID})::float8 * 1000 as said,
       extract(epoch from d.found_at)::float8 * 1000 as found,
       case m.sentiment->>'label' when 'unsure' then null when 'negative' then 1 else 0 end as negative, c.story_id as story
     from mentions m join documents d on d.id = m.document_id left join story_carriers c on c.document_id = d.id
     where m.topic_id = any($1::bigint[]) and ${COUNTS} and ${DATED} and coalesce(d.published_at, d.found_at) >= $2 and ${SAID} <= $3
       and ${FROM_OLD.replace('$YOUNG', '$4')} order by said desc limit $5`,
    [topics, from, to, young, limit],
  );
  return rows.reverse();
}

export interface Carried {
  storyId: StoryId;
  documentId: DocumentId;
  topicId: TopicId;
  sourceId: SourceId;
  /** ms */
  said: number;
  found: number;
}

/** Documents that mention topics and pass a story on, in the order in which they were found; the newest `limit`. */
export async function listCarried(
  db: Db,
  topics: readonly TopicId[],
  from: Date,
  to: Date,
  limit: number,
): Promise<Carried[]> {
  const rows = await db.query<Carried>(
    `select c.story_id as "storyId", d.id as "documentId", m.topic_id as "topicId", d.source_id as "sourceId",
       extract(epoch from ${SAID})::float8 * 1000 as said, extract(epoch from d.found_at)::float8 * 1000 as found
     from story_carriers c join documents d on d.id = c.document_id join mentions m on m.document_id = d.id
     where m.topic_id = any($1::bigint[]) and ${COUNTS} and ${DATED} and d.found_at >= $2 and d.found_at <= $3 and ${SAID} >= $2
       and c.story_id in (select story_id from story_carriers where relation <> 'first' and joined_at >= $2)
     order by d.found_at desc, d.id desc limit $4`,
    [topics, from, to, limit],
  );
  return rows.reverse();
}

export interface FoundMention {
  id: MentionId;
  documentId: DocumentId;
  topicId: TopicId;
  storyId: StoryId | null;
  level: ComplaintLevel;
  severity: number;
  createdAt: Date;
  foundAt: Date;
  updatedAt: Date;
  publishedAt: Date | null;
}

const FOUND = `m.id, d.id as "documentId", m.topic_id as "topicId", c.story_id as "storyId", ${levelIn('m.complaint')} as level,
  coalesce((m.complaint->>'severity')::int, 1) as severity, m.created_at as "createdAt", d.found_at as "foundAt",
  d.updated_at as "updatedAt", d.published_at as "publishedAt"`;

export function mentionsOf(db: Db, documents: readonly DocumentId[]): Promise<FoundMention[]> {
  return db.query<FoundMention>(
    `select ${FOUND} from mentions m join documents d on d.id = m.document_id left join story_carriers c on c.document_id = d.id
     where d.id = any($1::bigint[]) and ${COUNTS} order by m.id`,
    [documents],
  );
}

/** Mentions below a number whose document was found since then, the newest first. */
export function mentionsBelow(
  db: Db,
  topics: readonly TopicId[],
  below: number,
  since: Date,
  limit: number,
): Promise<FoundMention[]> {
  return db.query<FoundMention>(
    `select ${FOUND} from mentions m join documents d on d.id = m.document_id left join story_carriers c on c.document_id = d.id
     where m.topic_id = any($1::bigint[]) and m.id < $2 and d.found_at >= $3 and ${COUNTS} order by m.id desc limit $4`,
    [topics, below, since, limit],
  );
}

/** Documents that were found in each hour (seconds of its beginning), of whatever topic. */
export async function countCollected(db: Db, from: Date, to: Date): Promise<Map<number, number>> {
  const rows = await db.query<{ at: number; n: number }>(
    `select (floor(extract(epoch from found_at) / 3600) * 3600)::float8 as at, count(*)::int as n from documents
     where found_at >= $1 and found_at <= $2 group by 1`,
    [from, to],
  );
  return new Map(rows.map(({ at, n }) => [at, n]));
}

/** Visits of a source since then: when, and whether they failed; oldest first. */
export function listOutcomes(
  db: Db,
  source: SourceId,
  since: Date,
): Promise<{ at: Date; failed: boolean }[]> {
  return db.query(
    `select at, (error is not null and documents = 0) as failed from source_visits where source_id = $1 and at >= $2 order by at, id`,
    [source, since],
  );
}
