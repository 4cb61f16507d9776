import type { Customer } from '../model/customer.ts';
import type { Author, Document } from '../model/document.ts';
import type { Priority } from '../model/rule.ts';
import type { Complaint, Sentiment } from '../model/tag.ts';
import type { Mention, MentionStatus, Topic } from '../model/topic.ts';
import type { Db } from '../store/db.ts';
import { authorPart, cutTo, type DocumentPart, documentPart, withText } from './payload.ts';
import { tellEndpoints } from './tell-endpoints.ts';

const MAX_NAME = 200;

/** What leaves the house of a mention. */
export interface MentionPayload {
  mention: {
    id: number;
    link: string;
    priority: Priority;
    tags: string[];
    status: MentionStatus;
    /** E-mail of a user. */
    assigned_to: string | null;
    complaint: Complaint;
  };
  topic: { key: string; name: string };
  customer: { external_id: string; name: string; tier: Customer['tier'] } | null;
  document: Omit<DocumentPart, 'author' | 'language'> & { author: DocumentPart['author'] | null };
  sentiment: Sentiment;
}

export interface AboutMention {
  mention: Pick<Mention, 'id' | 'priority' | 'tags' | 'status' | 'complaint' | 'sentiment'>;
  /** E-mail of whom it is assigned to. */
  assigned: string | null;
  topic: Pick<Topic, 'key' | 'name'>;
  document: Document;
  author: Author | null;
  customer: Pick<Customer, 'externalId' | 'name' | 'tier'> | null;
}

/** All of it but the text, which comes last, when it is known how much room there is. */
export function mentionPayload(about: AboutMention, dashboardUrl: string): MentionPayload {
  const { mention, assigned, topic, document, author, customer } = about;
  const { id, priority, tags, status, complaint, sentiment } = mention;
  return {
    mention: {
      id,
      link: `${dashboardUrl}/mentions/${document.id}`,
      priority,
      tags,
      status,
      assigned_to: assigned,
      complaint,
    },
    topic: { key: topic.key, name: cutTo(topic.name, MAX_NAME) },
    customer: customer && { external_id: customer.externalId, name: customer.name, tier: customer.tier },
    document: { ...documentPart(document, []), author: author ? authorPart(author) : null },
    sentiment,
  };
}

/** Tells endpoints of a mention, once for each `key`, in the caller's transaction. */
export async function tellMention(
  tx: Db,
  event: { type: 'mention.created' | 'mention.updated' | 'customer.matched'; key: string },
  about: AboutMention,
  endpoints: readonly string[],
  dashboardUrl: string,
  now: Date,
): Promise<void> {
  if (endpoints.length === 0) return;
  const payload = withText(mentionPayload(about, dashboardUrl), about.document, []);
  const orderKey = event.key.replace(/:r\d+$/, '');
  await tellEndpoints(tx, endpoints, { ...event, orderKey, payload }, now);
}
