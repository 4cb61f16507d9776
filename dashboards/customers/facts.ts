import { isWaiting } from '../../src/model/case.ts';
import type { Contact, Customer } from '../../src/model/customer.ts';
import type { CustomerValue } from '../../src/model/value.ts';
import { type Card, getCards } from '../../src/store/cards.ts';
import {
  type CaseFact,
  casesOf,
  consentsOf,
  contactsOf,
  countNegativePosts,
  purchasesOf,
} from '../../src/store/customer-facts.ts';
import { type Interest, interestsOf } from '../../src/store/customer-interests.ts';
import { negativeDocuments } from '../../src/store/customer-timeline.ts';
import { listTierMoves, type TierMove } from '../../src/store/customer-values.ts';
import type { Db } from '../../src/store/db.ts';
import { pairsOfItems } from '../../src/store/item-pairs.ts';
import { newestScoring } from '../../src/store/value-models.ts';
import { itemKey, type Suggestion, suggestItems } from '../../src/value/also-bought.ts';
import type { ConsentFact } from '../../src/value/consent.ts';
import { type PurchaseFact, YEAR_MS } from '../../src/value/history.ts';
import { type NextStep, nextSteps } from '../../src/value/next-steps.ts';
import type { RegisterModel } from '../../src/value/register.ts';
import { NO_MODEL, scoreCustomer, TROUBLE_MS, unansweredOf } from '../../src/value/score.ts';
import type { Viewer } from '../auth/session.ts';

type ContactFact = Omit<Contact, 'externalId'>;

/** What the card tells of a customer, worked out as he stands now by what the newest scoring knows of all. */
export interface CardFacts {
  customer: Customer;
  purchases: readonly PurchaseFact[];
  consents: readonly ConsentFact[];
  cases: readonly CaseFact[];
  interests: readonly Interest[];
  value: CustomerValue;
  moves: readonly TierMove[];
  /** Lately, newest first; `negativePosts` counts all. */
  negative: readonly Card[];
  negativePosts: number;
  unanswered: readonly ContactFact[];
  steps: readonly NextStep[];
}

const MOST_POSTS = 3;
const MOST_MOVES = 3;
const MOST_SUGGESTIONS = 5;

/** By the name as it was last written. */
async function suggestionsFor(db: Db, purchases: readonly PurchaseFact[]): Promise<Suggestion[]> {
  const keys = [...new Set(purchases.filter(({ amount }) => amount > 0).map(({ item }) => itemKey(item)))];
  const pairs = await pairsOfItems(db, keys);
  const names = new Map(
    pairs.flatMap((one) => [[one.item, one.itemName] as const, [one.also, one.alsoName] as const]),
  );
  const nameOf = (key: string): string => names.get(key) ?? key;
  return suggestItems(keys, pairs, MOST_SUGGESTIONS).map((one) => ({
    ...one,
    item: nameOf(one.item),
    because: nameOf(one.because),
  }));
}

export async function readCardFacts(
  db: Db,
  customer: Customer,
  { now, zone }: Pick<Viewer, 'now' | 'zone'>,
): Promise<CardFacts> {
  const range = { first: customer.id, last: customer.id };
  const lately = new Date(now.getTime() - TROUBLE_MS);
  const [purchases, contacts, consents, cases, posts, interests, run, moves, documents] = await Promise.all([
    purchasesOf(db, range),
    contactsOf(db, range, new Date(now.getTime() - 2 * YEAR_MS)),
    consentsOf(db, range),
    casesOf(db, range),
    countNegativePosts(db, range, lately),
    interestsOf(db, range),
    newestScoring<RegisterModel>(db),
    listTierMoves(db, customer.id, MOST_MOVES),
    negativeDocuments(db, customer.id, lately, MOST_POSTS),
  ]);
  const negativePosts = posts[0]?.posts ?? 0;
  const model = run?.model ?? NO_MODEL;
  const value = scoreCustomer({ purchases, contacts, consents, cases, negativePosts }, model, { now, zone });
  const waiting = unansweredOf(contacts, now) as ContactFact[];
  const unanswered = waiting.toReversed();
  const steps = nextSteps({
    cases: cases.filter(isWaiting),
    waiting: unanswered[0] ?? null,
    negativePosts,
    tier: customer.tier ?? value.tier.tier,
    lifecycle: value.lifecycle,
    churn: value.churn,
    contact: value.contact,
    consents,
    suggestions: await suggestionsFor(db, purchases),
  });
  const negative = await getCards(db, documents);
  return {
    customer,
    purchases,
    consents,
    cases,
    interests,
    value,
    moves,
    negative,
    negativePosts,
    unanswered,
    steps,
  };
}
