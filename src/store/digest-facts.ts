import type { Case } from '../model/case.ts';
import type { Tier } from '../model/customer.ts';
import type { DocumentId, MentionId, StoryId } from '../model/ids.ts';
import type { SentimentLabel } from '../model/tag.ts';
import { FIRST_POST, HAS_CASE } from './cases.ts';
import type { Db } from './db.ts';

/** Of a text, in characters: left() never cuts one in two. */
const EXCERPT = 'left(d.text, 300)';
/** Hidden mentions and those that are not about us count nowhere. */
const COUNTS = `m.basket_at is null and m.status <> 'not_us'`;

/** The rows that a digest is made of; mentions in the basket are no part of it, cases always are. `topics`: keys, or null for all. */
export interface OpenCaseFact extends Pick<Case, 'id' | 'severity' | 'reason' | 'openedAt' | 'dueAt'> {
  customerName: string;
  tier: Tier | null;
  /** Its first post, as it stands. */
  mentionId: MentionId;
  revision: number;
  /** Name of whoever works on it. */
  owner: string | null;
  text: string;
}

export function openCaseFacts(db: Db, topics: string[] | null, limit: number): Promise<OpenCaseFact[]> {
  return db.query<OpenCaseFact>(
    `select c.id, c.severity, c.reason, c.opened_at as "openedAt", c.due_at as "dueAt", k.name as "customerName", k.tier,
       f.mention_id as "mentionId", d.revision, u.name as owner, ${EXCERPT} as text
     from cases c join customers k on k.id = c.customer_id ${FIRST_POST}
     join documents d on d.id = f.document_id join topics t on t.id = c.topic_id left join users u on u.id = c.owner_id
     where c.status in ('open', 'in_work') and ($1::text[] is null or t.key = any($1::text[])) order by c.due_at limit $2`,
    [topics, limit],
  );
}

/** Open cases: past their time, due before `soon`, and the others. */
export interface DutyCounts {
  late: number;
  soon: number;
  later: number;
}

export async function countDuties(
  db: Db,
  topics: string[] | null,
  now: Date,
  soon: Date,
): Promise<DutyCounts> {
  const [row] = await db.query<DutyCounts>(
    `select count(*) filter (where c.due_at < $2)::int as late, count(*) filter (where c.due_at >= $2 and c.due_at < $3)::int as soon,
       count(*) filter (where c.due_at >= $3)::int as later
     from cases c join topics t on t.id = c.topic_id
     where c.status in ('open', 'in_work') and ($1::text[] is null or t.key = any($1::text[]))`,
    [topics, now, soon],
  );
  return row ?? { late: 0, soon: 0, later: 0 };
}

export interface ComplaintFact {
  documentId: DocumentId;
  mentionId: MentionId;
  revision: number;
  author: string;
  site: string;
  text: string;
}

/** Complaints of the period without a case: their authors are not known customers. */
export function unmatchedComplaintFacts(
  db: Db,
  topics: string[] | null,
  from: Date,
  to: Date,
  limit: number,
): Promise<ComplaintFact[]> {
  return db.query<ComplaintFact>(
    `select distinct on (d.id) d.id as "documentId", m.id as "mentionId", d.revision, coalesce(a.name, a.handle, '') as author, coalesce(a.site, '') as site, ${EXCERPT} as text
     from mentions m join documents d on d.id = m.document_id join topics t on t.id = m.topic_id
     left join authors a on a.id = d.author_id
     where m.created_at >= $2 and m.created_at < $3 and (m.complaint->>'isComplaint')::boolean and m.status = 'new' and m.basket_at is null
       and ($1::text[] is null or t.key = any($1::text[])) and not ${HAS_CASE}
     order by d.id desc limit $4`,
    [topics, from, to, limit],
  );
}

export interface TopicFact extends Record<SentimentLabel, number> {
  key: string;
  name: string;
  total: number;
  previous: number;
}

/** Mentions found in [from, to) per topic, and in the period of the same length before. */
export function topicFacts(db: Db, topics: string[] | null, from: Date, to: Date): Promise<TopicFact[]> {
  const before = new Date(from.getTime() - (to.getTime() - from.getTime()));
  const label = (name: string): string =>
    `count(*) filter (where m.created_at >= $2 and m.sentiment->>'label' = '${name}')::int as ${name}`;
  return db.query<TopicFact>(
    `select t.key, t.name, count(m.id) filter (where m.created_at >= $2)::int as total,
       count(m.id) filter (where m.created_at < $2)::int as previous,
       ${(['negative', 'neutral', 'positive', 'unsure'] as const).map(label).join(', ')}
     from topics t left join mentions m on m.topic_id = t.id and m.created_at >= $4 and m.created_at < $3 and ${COUNTS}
     where t.enabled and ($1::text[] is null or t.key = any($1::text[])) group by t.id, t.key, t.name order by total desc, t.name`,
    [topics, from, to, before],
  );
}

/** Mentions of a topic in one of several times, by its place among them. */
export interface WindowCount {
  key: string;
  place: number;
  total: number;
  negative: number;
}

/** Counts of mentions that were found in each of these times; those without any are left out. */
export async function countWindows(
  db: Db,
  topics: string[] | null,
  windows: readonly { from: Date; to: Date }[],
): Promise<WindowCount[]> {
  const counts: WindowCount[] = [];
  // One after the other: of eight days at once the embedded database, which has one connection, would be busy for seconds.
  for (const [place, { from, to }] of windows.entries()) {
    const found = await db.query<Omit<WindowCount, 'place'>>(
      `select t.key, count(*)::int as total, count(*) filter (where m.sentiment->>'label' = 'negative')::int as negative
       from mentions m join topics t on t.id = m.topic_id
       where m.created_at >= $2 and m.created_at < $3 and ${COUNTS} and t.enabled and ($1::text[] is null or t.key = any($1::text[])) group by 1`,
      [topics, from, to],
    );
    counts.push(...found.map((one) => ({ ...one, place })));
  }
  return counts;
}

export interface TopMentionFact {
  documentId: DocumentId;
  mentionId: MentionId;
  revision: number;
  title: string | null;
  text: string;
  url: string;
  site: string | null;
  author: string | null;
  sentiment: SentimentLabel;
}

/** The mentions of a topic that say most: complaints first, then the strongest tone, then the newest. */
export function topMentionFacts(
  db: Db,
  topicKey: string,
  from: Date,
  to: Date,
  limit: number,
): Promise<TopMentionFact[]> {
  return db.query<TopMentionFact>(
    `select d.id as "documentId", m.id as "mentionId", d.revision, d.title, ${EXCERPT} as text, d.url, a.site, coalesce(a.name, a.handle) as author, m.sentiment->>'label' as sentiment
     from mentions m join documents d on d.id = m.document_id join topics t on t.id = m.topic_id
     left join authors a on a.id = d.author_id
     where t.key = $1 and m.created_at >= $2 and m.created_at < $3 and ${COUNTS}
     order by (m.complaint->>'isComplaint')::boolean desc, abs((m.sentiment->>'score')::float) desc, d.id desc limit $4`,
    [topicKey, from, to, limit],
  );
}

/** Stories about these topics that were passed on in [from, to), those with most documents of that time first. `added`: how many. */
export function busyStories(
  db: Db,
  topics: string[] | null,
  from: Date,
  to: Date,
  limit: number,
): Promise<{ id: StoryId; added: number }[]> {
  return db.query(
    `select c.story_id as id, count(*)::int as added from story_carriers c where c.joined_at >= $2 and c.joined_at < $3
       and exists (select 1 from mentions m join topics t on t.id = m.topic_id where m.document_id = c.document_id and ${COUNTS}
         and t.enabled and ($1::text[] is null or t.key = any($1::text[])))
     group by 1 having exists (select 1 from story_carriers o where o.story_id = c.story_id offset 1)
     order by 2 desc, 1 desc limit $4`,
    [topics, from, to, limit],
  );
}

/** When the first document was found, or null. */
export async function watchingSince(db: Db): Promise<Date | null> {
  const rows = await db.query<{ at: Date | null }>('select min(found_at) as at from documents');
  return rows[0]?.at ?? null;
}
