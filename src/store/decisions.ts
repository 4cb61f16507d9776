import type { DocumentId, MentionId, TopicId, UserId } from '../model/ids.ts';
import type { Decision, Decisions, Priority } from '../model/rule.ts';
import type { ComplaintLevel, Sentiment } from '../model/tag.ts';
import type { MentionStatus } from '../model/topic.ts';
import { HAS_CASE } from './cases.ts';
import { levelIn } from './complaint-level.ts';
import { type Db, json, queryOne } from './db.ts';

/** What rules and people decide about a mention, as it stands. */
export interface MentionState {
  id: MentionId;
  documentId: DocumentId;
  topicId: TopicId;
  sentiment: Sentiment;
  taggerSentiment: Sentiment | null;
  tags: string[];
  priority: Priority;
  assignedTo: UserId | null;
  basketAt: Date | null;
  decided: Decisions;
  status: MentionStatus;
  isComplaint: boolean;
  level: ComplaintLevel;
  createdAt: Date;
  /** Somebody works on it: no rule hides it. */
  hasCase: boolean;
}

const STATE = `m.id, m.document_id as "documentId", m.topic_id as "topicId", m.sentiment, m.tagger_sentiment as "taggerSentiment",
  m.tags, m.priority, m.assigned_to as "assignedTo", m.basket_at as "basketAt", m.decided, m.status, (m.complaint->>'isComplaint')::boolean as "isComplaint", ${levelIn('m.complaint')} as level, m.created_at as "createdAt",
  ${HAS_CASE} as "hasCase"`;

export function listMentionStatesById(db: Db, ids: readonly MentionId[]): Promise<MentionState[]> {
  return db.query<MentionState>(
    `select ${STATE} from mentions m where m.id = any($1::bigint[]) order by m.id`,
    [ids],
  );
}

/** Nobody else changes them until the transaction ends. */
export function lockMentionStates(tx: Db, documents: readonly DocumentId[]): Promise<MentionState[]> {
  return tx.query<MentionState>(
    `select ${STATE} from mentions m where m.document_id = any($1::bigint[]) order by m.id for update of m`,
    [documents],
  );
}

/** Nobody else changes it until the transaction ends. */
export async function lockMentionState(tx: Db, id: MentionId): Promise<MentionState | null> {
  return queryOne<MentionState>(tx, `select ${STATE} from mentions m where m.id = $1 for update of m`, [id]);
}

export async function saveMentionStates(tx: Db, states: readonly MentionState[]): Promise<void> {
  if (states.length === 0) return;
  const rows = states.map(
    ({ id, sentiment, taggerSentiment, tags, priority, assignedTo, basketAt, decided }) => ({
      id,
      sentiment,
      tagger: taggerSentiment,
      tags,
      priority,
      assigned: assignedTo,
      basket: basketAt,
      decided,
    }),
  );
  await tx.query(
    `update mentions m set sentiment = s.sentiment, tagger_sentiment = nullif(s.tagger, 'null'),
       tags = array(select jsonb_array_elements_text(s.tags)), priority = s.priority, assigned_to = s.assigned, basket_at = s.basket,
       decided = s.decided
     from jsonb_to_recordset($1::jsonb) as s(id bigint, sentiment jsonb, tagger jsonb, tags jsonb, priority text, assigned bigint,
       basket timestamptz, decided jsonb) where m.id = s.id`,
    [json(rows)],
  );
}

export interface BasketRow {
  mentionId: MentionId;
  documentId: DocumentId;
  topicName: string;
  at: Date;
  decided: Decisions;
  /** Of the rule that put it there; null when a person did. */
  ruleName: string | null;
}

const IN_BASKET = `mentions m left join rules r on r.key = m.decided->'basket'->>'rule' where m.basket_at is not null`;

/** The newest first. `rule`: only what this one put there. `behind`: only what comes after this place in the list. */
export function listBasket(
  db: Db,
  rule: string | null,
  limit: number,
  offset: number,
  behind: { at: Date; mention: MentionId } | null = null,
): Promise<BasketRow[]> {
  return db.query<BasketRow>(
    `select m.id as "mentionId", m.document_id as "documentId", t.name as "topicName", m.basket_at as at, m.decided, r.name as "ruleName"
     from mentions m join topics t on t.id = m.topic_id left join rules r on r.key = m.decided->'basket'->>'rule'
     where m.basket_at is not null and ($1::text is null or m.decided->'basket'->>'rule' = $1)
       and ($4::timestamptz is null or (m.basket_at, m.id) < ($4, $5::bigint))
     order by m.basket_at desc, m.id desc limit $2 offset $3`,
    [rule, limit, offset, behind?.at ?? null, behind?.mention ?? null],
  );
}

export interface BasketCount {
  /** null: put there by people. */
  rule: string | null;
  name: string | null;
  count: number;
}

export function countBasket(db: Db): Promise<BasketCount[]> {
  return db.query<BasketCount>(
    `select m.decided->'basket'->>'rule' as rule, min(r.name) as name, count(*)::int as count from ${IN_BASKET}
     group by 1 order by count desc, 1`,
  );
}

/** Takes up to `limit` mentions that a rule put into the basket out of it, as a person's decision. Returns their documents. */
export async function takeOutOfRule(
  tx: Db,
  rule: string,
  decision: Decision,
  limit: number,
): Promise<DocumentId[]> {
  const rows = await tx.query<{ id: DocumentId }>(
    `update mentions set basket_at = null, decided = jsonb_set(decided, '{basket}', $2::jsonb)
     where id in (select id from mentions where basket_at is not null and decided->'basket'->>'rule' = $1 order by id limit $3 for update)
     returning document_id as id`,
    [rule, json(decision), limit],
  );
  return rows.map(({ id }) => id);
}
