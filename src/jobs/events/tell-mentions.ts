import { tellMention } from '../../act/mention-event.ts';
import type { IdentityLink } from '../../model/customer.ts';
import type { Author, Document } from '../../model/document.ts';
import type { Topic } from '../../model/topic.ts';
import { getCustomers } from '../../store/customers.ts';
import type { Db } from '../../store/db.ts';
import { listMentions } from '../../store/mentions.ts';
import { getUser } from '../../store/users.ts';
import type { JobDeps } from '../deps.ts';
import { isRecent } from '../is-recent.ts';
import type { Audience } from './subscriptions.ts';

const EVENTS = ['mention.created', 'mention.updated', 'customer.matched'] as const;

/**
 * Tells those who asked for it of a document's mentions: that they are there, that the text was edited, and whose they turned out to be. Nothing
 * is told of what lies in the basket, nor of what is too old to be news.
 */
export async function tellOfMentions(
  tx: Db,
  deps: Pick<JobDeps, 'clock' | 'casePolicy' | 'subscriptions'>,
  subject: { document: Document; author: Author | null; link: IdentityLink | null },
  topics: ReadonlyMap<number, Topic>,
  audience: Audience,
): Promise<void> {
  if (!EVENTS.some((event) => deps.subscriptions.wanting(event).length > 0)) return;
  const { document, author, link } = subject;
  const now = deps.clock.now();
  const { withinMs, dashboardUrl } = deps.casePolicy;
  if (!isRecent(document, withinMs, now)) return;
  const [customer] = link ? await getCustomers(tx, [link.customerId]) : [];
  for (const mention of await listMentions(tx, [document.id])) {
    const topic = topics.get(mention.topicId);
    if (!topic || mention.basketAt !== null) continue;
    const assigned = mention.assignedTo === null ? null : await getUser(tx, mention.assignedTo);
    const about = {
      mention,
      topic,
      document,
      author,
      customer: customer ?? null,
      assigned: assigned?.email ?? null,
    };
    const key = `mention:${document.id}:${topic.id}`;
    const tell = (type: 'mention.created' | 'mention.updated' | 'customer.matched', of: string) =>
      tellMention(tx, { type, key: of }, about, audience.of(mention.id, type), dashboardUrl, now);
    await tell('mention.created', key);
    if (document.revision > 1) await tell('mention.updated', `${key}:r${document.revision}`);
    if (author && customer) await tell('customer.matched', `matched:${author.id}:${customer.id}`);
  }
}
