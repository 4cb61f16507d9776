import type { CustomerId } from '../../model/ids.ts';
import type { Db } from '../../store/db.ts';
import { beginAct, changeLink, listLinksOfPeople } from '../../store/links.ts';
import { MATCHER } from './found-link.ts';

/**
 * Customers who are not to be recognised have no accounts any more, not even those that a person confirmed; nobody finds them until they agree again. It is
 * no word on who the author is, so nothing is learned from it: what people refused stays refused. Cases that were opened before stay: they were right then,
 * and are being answered.
 */
export async function followObjections(tx: Db, hidden: readonly CustomerId[], at: Date): Promise<void> {
  const links = await listLinksOfPeople(tx, hidden);
  const ending = links.filter(({ state }) => state !== 'rejected' && state !== 'on_behalf');
  if (ending.length === 0) return;
  const act = await beginAct(tx, MATCHER, at);
  for (const { authorId, customerId } of ending) await changeLink(tx, act, authorId, customerId, null);
}
