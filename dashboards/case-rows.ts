import type { Case } from '../src/model/case.ts';
import type { Customer } from '../src/model/customer.ts';
import { type Card, getCards } from '../src/store/cards.ts';
import { getCustomers } from '../src/store/customers.ts';
import type { Db } from '../src/store/db.ts';

/** A case with whom it is about and what was said: a number alone tells nobody what to do. */
export interface CaseRow {
  case: Case;
  customer: Customer | undefined;
  card: Card | undefined;
}

export async function caseRows(db: Db, cases: readonly Case[]): Promise<CaseRow[]> {
  if (cases.length === 0) return [];
  const [customers, cards] = await Promise.all([
    getCustomers(db, [...new Set(cases.map((c) => c.customerId))]),
    getCards(db, [...new Set(cases.map((c) => c.documentId))]),
  ]);
  const customerById = new Map(customers.map((customer) => [customer.id, customer]));
  const cardById = new Map(cards.map((card) => [card.id, card]));
  return cases.map((c) => ({
    case: c,
    customer: customerById.get(c.customerId),
    card: cardById.get(c.documentId),
  }));
}
