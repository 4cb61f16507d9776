import type { DocumentId, MentionId, TopicId, UserId } from './ids.ts';
import type { Decisions, Priority } from './rule.ts';
import type { Complaint, Sentiment, Span } from './tag.ts';

export interface ContextSwitch {
  /** A learnt check is asked of each place that the query finds whether the brand is meant there. */
  contextCheck: boolean;
  /** What the brand is, in the person's words: «доставка цветов», `bank`. May be empty. */
  about: string;
}

/** A brand or product query that PR staff maintain, in the query language. */
export interface Topic extends ContextSwitch {
  id: TopicId;
  /** Stable name in the configuration and in addresses: `romashka`. */
  key: string;
  name: string;
  query: string;
  origin: 'config' | 'user';
  enabled: boolean;
}

/** A text that a topic must find, or must not. */
export interface ExampleText {
  mustMatch: boolean;
  /** Where it was taken from. */
  url: string | null;
  title: string | null;
  /** Handle or name. */
  author: string | null;
  text: string;
  /** Why it is an example; may be empty. */
  note: string;
}

export interface TopicExample extends ExampleText {
  id: number;
  topicId: TopicId;
  addedBy: string;
  addedAt: Date;
}

export const RATING_VERDICTS = ['ours', 'not_ours', 'skipped'] as const;
/** Is a document about the topic? `skipped`: seen, and left open. */
export type RatingVerdict = (typeof RATING_VERDICTS)[number];

/** What a person said of a document that a topic's query found. */
export interface TopicRating {
  documentId: DocumentId;
  verdict: RatingVerdict;
  ratedBy: string;
  ratedAt: Date;
}

/** A topic as it was once saved. */
export interface TopicVersion extends ContextSwitch {
  /** From 1. */
  version: number;
  name: string;
  query: string;
  enabled: boolean;
  /** A user's e-mail, `cli` or `config`. */
  savedBy: string;
  savedAt: Date;
  /** The version that this one brought back. */
  restored: number | null;
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
  /** In force: the taggers', unless a rule or a person has decided otherwise. */
  sentiment: Sentiment;
  /** What the taggers say; null while that is in force. */
  taggerSentiment: Sentiment | null;
  complaint: Complaint;
  status: MentionStatus;
  assignedTo: UserId | null;
  tags: string[];
  priority: Priority;
  /** In the basket since then. */
  basketAt: Date | null;
  decided: Decisions;
  createdAt: Date;
}
