import type { DocumentId, SourceId, StoryId, TopicId } from '../model/ids.ts';
import type { SentimentLabel, Span } from '../model/tag.ts';
import { type Db, queryOne } from './db.ts';

/** When a mention was published (found, where no date is stated), or when it was found. */
export type TalkTime = 'said' | 'found';

export interface TalkSpan {
  topicId: TopicId;
  from: Date;
  to: Date;
  by: TalkTime;
}

/** What is read of a text: what lies behind is not counted. */
const MOST_UNITS = 5_000;
const SAID = 'coalesce(d.published_at, d.found_at)';
/**
 * Mentions of a time, which is $2 to $3. By the time of the documents those are found first: a topic has many more mentions than a time, and nobody tells
 * the embedded database so.
 */
const MENTIONS: Record<TalkTime, string> = {
  said: `with timed as materialized (select id from documents d where ${SAID} >= $2 and ${SAID} < $3),
     said as materialized (select d.id from timed d join mentions m on m.document_id = d.id where m.topic_id = $1 and m.basket_at is null)`,
  found: `with said as materialized (select m.document_id as id from mentions m
       where m.topic_id = $1 and m.basket_at is null and m.created_at >= $2 and m.created_at < $3)`,
};
/** Spreads numbers that follow each other over all of 32 bits: the order by it is an even sample of any time. */
const SPREAD = 'd.id * 2654435761 % 4294967296';

/** How many mentions there are, those in the basket left out, and a sample of `most` at most, in an order of chance. */
export async function sampleMentions(
  db: Db,
  { topicId, from, to, by }: TalkSpan,
  most: number,
): Promise<{ total: number; ids: DocumentId[] }> {
  const row = await queryOne<{ total: number; ids: DocumentId[] }>(
    db,
    `${MENTIONS[by]}
     select (select count(*)::int from said) as total,
       array(select d.id from said d order by ${SPREAD} limit $4)::bigint[] as ids`,
    [topicId, from, to, most],
  );
  return row ?? { total: 0, ids: [] };
}

/** A sample of the documents of a time that do not mention the topic; none that somebody put in the basket. */
export async function sampleOthers(
  db: Db,
  topicId: TopicId,
  { from, to }: Pick<TalkSpan, 'from' | 'to'>,
  most: number,
): Promise<DocumentId[]> {
  const rows = await db.query<{ id: DocumentId }>(
    `with timed as materialized (select id from documents d where ${SAID} >= $2 and ${SAID} < $3 order by ${SPREAD})
     select d.id from timed d
     where not exists (select 1 from mentions m where m.document_id = d.id and (m.topic_id = $1 or m.basket_at is not null) offset 0) limit $4`,
    [topicId, from, to, most],
  );
  return rows.map(({ id }) => id);
}

export interface TalkText {
  id: DocumentId;
  title: string | null;
  text: string;
  authorId: number | null;
  storyId: StoryId | null;
  sourceId: SourceId;
  at: Date;
  /** Where the topic is named, and in which tone; none and neutral where it is not mentioned. */
  spans: Span[];
  tone: SentimentLabel;
}

/** In the order of the numbers; those that are gone are left out. */
export function readTalkTexts(db: Db, topicId: TopicId, ids: readonly DocumentId[]): Promise<TalkText[]> {
  return db.query<TalkText>(
    `select d.id, d.title, left(d.text, ${MOST_UNITS}) as text, d.author_id as "authorId", k.story_id as "storyId",
       d.source_id as "sourceId", ${SAID} as at, coalesce(m.spans, '[]') as spans,
       coalesce(m.sentiment->>'label', 'neutral') as tone
     from unnest($2::bigint[]) with ordinality as asked(id, place) join documents d on d.id = asked.id
     left join mentions m on m.document_id = d.id and m.topic_id = $1 and m.basket_at is null
     left join story_carriers k on k.document_id = d.id order by asked.place`,
    [topicId, ids],
  );
}
