import type { DocumentId, StoryId } from '../model/ids.ts';
import type { Relation } from '../model/story.ts';
import { type Db, queryOne } from './db.ts';

/** A story as lists show it. */
export interface StorySummary {
  id: StoryId;
  documents: number;
  sources: number;
  /** Known by name; documents without an author are not counted. */
  authors: number;
  /** When the first and the newest of its documents were published (found, where no date is stated). */
  from: Date;
  to: Date;
  /** Followers of its authors, each once, or how often documents without them were seen; null when nothing is known. */
  reach: number | null;
  /** Of how many authors or documents the reach is known. */
  reachOf: number;
  /** Names of topics that its documents mention. */
  topics: string[];
  first: {
    id: DocumentId;
    title: string | null;
    text: string;
    url: string;
    sourceName: string;
    author: string | null;
  };
}

const EXCERPT = 400;

const SUMMARY = `with c as (select * from story_carriers where story_id = any($1::bigint[])),
  voices as (select c.story_id, coalesce(d.author_id, -d.id) as voice,
      max(coalesce((d.signs->>'followers')::float8, (d.signs->>'reach')::float8)) as best
    from c join documents d on d.id = c.document_id group by 1, 2),
  reached as (select story_id, sum(best) as reach, count(best)::int as known from voices group by 1),
  counted as (select c.story_id, count(*)::int as documents, count(distinct d.source_id)::int as sources,
      count(distinct d.author_id)::int as authors, min(c.said_at) as since, max(c.said_at) as until
    from c join documents d on d.id = c.document_id group by 1),
  named as (select c.story_id, jsonb_agg(distinct t.name) as topics from c join mentions m on m.document_id = c.document_id
    and m.basket_at is null join topics t on t.id = m.topic_id group by 1),
  firsts as (select distinct on (story_id) story_id, document_id from c order by story_id, said_at, document_id)
select n.story_id as id, n.documents, n.sources, n.authors, n.since as from, n.until as to, r.reach, r.known as "reachOf",
  coalesce(named.topics, '[]') as topics,
  jsonb_build_object('id', d.id, 'title', d.title, 'text', left(d.text, ${EXCERPT}), 'url', d.url, 'sourceName', s.name,
    'author', coalesce(a.name, a.handle, d.guest_name)) as first
from counted n join reached r on r.story_id = n.story_id join firsts f on f.story_id = n.story_id
join documents d on d.id = f.document_id join sources s on s.id = d.source_id left join authors a on a.id = d.author_id
left join named on named.story_id = n.story_id`;

export function summariseStories(db: Db, ids: readonly StoryId[]): Promise<StorySummary[]> {
  return db.query<StorySummary>(SUMMARY, [ids]);
}

export interface StoryWish {
  /** Passed on since then. */
  since: Date;
  /** Key of a topic that one of its documents mentions; 'any' topic; or 'all': mentioned or not. */
  topic: string;
}

/** Stories that somebody has passed on, those with most documents of that time first. */
export async function listStories(
  db: Db,
  { since, topic }: StoryWish,
  limit: number,
  offset: number,
): Promise<StorySummary[]> {
  const rows = await db.query<{ id: StoryId }>(
    `select c.story_id as id from story_carriers c where c.joined_at >= $1 and c.relation <> 'first' and ($2 = 'all' or exists (
       select 1 from story_carriers o join mentions m on m.document_id = o.document_id and m.basket_at is null
       join topics t on t.id = m.topic_id where o.story_id = c.story_id and ($2 = 'any' or t.key = $2)))
     group by 1 having exists (select 1 from story_carriers o where o.story_id = c.story_id offset 1)
     order by count(*) desc, 1 desc limit $3 offset $4`,
    [since, topic, limit, offset],
  );
  const ids = rows.map(({ id }) => id);
  const stories = new Map((await summariseStories(db, ids)).map((story) => [story.id, story]));
  return ids.flatMap((id) => stories.get(id) ?? []);
}

export async function getStory(db: Db, id: StoryId): Promise<StorySummary | null> {
  return (await summariseStories(db, [id]))[0] ?? null;
}

/** The story that a document carries, and how many documents do; null when it carries none. */
export function storyOf(db: Db, id: DocumentId): Promise<{ id: StoryId; documents: number } | null> {
  return queryOne(
    db,
    `select k.story_id as id, count(*)::int as documents from story_carriers k join story_carriers o on o.story_id = k.story_id
     where k.document_id = $1 group by 1`,
    [id],
  );
}

export interface StoryCarrier {
  id: DocumentId;
  title: string | null;
  text: string;
  url: string;
  sourceName: string;
  author: string | null;
  saidAt: Date;
  relation: Relation | 'first';
  followers: number | null;
  deletedAt: Date | null;
}

/** Texts are cut: what one compares is at the beginning. */
const SHOWN = 20_000;

/** Documents that carry a story, the earliest first. */
export function listCarriers(db: Db, id: StoryId, limit: number, offset: number): Promise<StoryCarrier[]> {
  return db.query<StoryCarrier>(
    `select d.id, d.title, left(d.text, ${SHOWN}) as text, d.url, s.name as "sourceName",
       coalesce(a.name, a.handle, d.guest_name) as author, c.said_at as "saidAt", c.relation,
       coalesce((d.signs->>'followers')::float8, (d.signs->>'reach')::float8) as followers, d.deleted_at as "deletedAt"
     from story_carriers c join documents d on d.id = c.document_id join sources s on s.id = d.source_id
     left join authors a on a.id = d.author_id
     where c.story_id = $1 order by c.said_at, c.document_id limit $2 offset $3`,
    [id, limit, offset],
  );
}

/** How many documents came in each step of so many milliseconds since `from`; steps without any are left out. */
export function countSpread(
  db: Db,
  id: StoryId,
  from: Date,
  stepMs: number,
): Promise<{ step: number; count: number }[]> {
  return db.query(
    `select floor(extract(epoch from said_at - $2::timestamptz) * 1000 / $3)::int as step, count(*)::int as count
     from story_carriers where story_id = $1 group by 1 order by 1`,
    [id, from, stepMs],
  );
}
