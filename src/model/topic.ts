import type { DocumentId, MentionId, TopicId, UserId } from './ids.ts';
import type { Complaint, Sentiment, Span } from './tag.ts';

/** A brand or product query that PR staff maintain, in the query language. */
export interface Topic {
  id: TopicId;
  /** Stable name in the configuration and in addresses: `romashka`. */
  key: string;
  name: string;
  query: string;
  origin: 'config' | 'user';
  enabled: boolean;
}

export const MENTION_STATUSES = ['new', 'seen', 'in_work', 'answered', 'closed', 'not_us'] as const;
export type MentionStatus = (typeof MENTION_STATUSES)[number];

/** One document × one topic. */
export interface Mention {
  id: MentionId;
  documentId: DocumentId;
  topicId: TopicId;
  /** Where the topic's terms stand in the document. */
  spans: Span[];
  sentiment: Sentiment;
  complaint: Complaint;
  status: MentionStatus;
  assignedTo: UserId | null;
  createdAt: Date;
}
