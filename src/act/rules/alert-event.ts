import type { Tier } from '../../model/customer.ts';
import type { Priority } from '../../model/rule.ts';
import type { Complaint, Sentiment } from '../../model/tag.ts';
import type { MentionStatus } from '../../model/topic.ts';
import type { DocumentPart } from '../payload.ts';

/** One mention; several that came faster than a rule may alert. */
export const ALERT_EVENTS = { one: 'mention.alerted', many: 'mentions.alerted' } as const;

interface RulePart {
  key: string;
  name: string;
  link: string;
}

/** What leaves the house as `mention.alerted`. */
export interface AlertPayload {
  rule: RulePart;
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
  customer: { external_id: string; name: string; tier: Tier | null } | null;
  document: Omit<DocumentPart, 'author' | 'language'> & { author: DocumentPart['author'] | null };
  sentiment: Sentiment;
}

/** What leaves the house as `mentions.alerted`. */
export interface AlertsPayload {
  rule: RulePart;
  /** The hour in which they were found. */
  from: string;
  to: string;
  count: number;
  /** The newest of them, at most 25. */
  mentions: {
    id: number;
    link: string;
    topic: { key: string; name: string };
    url: string;
    title: string | null;
  }[];
}
