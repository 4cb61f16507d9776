import type { CustomerId } from '../../model/ids.ts';
import {
  casesOf,
  consentsOf,
  contactsOf,
  countNegativePosts,
  type IdRange,
  nextCustomerIds,
  purchasesOf,
} from '../../store/customer-facts.ts';
import { interestsOf } from '../../store/customer-interests.ts';
import type { Db } from '../../store/db.ts';
import { DAY_MS, type PurchaseFact, YEAR_MS } from '../../value/history.ts';
import { type CustomerFacts, TROUBLE_MS } from '../../value/score.ts';

/** Customers at a time: what all of a batch bought and said must fit into memory. */
const BATCH = 1000;
/** Habits of answering change: older contacts tell nothing. */
const CONTACTS_MS = 2 * YEAR_MS;

type Owned = { customerId: CustomerId };

function byCustomer<Fact extends Owned>(facts: readonly Fact[]): Map<CustomerId, Fact[]> {
  const found = new Map<CustomerId, Fact[]>();
  for (const fact of facts) {
    const own = found.get(fact.customerId);
    if (own) own.push(fact);
    else found.set(fact.customerId, [fact]);
  }
  return found;
}

/** Ranges of ids that hold all customers, one after the other. */
export async function* idBatches(db: Db): AsyncGenerator<{ ids: CustomerId[]; range: IdRange }> {
  let after: CustomerId | 0 = 0;
  for (;;) {
    const ids: CustomerId[] = await nextCustomerIds(db, after, BATCH);
    const [first, last] = [ids[0], ids.at(-1)];
    if (first === undefined || last === undefined) return;
    yield { ids, range: { first, last } };
    after = last;
  }
}

/** Purchases alone, of those who have any. */
export async function readPurchases(db: Db, range: IdRange): Promise<Map<CustomerId, PurchaseFact[]>> {
  return byCustomer(await purchasesOf(db, range));
}

export interface KnownCustomer extends CustomerFacts {
  interests: { interest: string; origin: 'declared' | 'inferred'; removedAt: Date | null }[];
}

/** All that scoring needs of the customers of a range, and their interests. */
export async function readFacts(
  db: Db,
  range: IdRange,
  ids: readonly CustomerId[],
  now: Date,
): Promise<Map<CustomerId, KnownCustomer>> {
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  const purchases = await readPurchases(db, range);
  const contacts = byCustomer(await contactsOf(db, range, before(CONTACTS_MS + DAY_MS)));
  const consents = byCustomer(await consentsOf(db, range));
  const cases = byCustomer(await casesOf(db, range));
  const posts = new Map(
    (await countNegativePosts(db, range, before(TROUBLE_MS))).map((one) => [one.customerId, one.posts]),
  );
  const interests = byCustomer(await interestsOf(db, range));
  return new Map(
    ids.map((id) => [
      id,
      {
        purchases: purchases.get(id) ?? [],
        contacts: contacts.get(id) ?? [],
        consents: consents.get(id) ?? [],
        cases: cases.get(id) ?? [],
        negativePosts: posts.get(id) ?? 0,
        interests: interests.get(id) ?? [],
      },
    ]),
  );
}
