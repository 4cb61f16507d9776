import type { Case } from '../../model/case.ts';
import type { Customer, IdentityLink } from '../../model/customer.ts';
import type { Author, Document } from '../../model/document.ts';
import type { DocumentId, MentionId, UserId } from '../../model/ids.ts';
import type { Mention, Topic } from '../../model/topic.ts';
import { getAuthors } from '../../store/authors.ts';
import { getCustomer } from '../../store/customers.ts';
import type { Db } from '../../store/db.ts';
import { getDocument } from '../../store/documents.ts';
import { listLinkRows } from '../../store/links.ts';
import { listMentions, listTags } from '../../store/mentions.ts';
import { understoodAt } from '../../store/progress.ts';
import { storyOf, summariseStories } from '../../store/story-pages.ts';
import { listTopics } from '../../store/topics.ts';
import { findUser, getUser } from '../../store/users.ts';
import type { CaseFacts } from './payload.ts';

/** A complaint of somebody who is certainly a customer. */
export interface Complaint {
  mention: Mention;
  topic: Topic;
  document: Document;
  author: Author;
  customer: Customer;
  link: IdentityLink;
}

/**
 * Who should answer: whom a rule or a person gave the mention to, else who looks after the customer, else who gets what nobody owns. `label` is
 * what the CRM is told; it may name somebody who is no user.
 */
export async function ownerFor(
  tx: Db,
  { mention, customer }: Pick<Complaint, 'mention' | 'customer'>,
  fallback: string | null,
): Promise<{ id: UserId | null; label: string | null }> {
  const assigned = mention.assignedTo === null ? null : await getUser(tx, mention.assignedTo);
  if (assigned) return { id: assigned.id, label: assigned.email };
  const named = customer.owner ?? fallback;
  if (named === null) return { id: null, label: null };
  const user = (await findUser(tx, named)) ?? (fallback === null ? null : await findUser(tx, fallback));
  return { id: user && !user.disabledAt ? user.id : null, label: customer.owner ?? user?.email ?? null };
}

async function storyFacts(tx: Db, document: Document): Promise<CaseFacts['story']> {
  const story = await storyOf(tx, document.id);
  if (!story || story.documents < 2) return null;
  const [summary] = await summariseStories(tx, [story.id]);
  return { ...story, reach: summary?.reach ?? null };
}

/** What a message about this case says of a post. */
export async function caseFacts(
  tx: Db,
  c: Case,
  complaint: Complaint,
  suggestedOwner: string | null,
  snapshot: CaseFacts['snapshot'],
): Promise<CaseFacts> {
  const { document } = complaint;
  return {
    ...complaint,
    case: c,
    suggestedOwner,
    tags: await listTags(tx, document.id),
    understoodAt: await understoodAt(tx, document.id),
    story: await storyFacts(tx, document),
    snapshot,
  };
}

/** Everything about a post of a case, read from the store; null: something of it is gone. */
export async function loadComplaint(tx: Db, c: Case, mentionId: MentionId): Promise<Complaint | null> {
  const [row] = await tx.query<{ id: DocumentId }>('select document_id as id from mentions where id = $1', [
    mentionId,
  ]);
  const document = row ? await getDocument(tx, row.id) : null;
  if (!document) return null;
  const mention = (await listMentions(tx, [document.id])).find(({ id }) => id === mentionId);
  const topic = (await listTopics(tx)).find(({ id }) => id === c.topicId);
  const [author] = await getAuthors(tx, [c.authorId]);
  const customer = await getCustomer(tx, c.customerId);
  if (!mention || !topic || !author || !customer) return null;
  const [known] = await listLinkRows(tx, author.id, customer.mergedInto ?? customer.id);
  return { mention, topic, document, author, customer, link: known ?? madeByHand(c) };
}

/** Of an author who is only a name no link is kept: the case itself says whose it is. */
function madeByHand({ authorId, customerId, openedAt }: Case): IdentityLink {
  return {
    authorId,
    customerId,
    state: 'linked',
    score: 1,
    evidence: [],
    basis: 'legitimate_interest',
    decidedBy: 'case',
    decidedAt: openedAt,
  };
}
