import type { Tier } from '../model/customer.ts';
import type { AuthorId, CustomerId, DocumentId, MentionId } from '../model/ids.ts';
import type { Decisions, Priority } from '../model/rule.ts';
import type { Complaint, KindTag, Sentiment, Span } from '../model/tag.ts';
import type { MentionStatus } from '../model/topic.ts';
import { HAS_CASE } from './cases.ts';
import { levelIn } from './complaint-level.ts';
import type { Db } from './db.ts';
import { PERSON } from './person.ts';
import { POST_KIND } from './stored-texts.ts';

export interface CardMention {
  id: MentionId;
  topicKey: string;
  topicName: string;
  spans: Span[];
  sentiment: Sentiment;
  /** What the taggers say, when somebody has decided otherwise. */
  taggerSentiment: Sentiment | null;
  complaint: Complaint;
  status: MentionStatus;
  tags: string[];
  priority: Priority;
  /** E-mail of whom it is assigned to. */
  assigned: string | null;
  isInBasket: boolean;
  decided: Decisions;
}

/** A document as lists show it, with everything that stands beside it. */
export interface Card {
  id: DocumentId;
  url: string;
  title: string | null;
  text: string;
  /** Published, or found when no date was stated. */
  time: Date;
  sourceName: string;
  threadTitle: string | null;
  authorId: AuthorId | null;
  author: string | null;
  /** What it is for; null where no tagger has told it. */
  postKind: KindTag | null;
  mentions: CardMention[];
  /** The customer to whom the author is linked, when exactly one is. */
  customerId: CustomerId | null;
  tier: Tier | null;
}

const MAX_TEXT = 4000;

function select(where: string, textLength: number, mentions = 'and m.basket_at is null'): string {
  return `select d.id, d.url, d.title, left(d.text, ${textLength}) as text, coalesce(d.published_at, d.found_at) as time,
    s.name as "sourceName", h.title as "threadTitle", d.author_id as "authorId", coalesce(a.name, a.handle, d.guest_name) as author,
    ${POST_KIND} as "postKind", l."customerId", l.tier,
    coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'topicKey', t.key, 'topicName', t.name, 'spans', m.spans,
        'sentiment', m.sentiment, 'taggerSentiment', m.tagger_sentiment, 'complaint', m.complaint, 'status', m.status, 'tags', m.tags, 'priority', m.priority,
        'assigned', u.email, 'isInBasket', m.basket_at is not null, 'decided', m.decided) order by t.id)
      from mentions m join topics t on t.id = m.topic_id left join users u on u.id = m.assigned_to
      where m.document_id = d.id ${mentions}), '[]') as mentions
    from documents d join sources s on s.id = d.source_id left join threads h on h.id = d.thread_id
    left join authors a on a.id = d.author_id
    left join lateral (select min(${PERSON}) as "customerId", min(p.tier) as tier from identity_links i join customers c on c.id = i.customer_id
      join customers p on p.id = ${PERSON}
      where i.author_id = d.author_id and i.state in ('linked', 'confirmed') having count(distinct ${PERSON}) = 1) l on true
    ${where}`;
}

/** In the order of `ids`; those that are gone are left out. Texts are cut at 4,000 characters. Mentions in the basket only `withBasket`. */
export async function getCards(
  db: Db,
  ids: readonly DocumentId[],
  { withBasket = false } = {},
): Promise<Card[]> {
  const where = 'where d.id = any($1::bigint[])';
  const rows = await db.query<Card>(withBasket ? select(where, MAX_TEXT, '') : select(where, MAX_TEXT), [
    ids,
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What an author wrote, newest first, whether it names a topic or not. */
export function cardsOfAuthor(db: Db, id: AuthorId, limit: number): Promise<Card[]> {
  return db.query<Card>(
    `${select('where d.author_id = $1', MAX_TEXT)} order by coalesce(d.published_at, d.found_at) desc limit $2`,
    [id, limit],
  );
}

/** Complaints, and not what only may be some, found since `since` that have no case and that nobody has taken up. */
export async function unmatchedComplaintCards(db: Db, since: Date, limit: number): Promise<Card[]> {
  // Chosen before they are drawn: there may be hundreds a day where few customers are known.
  const chosen = await db.query<{ id: DocumentId }>(
    `select distinct d.id, coalesce(d.published_at, d.found_at) as at from mentions m join documents d on d.id = m.document_id
     where m.created_at >= $1 and ${levelIn('m.complaint')} = 'alert' and m.status = 'new' and m.basket_at is null and not ${HAS_CASE}
     order by at desc limit $2`,
    [since, limit],
  );
  return getCards(
    db,
    chosen.map(({ id }) => id),
  );
}
