import type {
  AuthorId,
  CaseId,
  CaseIncidentId,
  CustomerId,
  DocumentId,
  MentionId,
  TopicId,
  UserId,
} from './ids.ts';
import type { ComplaintReason } from './tag.ts';

/** What people make of a case. */
export const CASE_STATUSES = ['open', 'in_work', 'answered', 'closed'] as const;
/** withdrawn: its customer turned out to be somebody else. merged: its posts are another case's now. */
export type CaseStatus = (typeof CASE_STATUSES)[number] | 'withdrawn' | 'merged';

/** Does somebody still have to answer? */
export function isWaiting({ status }: { status: CaseStatus }): boolean {
  return status === 'open' || status === 'in_work';
}

export type Severity = 1 | 2 | 3;

/** How a case ended for the customer. */
export const CASE_OUTCOMES = [
  'put_right',
  'compensated',
  'explained',
  'refused',
  'unreachable',
  'no_fault',
] as const;
export type CaseOutcome = (typeof CASE_OUTCOMES)[number];

/** What was promised to the customer. `kept`: null until somebody says. */
export interface CasePromise {
  text: string;
  until: Date | null;
  kept: boolean | null;
}

/** What an author has to complain of in one topic, as it is worked. */
export interface Case {
  id: CaseId;
  /** The first post of it. */
  mentionId: MentionId;
  documentId: DocumentId;
  topicId: TopicId;
  authorId: AuthorId;
  customerId: CustomerId;
  severity: Severity;
  /** What the complaint is about, as the taggers see it. */
  reason: ComplaintReason;
  /** Why loyalty was or may be lost, as people see it; null: nobody has said so yet. */
  cause: ComplaintReason | null;
  status: CaseStatus;
  ownerId: UserId | null;
  incidentId: CaseIncidentId | null;
  promise: CasePromise | null;
  outcome: CaseOutcome | null;
  openedAt: Date;
  dueAt: Date;
  lastPostAt: Date;
  /** Somebody began to work on it, answered, closed; null: not yet, or it was reopened. */
  takenAt: Date | null;
  answeredAt: Date | null;
  closedAt: Date | null;
  /** Posts in it. */
  posts: number;
}

/** Several authors' cases about one thing, with one owner. */
export interface Incident {
  id: CaseIncidentId;
  name: string;
  ownerId: UserId | null;
  openedAt: Date;
  closedAt: Date | null;
}

export const CASE_EVENT_KINDS = [
  'opened',
  'post',
  'reopened',
  'status',
  'owner',
  'cause',
  'promise',
  'outcome',
  'due',
  'note',
  'warned',
  'breached',
  'merged',
  'split',
  'incident',
  'withdrawn',
] as const;
export type CaseEventKind = (typeof CASE_EVENT_KINDS)[number];

/** One thing that happened to a case. */
export interface CaseEvent {
  id: number;
  at: Date;
  /** A user's e-mail, `system`, or `crm:` and the key of an endpoint. */
  actor: string;
  kind: CaseEventKind;
  /** By kind; never a customer's name. */
  detail: Record<string, unknown>;
}

/** Event types. */
export const CASE_OPENED = 'complaint.detected';
export const CASE_UPDATED = 'complaint.updated';
/** People have changed something of it. */
export const CASE_CHANGED = 'case.changed';
export const CASE_WITHDRAWN = 'complaint.withdrawn';
