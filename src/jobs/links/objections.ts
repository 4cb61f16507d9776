import type { CustomerId } from '../../model/ids.ts';
import type { Db } from '../../store/db.ts';
import { beginAct, changeLink, listLinksOfPeople } from '../../store/links.ts';

/** By whom links are ended that a customer does not wish. */
const ACTOR = 'objection';

/**
 * Customers who are not to be recognised have no accounts any more, not even those that a person confirmed; those who agree again may be found again. Cases
 * that were opened before stay: they were right then, and are being answered.
 */
export async function followObjections(
  tx: Db,
  people: { hidden: readonly CustomerId[]; found: readonly CustomerId[] },
  at: Date,
): Promise<void> {
  const ending = (await listLinksOfPeople(tx, people.hidden)).filter(
    ({ state }) => state !== 'rejected' && state !== 'on_behalf',
  );
  const lifted = (await listLinksOfPeople(tx, people.found)).filter(({ decidedBy }) => decidedBy === ACTOR);
  if (ending.length + lifted.length === 0) return;
  const act = await beginAct(tx, ACTOR, at);
  for (const link of ending)
    await changeLink(tx, act, link.authorId, link.customerId, {
      ...link,
      state: 'rejected',
      decidedBy: ACTOR,
      decidedAt: at,
    });
  for (const link of lifted) await changeLink(tx, act, link.authorId, link.customerId, null);
}
