import { randomUUID } from 'node:crypto';
import { CASE_OPENED, type Case, type CasePayload } from '../model/case.ts';
import type { Customer, Evidence, IdentityLink, Tier } from '../model/customer.ts';
import type { Author, Document } from '../model/document.ts';
import type { PrivateKind } from '../model/entity.ts';
import type { CaseId } from '../model/ids.ts';
import type { Mention, Topic } from '../model/topic.ts';
import { openCase } from '../store/cases.ts';
import type { Db } from '../store/db.ts';
import { addDelivery } from '../store/deliveries.ts';
import { authorPart, documentPart, withText } from './payload.ts';

export interface CasePolicy {
  /** Milliseconds; complaints that were published longer ago open no case. */
  withinMs: number;
  /** Milliseconds to answer, by tier. */
  due: Record<Tier | 'none', number>;
  /** Keys of the CRM endpoints that are told. */
  endpoints: readonly string[];
  /** Address of the dashboard, without a slash at its end. */
  dashboardUrl: string;
}

export interface Complaint {
  mention: Mention;
  topic: Topic;
  document: Document;
  author: Author;
  customer: Customer;
  link: IdentityLink;
}

const MAX_EVIDENCE = 10;
/** A case has one certain customer, and by the order's number the CRM knows what it is about; the contacts it has. */
const CRM_SEES: readonly PrivateKind[] = ['order'];

/** What speaks for or against the link, without what is for our own use. */
function signsOf({ evidence }: IdentityLink): Evidence[] {
  return evidence
    .filter(({ code }) => code !== 'prior' && code !== 'learned')
    .map(({ hash: _ours, ...shown }) => shown);
}

function toPayload(
  id: CaseId,
  c: Pick<Case, 'openedAt' | 'dueAt'>,
  complaint: Complaint,
  policy: CasePolicy,
): CasePayload {
  const { mention, topic, document, author, customer, link } = complaint;
  const payload: CasePayload = {
    case: {
      id,
      severity: mention.complaint.severity,
      reason: mention.complaint.reason,
      opened_at: c.openedAt.toISOString(),
      due_at: c.dueAt.toISOString(),
      link: `${policy.dashboardUrl}/cases/${id}`,
    },
    customer: {
      external_id: customer.externalId,
      name: customer.name,
      tier: customer.tier,
      matched_by: signsOf(link).slice(0, MAX_EVIDENCE),
    },
    topic: { key: topic.key, name: topic.name },
    document: { ...documentPart(document, CRM_SEES), author: authorPart(author) },
    sentiment: mention.sentiment,
  };
  return withText(payload, document, CRM_SEES);
}

/**
 * Opens the complaint's case and hands it to every CRM endpoint, in the caller's transaction: either all of it
 * happens or nothing. null when the case was opened before.
 */
export async function actOnComplaint(
  tx: Db,
  complaint: Complaint,
  policy: CasePolicy,
  now: Date,
): Promise<CaseId | null> {
  const { mention, author, customer } = complaint;
  const dueAt = new Date(now.getTime() + policy.due[customer.tier ?? 'none']);
  const opened = { openedAt: now, dueAt };
  const id = await openCase(tx, {
    mentionId: mention.id,
    customerId: customer.id,
    authorId: author.id,
    severity: mention.complaint.severity,
    reason: mention.complaint.reason,
    ...opened,
  });
  if (id === null) return null;
  const payload = toPayload(id, opened, complaint, policy);
  for (const endpoint of policy.endpoints) {
    await addDelivery(tx, {
      id: randomUUID(),
      channel: 'crm',
      endpoint,
      eventType: CASE_OPENED,
      eventKey: `case:${id}`,
      payload,
      createdAt: now,
    });
  }
  return id;
}
