import type { CaseId, DocumentId, MentionId } from '../model/ids.ts';
import type { SentimentLabel } from '../model/tag.ts';
import type { MentionStatus } from '../model/topic.ts';
import { type Db, queryOne } from './db.ts';

export interface UsedLink {
  tokenHash: string;
  recipientId: number;
  mentionId: MentionId;
  action: string;
  at: Date;
  expiresAt: Date;
}

/** True for exactly one caller. */
export async function useLink(tx: Db, used: UsedLink): Promise<boolean> {
  const rows = await tx.query(
    `insert into digest_actions (token_hash, recipient_id, mention_id, action, at, expires_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (token_hash) do nothing returning token_hash`,
    [used.tokenHash, used.recipientId, used.mentionId, used.action, used.at, used.expiresAt],
  );
  return rows.length > 0;
}

export async function isLinkUsed(db: Db, tokenHash: string): Promise<boolean> {
  return (await db.query('select 1 from digest_actions where token_hash = $1', [tokenHash])).length > 0;
}

/** Whose time has passed opens nothing, used or not. */
export async function forgetUsedLinks(db: Db, now: Date): Promise<void> {
  await db.query('delete from digest_actions where expires_at < $1', [now]);
}

/** What a link of a mail is about. */
export interface SaidPost {
  documentId: DocumentId;
  /** Of the text as it is now. */
  revision: number;
  title: string | null;
  text: string;
  topicKey: string;
  topicName: string;
  sentiment: SentimentLabel;
  status: MentionStatus;
  /** The case that it is in, if that is open. */
  caseId: CaseId | null;
}

export function findSaidPost(db: Db, mention: MentionId): Promise<SaidPost | null> {
  return queryOne<SaidPost>(
    db,
    `select d.id as "documentId", d.revision, d.title, left(d.text, 300) as text, t.key as "topicKey", t.name as "topicName",
       m.sentiment->>'label' as sentiment, m.status, (select n.case_id from case_mentions n join cases c on c.id = n.case_id
         where n.mention_id = m.id and n.current and c.status in ('open', 'in_work')) as "caseId"
     from mentions m join documents d on d.id = m.document_id join topics t on t.id = m.topic_id where m.id = $1`,
    [mention],
  );
}
