import type { CustomerId } from '../src/model/ids.ts';
import type { Card } from '../src/store/cards.ts';
import { getCustomers } from '../src/store/customers.ts';
import type { Db } from '../src/store/db.ts';

export type CustomerNames = ReadonlyMap<CustomerId, string>;

/** Names of the customers who wrote what a list shows. */
export async function customerNames(db: Db, cards: readonly Card[]): Promise<CustomerNames> {
  const ids = [...new Set(cards.flatMap((card) => card.customerId ?? []))];
  const customers = ids.length === 0 ? [] : await getCustomers(db, ids);
  return new Map(customers.map((customer) => [customer.id, customer.name]));
}
