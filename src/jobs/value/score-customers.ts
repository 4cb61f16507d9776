import { foldWord } from '../../lib/fold.ts';
import { pause } from '../../lib/pause.ts';
import type { CustomerId } from '../../model/ids.ts';
import { replaceInferred } from '../../store/customer-interests.ts';
import { saveCustomerValues } from '../../store/customer-values.ts';
import { replaceItemPairs, type StoredPair } from '../../store/item-pairs.ts';
import {
  abandonScoring,
  claimScoring,
  finishScoring,
  lastImportAt,
  newestScoring,
} from '../../store/value-models.ts';
import { type CoPurchases, createCoPurchases } from '../../value/also-bought.ts';
import { hasRefusedOffers } from '../../value/consent.ts';
import { toHistory } from '../../value/history.ts';
import { inferInterests } from '../../value/interests.ts';
import { createRegister, type RegisterModel } from '../../value/register.ts';
import { countItems, scoreCustomer } from '../../value/score.ts';
import type { JobDeps } from '../deps.ts';
import { createItemCounts, type ItemCounts } from './item-counts.ts';
import { idBatches, type KnownCustomer, readFacts, readPurchases } from './read-facts.ts';

type Deps = Pick<JobDeps, 'db' | 'clock' | 'resources'>;

export interface ScoreSummary {
  customers: number;
  model: RegisterModel;
  pairs: number;
}

/** After an import so long passes before customers are scored again: files come one after another. */
const AFTER_IMPORT_MS = 2 * 60_000;
const DAY_MS = 86_400_000;

/** First pass: what must be known of all before one can be scored. */
async function readRegister(
  { db, resources }: Deps,
  now: Date,
): Promise<{ model: RegisterModel; counts: ItemCounts }> {
  const register = createRegister();
  const counts = createItemCounts(resources.morphology);
  for await (const { range } of idBatches(db)) {
    for (const purchases of (await readPurchases(db, range)).values()) {
      const history = toHistory(purchases, now);
      if (history) register.add(history, countItems(purchases, now), now);
      counts.add(purchases);
    }
    // The embedded database answers in this thread: others get their turn between batches.
    await pause();
  }
  return { model: register.finish(), counts };
}

/** Nobody's tastes are guessed who has refused offers; nor what he took away, or has said himself. */
function interestsOf(customer: KnownCustomer, counts: ItemCounts): string[] {
  if (hasRefusedOffers(customer.consents)) return [];
  const settled = customer.interests.filter(
    ({ origin, removedAt }) => origin === 'declared' || removedAt !== null,
  );
  const known = new Set(settled.map(({ interest }) => foldWord(interest)));
  const inferred = inferInterests(customer.purchases, counts.wordsOf, counts.commonness);
  return inferred.map(({ interest }) => interest).filter((interest) => !known.has(interest));
}

/** Different things, the newest first. */
function keysOf({ purchases }: KnownCustomer, counts: ItemCounts): string[] {
  const bought = purchases.filter(({ amount }) => amount > 0).sort((a, b) => b.at.getTime() - a.at.getTime());
  return [...new Set(bought.map(({ item }) => counts.keyOf(item)))];
}

/** Second pass: each customer by what is known of all. */
async function scoreAll(
  { db }: Deps,
  {
    model,
    counts,
    together,
    now,
  }: { model: RegisterModel; counts: ItemCounts; together: CoPurchases; now: Date },
): Promise<number> {
  let customers = 0;
  for await (const { ids, range } of idBatches(db)) {
    const facts = await readFacts(db, range, ids, now);
    const values = [...facts].map(([customerId, one]) => ({
      customerId,
      value: scoreCustomer(one, model, { now, zone: 'UTC' }),
    }));
    const inferred: { customerId: CustomerId; interest: string }[] = [];
    for (const [customerId, one] of facts) {
      const keys = keysOf(one, counts);
      if (keys.length > 0) together.add(keys);
      for (const interest of interestsOf(one, counts)) inferred.push({ customerId, interest });
    }
    await db.transaction(async (tx) => {
      await saveCustomerValues(tx, values, now);
      await replaceInferred(tx, range, inferred, now);
    });
    customers += ids.length;
    await pause();
  }
  return customers;
}

function toStored(together: CoPurchases, counts: ItemCounts): StoredPair[] {
  return together
    .pairs()
    .map((pair) => ({ ...pair, itemName: counts.nameOf(pair.item), alsoName: counts.nameOf(pair.also) }));
}

async function runScoring(deps: Deps, id: number): Promise<ScoreSummary> {
  const now = deps.clock.now();
  const { model, counts } = await readRegister(deps, now);
  const together = createCoPurchases(counts.items);
  const customers = await scoreAll(deps, { model, counts, together, now });
  const pairs = toStored(together, counts);
  await deps.db.transaction(async (tx) => {
    await replaceItemPairs(tx, pairs);
    await finishScoring(tx, id, { model, customers, now: deps.clock.now() });
  });
  return { customers, model, pairs: pairs.length };
}

/** Scores all customers, in batches and as often as one likes; null: somebody else is at it. */
export async function scoreCustomers(deps: Deps): Promise<ScoreSummary | null> {
  const id = await claimScoring(deps.db, deps.clock.now());
  if (id === null) return null;
  try {
    return await runScoring(deps, id);
  } catch (error) {
    await abandonScoring(deps.db, id);
    throw error;
  }
}

async function isDue({ db, clock }: Deps): Promise<boolean> {
  const now = clock.now().getTime();
  const imported = (await lastImportAt(db))?.getTime() ?? 0;
  const last = (await newestScoring(db))?.startedAt.getTime();
  if (last === undefined) return true;
  if (imported > last) return now - imported >= AFTER_IMPORT_MS;
  // Midnight in UTC is the small hours in Moscow.
  return Math.floor(last / DAY_MS) < Math.floor(now / DAY_MS);
}

/** Once a night, and soon after customers were imported. Returns how many were scored. */
export async function scoreWhenDue(deps: Deps & Pick<JobDeps, 'log'>): Promise<number> {
  if (!(await isDue(deps))) return 0;
  const summary = await scoreCustomers(deps);
  if (summary === null) return 0;
  const { buying } = summary.model.refusals;
  deps.log.info({ customers: summary.customers, refusal: buying?.code }, 'customers scored');
  return summary.customers;
}
