import { CASE_WITHDRAWN, type Case } from '../../model/case.ts';
import type { WithdrawalPayload, WithdrawalReason } from '../../model/case-payload.ts';
import type { AuthorId, CustomerId } from '../../model/ids.ts';
import { addCaseEvent } from '../../store/case-events.ts';
import { withdrawCases } from '../../store/cases.ts';
import { getCustomers } from '../../store/customers.ts';
import type { Db } from '../../store/db.ts';
import { cancelDeliveries } from '../../store/deliveries.ts';
import { tellEndpoints } from '../tell-endpoints.ts';
import { caseKey, orderKeyOf } from './tell.ts';

/** Tells each endpoint that may know of a case that it is none; what has not left is cancelled. */
export async function tellWithdrawal(
  tx: Db,
  { id, customerId }: Pick<Case, 'id' | 'customerId'>,
  payload: WithdrawalPayload,
  now: Date,
): Promise<void> {
  const event = {
    type: CASE_WITHDRAWN,
    key: `${caseKey(id)}:withdrawn`,
    orderKey: orderKeyOf(customerId),
    payload,
  };
  await tellEndpoints(tx, await cancelDeliveries(tx, caseKey(id)), event, now);
}

/**
 * Takes back the cases that an author's posts opened for these entries of a customer, in the caller's transaction. Returns how many cases.
 */
export async function withdrawCasesOf(
  tx: Db,
  author: AuthorId,
  customers: readonly CustomerId[],
  reason: WithdrawalReason,
  dashboardUrl: string,
  now: Date,
): Promise<number> {
  const cases = await withdrawCases(tx, author, customers, now);
  const owners = cases.map(({ customerId }) => customerId);
  const known = new Map((await getCustomers(tx, owners)).map(({ id, externalId }) => [id, externalId]));
  for (const { id, customerId } of cases) {
    const payload: WithdrawalPayload = {
      case: { id, link: `${dashboardUrl}/cases/${id}` },
      customer: { external_id: known.get(customerId) ?? '' },
      reason,
    };
    await addCaseEvent(tx, id, { at: now, actor: 'system', kind: 'withdrawn', detail: { reason } });
    await tellWithdrawal(tx, { id, customerId }, payload, now);
  }
  return cases.length;
}
