import type { Evidence, Tier } from './customer.ts';
import type { AuthorId, CaseId, CustomerId, DocumentId, MentionId, TopicId } from './ids.ts';
import type { ComplaintReason, Sentiment } from './tag.ts';

/** What people make of a case. */
export const CASE_STATUSES = ['open', 'in_work', 'answered', 'closed'] as const;
/** withdrawn: its customer turned out to be somebody else. */
export type CaseStatus = (typeof CASE_STATUSES)[number] | 'withdrawn';

/** A complaint as it is worked. */
export interface Case {
  id: CaseId;
  mentionId: MentionId;
  documentId: DocumentId;
  topicId: TopicId;
  authorId: AuthorId;
  customerId: CustomerId;
  severity: 1 | 2 | 3;
  reason: ComplaintReason;
  status: CaseStatus;
  openedAt: Date;
  dueAt: Date;
}

/** What leaves the house when a case opens: the neutral form that every connector maps to its CRM. */
export interface CasePayload {
  case: {
    id: number;
    severity: 1 | 2 | 3;
    reason: ComplaintReason;
    opened_at: string;
    due_at: string;
    link: string;
  };
  customer: { external_id: string; name: string; tier: Tier | null; matched_by: Evidence[] };
  topic: { key: string; name: string };
  document: {
    url: string;
    title: string | null;
    text: string;
    author: { site: string; handle: string; name: string | null };
    published_at: string | null;
    found_at: string;
  };
  sentiment: Sentiment;
}

/** Event types. */
export const CASE_OPENED = 'complaint.detected';
export const CASE_WITHDRAWN = 'complaint.withdrawn';

/** What leaves the house when a case was opened for the wrong customer. */
export interface WithdrawalPayload {
  case: { id: number; link: string };
  customer: { external_id: string };
  reason: WithdrawalReason;
}

/** not_the_customer: somebody said so. doubtful: it is no longer certain. */
export type WithdrawalReason = 'not_the_customer' | 'doubtful';
