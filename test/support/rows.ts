import { createVault } from '../../src/lib/vault.ts';
import type { IdentityLink } from '../../src/model/customer.ts';
import type { FoundDocument } from '../../src/model/document.ts';
import type { CaseId, DocumentId, MentionId, SourceId, TopicId } from '../../src/model/ids.ts';
import type { Complaint, Sentiment, Tag } from '../../src/model/tag.ts';
import { addCaseEvent } from '../../src/store/case-events.ts';
import { addCase, addToCase, type NewCase } from '../../src/store/cases.ts';
import type { Database, Db } from '../../src/store/db.ts';
import { beginAct, changeLink } from '../../src/store/links.ts';
import { listMentions, type NewMention, replaceMentionsOf, replaceTagsOf } from '../../src/store/mentions.ts';
import { recordStage } from '../../src/store/progress.ts';
import { saveDocument } from '../../src/store/save-documents.ts';
import { findSourceByKey, type SourceDefinition, syncSources } from '../../src/store/sources.ts';
import { saveTopic } from '../../src/store/topics.ts';

/** Rows for tests: each takes what the test is about and fills in the rest. */
export const NOW = new Date('2026-11-22T09:00:00Z');
export const TEST_VAULT = createVault(Buffer.alloc(32, 7));
export const MINUTE = 60_000;
export const later = (ms: number): Date => new Date(NOW.getTime() + ms);

export function sourceDefinition(key: string, changes: Partial<SourceDefinition> = {}): SourceDefinition {
  const url = `https://${key}.example/feed`;
  return {
    key,
    kind: 'feed',
    name: key,
    url,
    settings: {},
    everyMs: 600_000,
    schedule: { kind: 'fixed' },
    enabled: true,
    ...changes,
  };
}

export async function addSources(db: Db, ...keys: string[]): Promise<SourceId[]> {
  await syncSources(
    db,
    keys.map((key) => sourceDefinition(key)),
    NOW,
  );
  const sources = await Promise.all(keys.map((key) => findSourceByKey(db, key)));
  return sources.map((source) => source!.id);
}

export function found(externalId: string, changes: Partial<FoundDocument> = {}): FoundDocument {
  const url = `https://forum.example/${externalId}`;
  return { externalId, url, kind: 'post', text: `Текст ${externalId}`, ...changes };
}

/** The document's mentions become exactly these. */
export function replaceMentions(
  tx: Db,
  document: DocumentId,
  mentions: readonly NewMention[],
  now: Date,
): Promise<void> {
  return replaceMentionsOf(tx, new Map([[document, mentions]]), now);
}

/** The document's tags become exactly these. */
export function replaceTags(tx: Db, document: DocumentId, tags: readonly Tag[]): Promise<void> {
  return replaceTagsOf(tx, new Map([[document, tags]]), null);
}

export async function addDocument(
  db: Db,
  source: SourceId,
  externalId: string,
  changes: Partial<FoundDocument> = {},
  at: Date = NOW,
): Promise<DocumentId> {
  const id = await saveDocument(db, source, found(externalId, changes), at);
  await recordStage(db, 'understood', [{ id: id!, revision: 1 }], NOW);
  return id!;
}

export async function addTopic(db: Db, key: string, query = key): Promise<TopicId> {
  return (await saveTopic(db, { key, name: key, query }, 'config', NOW)).id;
}

export const NEGATIVE: Sentiment = { label: 'negative', score: -0.8, confidence: 0.9 };
export const COMPLAINT: Complaint = { isComplaint: true, probability: 0.9, severity: 2, reason: 'delivery' };
export const NO_COMPLAINT: Complaint = { isComplaint: false, probability: 0, severity: 1, reason: 'other' };

export async function addMention(
  db: Db,
  documentId: DocumentId,
  topicId: TopicId,
  complaint: Complaint = COMPLAINT,
): Promise<MentionId> {
  const spans = [{ field: 'text' as const, start: 0, end: 5 }];
  await replaceMentions(db, documentId, [{ topicId, spans, sentiment: NEGATIVE, complaint }], NOW);
  const mentions = await listMentions(db, [documentId]);
  return mentions.find((mention) => mention.topicId === topicId)!.id;
}

/** A case with one post, as acting on it would have opened it. */
export async function openCase(
  db: Database | Db,
  c: Omit<NewCase, 'topicId' | 'ownerId' | 'lastPostAt'> & { mentionId: MentionId },
): Promise<CaseId> {
  return db.transaction(async (tx) => {
    const [mention] = await tx.query<{ topicId: TopicId }>(
      'select topic_id as "topicId" from mentions where id = $1',
      [c.mentionId],
    );
    const id = await addCase(tx, {
      ...c,
      topicId: mention!.topicId,
      ownerId: null,
      lastPostAt: c.openedAt,
    });
    await addToCase(tx, id, c.mentionId, c.openedAt);
    await addCaseEvent(tx, id, { at: c.openedAt, actor: 'system', kind: 'opened' });
    return id;
  });
}

export async function countRows(db: Database | Db, table: string): Promise<number> {
  const [row] = await db.query<{ n: number }>(`select count(*)::int as n from ${table}`);
  return row!.n;
}

/** A link as the matcher would have made it, with what the test is about. */
export async function addLink(
  db: Database | Db,
  link: Pick<IdentityLink, 'authorId' | 'customerId'> & Partial<IdentityLink>,
): Promise<void> {
  const whole = {
    state: 'linked' as const,
    score: 0.9,
    evidence: [],
    basis: 'legitimate_interest' as const,
    decidedBy: 'matcher',
    decidedAt: NOW,
    ...link,
  };
  await db.transaction(async (tx) =>
    changeLink(tx, await beginAct(tx, whole.decidedBy, NOW), link.authorId, link.customerId, whole),
  );
}
