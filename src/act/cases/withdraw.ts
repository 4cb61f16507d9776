import { randomUUID } from 'node:crypto';
import { CASE_WITHDRAWN, type WithdrawalPayload, type WithdrawalReason } from '../model/case.ts';
import type { AuthorId, CustomerId } from '../model/ids.ts';
import { withdrawCases } from '../store/cases.ts';
import { getCustomers } from '../store/customers.ts';
import type { Db } from '../store/db.ts';
import { addDelivery, cancelDeliveries } from '../store/deliveries.ts';

/**
 * Takes back the cases that an author's posts opened for these entries of a customer, in the caller's transaction: what has not left is
 * cancelled, and each endpoint that may know of a case is told. Returns how many cases.
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
    for (const endpoint of await cancelDeliveries(tx, `case:${id}`))
      await addDelivery(tx, {
        id: randomUUID(),
        channel: 'crm',
        endpoint,
        eventType: CASE_WITHDRAWN,
        eventKey: `case:${id}:withdrawn`,
        payload,
        createdAt: now,
      });
  }
  return cases.length;
}
