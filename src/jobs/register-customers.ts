import { accountKey, accountsOf } from '../match/accounts.ts';
import { joinNames, parseName } from '../match/names/parse-name.ts';
import { mayBeFound } from '../match/policy.ts';
import { registerVersion, saveToRegister } from '../match/register/store-register.ts';
import type { MatchCustomer } from '../match/subject.ts';
import { foldCompany, foldEmail, foldOrder, foldPhone } from '../match/values.ts';
import type { CustomerId } from '../model/ids.ts';
import type { Db } from '../store/db.ts';
import { noteShared } from '../store/generic-values.ts';
import {
  type CustomerFacts,
  getCustomerFacts,
  lockUnregistered,
  mergedAmong,
  removeMatchEntries,
} from '../store/match-entries.ts';
import type { JobDeps } from './deps.ts';
import { followObjections } from './links/objections.ts';

const BATCH = 500;

export type RegisterDeps = Pick<JobDeps, 'matchWords' | 'vault' | 'matchPolicy' | 'clock'>;

/** A nick without a site is looked for as a nick only. */
function toAccount(handle: string): string {
  const [known] = accountsOf(handle);
  if (known) return known.account;
  const slash = handle.lastIndexOf('/');
  return slash === -1 ? handle : accountKey(handle.slice(0, slash), handle.slice(slash + 1));
}

function toMatchCustomer(
  { id, names, city, company, birthYear, identifiers, orders }: CustomerFacts,
  { matchWords: words, vault }: RegisterDeps,
): MatchCustomer {
  const of = (kind: string): string[] =>
    identifiers.filter((one) => one.kind === kind).map(({ sealed }) => vault.open(sealed));
  return {
    id: String(id),
    name: joinNames(names.map((name) => parseName(name, words.names))),
    place: city ? words.places.place(city) : null,
    company: company ? foldCompany(company) || null : null,
    birthYear,
    emails: of('email').flatMap((value) => foldEmail(value) ?? []),
    phones: of('phone').flatMap((value) => foldPhone(value) ?? []),
    handles: [...new Set(of('handle').map(toAccount))],
    orders: [...new Set(orders.flatMap((value) => foldOrder(value) ?? []))],
  };
}

/**
 * Has the people behind these entries found as they are now known; those who do not wish it are not found, and have no accounts. What they now share with others has
 * the links that leant on it judged again (`links/judge-again.ts`).
 */
export async function registerCustomers(
  tx: Db,
  deps: RegisterDeps,
  ids: readonly CustomerId[],
): Promise<void> {
  const { vault, matchPolicy: policy } = deps;
  await removeMatchEntries(tx, await mergedAmong(tx, ids));
  const facts = await getCustomerFacts(tx, ids);
  const isHidden = ({ consent }: CustomerFacts): boolean => !mayBeFound(policy, consent);
  const hidden = facts.filter(isHidden).map(({ id }) => id);
  const shared = await saveToRegister(
    tx,
    vault,
    registerVersion(policy),
    facts.filter((one) => !isHidden(one)).map((one) => toMatchCustomer(one, deps)),
    hidden,
  );
  await followObjections(tx, hidden, deps.clock.now());
  await noteShared(tx, shared, deps.clock.now());
}

/** Has all customers found who are not yet, or were by an older program: batch by batch, so that a stop loses one batch only. Returns how many. */
export async function registerMissing(deps: RegisterDeps & Pick<JobDeps, 'db'>): Promise<number> {
  let done = 0;
  for (;;) {
    const added = await deps.db.transaction(async (tx) => {
      const ids = await lockUnregistered(tx, registerVersion(deps.matchPolicy), BATCH);
      if (ids.length > 0) await registerCustomers(tx, deps, ids);
      return ids.length;
    });
    done += added;
    if (added < BATCH) return done;
  }
}
