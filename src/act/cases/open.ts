import { CASE_OPENED, CASE_UPDATED, type Case } from '../../model/case.ts';
import type { CaseId } from '../../model/ids.ts';
import { addCaseEvent } from '../../store/case-events.ts';
import {
  addCase,
  addToCase,
  casesInStory,
  changeCase,
  getCase,
  isInCase,
  lockCasesOf,
} from '../../store/cases.ts';
import type { Db } from '../../store/db.ts';
import { endpointsToldOf } from '../../store/deliveries.ts';
import { type Complaint, caseFacts, ownerFor } from './facts.ts';
import { casePayloadOf } from './payload.ts';
import { type Place, placeOf } from './place.ts';
import { type CasePolicy, dueAt } from './policy.ts';
import { takeSnapshot } from './snapshot.ts';
import { caseKey, tellCase } from './tell.ts';

export interface Opened {
  id: CaseId;
  /** What became of the complaint. */
  kind: Place['kind'];
}

function saidAt({ document }: Complaint): Date {
  return document.publishedAt ?? document.foundAt;
}

type Owner = Awaited<ReturnType<typeof ownerFor>>;

async function openNew(
  tx: Db,
  complaint: Complaint,
  owner: Owner,
  policy: CasePolicy,
  now: Date,
): Promise<CaseId> {
  const { mention, topic, author, customer } = complaint;
  const { severity, reason } = mention.complaint;
  const id = await addCase(tx, {
    topicId: topic.id,
    customerId: customer.id,
    authorId: author.id,
    severity,
    reason,
    ownerId: owner.id,
    openedAt: now,
    dueAt: dueAt(policy, { topicKey: topic.key, tier: customer.tier, severity }, now),
    lastPostAt: saidAt(complaint),
  });
  await addCaseEvent(tx, id, { at: now, actor: 'system', kind: 'opened', detail: { mention: mention.id } });
  return id;
}

/** A worse post makes the case worse, and its answer due sooner, never later. */
async function addPost(
  tx: Db,
  before: Case,
  kind: 'append' | 'reopen',
  complaint: Complaint,
  policy: CasePolicy,
  now: Date,
): Promise<void> {
  const { mention, topic, customer } = complaint;
  const severity = Math.max(before.severity, mention.complaint.severity) as Case['severity'];
  const wished = dueAt(policy, { topicKey: topic.key, tier: customer.tier, severity }, now);
  const isReopened = kind === 'reopen';
  const isSooner = severity > before.severity && wished < before.dueAt;
  const said = saidAt(complaint);
  await changeCase(tx, before.id, {
    severity,
    lastPostAt: said > before.lastPostAt ? said : before.lastPostAt,
    ...(isReopened || isSooner ? { dueAt: wished, warnedAt: null, breachedAt: null } : {}),
    ...(isReopened ? { status: 'open', takenAt: null, answeredAt: null, closedAt: null, outcome: null } : {}),
  });
  const detail = { mention: mention.id };
  await addCaseEvent(tx, before.id, {
    at: now,
    actor: 'system',
    kind: isReopened ? 'reopened' : 'post',
    detail,
  });
}

async function place(
  tx: Db,
  complaint: Complaint,
  owner: Owner,
  policy: CasePolicy,
  now: Date,
): Promise<Opened> {
  const { mention, topic, document, author, customer } = complaint;
  const known = await lockCasesOf(tx, {
    authorId: author.id,
    topicId: topic.id,
    customerId: customer.mergedInto ?? customer.id,
  });
  const ids = known.map(({ id }) => id);
  const where = placeOf(known, saidAt(complaint), await casesInStory(tx, ids, document.id), policy);
  const before = where.kind === 'open' ? undefined : known.find(({ id }) => id === where.id);
  if (where.kind === 'open' || !before) {
    const id = await openNew(tx, complaint, owner, policy, now);
    await addToCase(tx, id, mention.id, now);
    return { id, kind: 'open' };
  }
  await addToCase(tx, before.id, mention.id, now);
  await addPost(tx, before, where.kind, complaint, policy, now);
  return { id: before.id, kind: where.kind };
}

/**
 * Puts a complaint into the case where it belongs, or opens one, and tells the CRM, in the caller's transaction: either all of it
 * happens or nothing. `endpoints`: who hears of a new case; of what is added to one those hear who know it. null when the complaint is in a case
 * already.
 */
export async function actOnComplaint(
  tx: Db,
  complaint: Complaint,
  policy: CasePolicy,
  endpoints: readonly string[],
  now: Date,
): Promise<Opened | null> {
  const { mention } = complaint;
  if (await isInCase(tx, mention.id)) return null;
  const owner = await ownerFor(tx, complaint, policy.owner);
  const opened = await place(tx, complaint, owner, policy, now);
  const c = await getCase(tx, opened.id);
  if (!c) throw new Error('a case that was opened is gone');
  const snapshot = await takeSnapshot(tx, c.id, complaint.document, policy.dashboardUrl, now);
  const facts = await caseFacts(tx, c, complaint, owner.label, snapshot);
  const payload = casePayloadOf(facts, policy.dashboardUrl, now);
  const isNew = opened.kind === 'open';
  await tellCase(
    tx,
    {
      type: isNew ? CASE_OPENED : CASE_UPDATED,
      key: isNew ? caseKey(c.id) : `${caseKey(c.id)}:post:${mention.id}`,
      customer: c.customerId,
      payload,
    },
    isNew ? endpoints : await endpointsToldOf(tx, caseKey(c.id)),
    now,
  );
  return opened;
}
