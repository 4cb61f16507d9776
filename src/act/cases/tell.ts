import { CASE_CHANGED, type CaseEventKind } from '../../model/case.ts';
import type { CasePayload } from '../../model/case-payload.ts';
import type { CaseId, CustomerId } from '../../model/ids.ts';
import { getCase } from '../../store/cases.ts';
import type { Db } from '../../store/db.ts';
import { endpointsToldOf } from '../../store/deliveries.ts';
import { getUser } from '../../store/users.ts';
import { tellEndpoints } from '../tell-endpoints.ts';
import { caseFacts, loadComplaint, ownerFor } from './facts.ts';
import { casePayloadOf } from './payload.ts';
import type { CasePolicy } from './policy.ts';
import { takeSnapshot } from './snapshot.ts';

/** Of what is told of a case; messages about later posts of it have more behind. */
export const caseKey = (id: CaseId): string => `case:${id}`;

/** What is told of one customer arrives in the order in which it happened. Our own number: it says nothing once he is erased. */
export const orderKeyOf = (customer: CustomerId): string => `customer:${customer}`;

/** Hands a case to endpoints, once for each key. */
export async function tellCase(
  tx: Db,
  { customer, ...event }: { type: string; key: string; customer: CustomerId; payload: CasePayload },
  endpoints: readonly string[],
  now: Date,
): Promise<void> {
  await tellEndpoints(tx, endpoints, { ...event, orderKey: orderKeyOf(customer) }, now);
}

/**
 * Hands a case over as it stands now, by its first post. `key`: of this one thing that is told. Nothing is told of a case that lost what it was about.
 */
export async function tellCaseNow(
  tx: Db,
  id: CaseId,
  event: { type: string; key: string },
  endpoints: readonly string[],
  { dashboardUrl, owner }: Pick<CasePolicy, 'dashboardUrl' | 'owner'>,
  now: Date,
): Promise<void> {
  if (endpoints.length === 0) return;
  const c = await getCase(tx, id);
  const complaint = c ? await loadComplaint(tx, c, c.mentionId) : null;
  if (!c || !complaint) return;
  const owned = c.ownerId === null ? null : await getUser(tx, c.ownerId);
  const suggested = owned?.email ?? (await ownerFor(tx, complaint, owner)).label;
  const snapshot = await takeSnapshot(tx, c.id, complaint.document, dashboardUrl, now);
  const payload = casePayloadOf(await caseFacts(tx, c, complaint, suggested, snapshot), dashboardUrl, now);
  await tellCase(tx, { ...event, customer: c.customerId, payload }, endpoints, now);
}

/**
 * Tells those who know a case and asked for it what somebody made of it: `kinds` of what changed, at least one. `except`: who said so himself.
 */
export async function tellCaseChange(
  tx: Db,
  id: CaseId,
  kinds: readonly CaseEventKind[],
  policy: Pick<CasePolicy, 'tellChangesTo' | 'dashboardUrl' | 'owner'>,
  now: Date,
  except?: string,
): Promise<void> {
  if (kinds.length === 0 || policy.tellChangesTo.length === 0) return;
  const told = new Set(await endpointsToldOf(tx, caseKey(id)));
  const wanted = policy.tellChangesTo.filter((key) => told.has(key) && key !== except);
  const key = `${caseKey(id)}:change:${now.toISOString()}`;
  await tellCaseNow(tx, id, { type: CASE_CHANGED, key }, wanted, policy, now);
}
