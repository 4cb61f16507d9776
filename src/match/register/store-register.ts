import { gather } from '../../lib/gather.ts';
import type { CustomerId } from '../../model/ids.ts';
import type { Vault } from '../../model/ports.ts';
import type { Db } from '../../store/db.ts';
import {
  countMatchEntries,
  countMatchKeys,
  findMatchKeys,
  getMatchRecords,
  type MatchKeyRow,
  saveMatchEntries,
} from '../../store/match-entries.ts';
import type { MatchPolicy } from '../policy.ts';
import type { MatchCustomer } from '../subject.ts';
import { identifierKeys, keysOf, termsOf } from './keys.ts';
import type { Holders, Register } from './register.ts';

const VERSION = 2;

/** Of the way in which keys and records are made, and of whom. Another number, and all customers are put in anew. */
export function registerVersion(policy: MatchPolicy): number {
  return VERSION * 10 + (policy === 'consented_only' ? 1 : 0);
}

/**
 * The register of the store: keys are looked for by their hash, records are sealed; the number of a row is the customer's id. What is asked
 * for side by side is asked of the store at once. Its size is read once: it is for one piece of work.
 */
export function createStoreRegister(db: Db, vault: Vault): Register {
  const hashes = (keys: readonly string[]): Map<string, string> =>
    new Map(keys.map((key) => [vault.hash(key), key]));
  const finders = new Map<number, (hashes: readonly string[]) => Promise<MatchKeyRow[]>>();
  const finder = (limit: number) => {
    const known = finders.get(limit) ?? gather((keys: string[]) => findMatchKeys(db, keys, limit));
    finders.set(limit, known);
    return known;
  };
  const count = gather(async (keys: string[]) => [...(await countMatchKeys(db, keys))]);
  const read = gather((rows: number[]) => getMatchRecords(db, rows));
  let size: Promise<number> | null = null;
  return {
    size: () => {
      size ??= countMatchEntries(db);
      return size;
    },
    async find(keys, limit) {
      const plain = hashes(keys);
      const found = new Map<string, Holders & { rows: number[] }>();
      for (const { key: hash, customers, customerId, isGeneric } of await finder(limit)([...plain.keys()])) {
        const key = plain.get(hash);
        if (key === undefined) continue;
        const holders = found.get(key) ?? { count: customers, rows: [], ...(isGeneric && { isGeneric }) };
        if (customerId !== null) holders.rows.push(customerId);
        found.set(key, holders);
      }
      return found;
    },
    async counts(keys) {
      const plain = hashes(keys);
      const counted = await count([...plain.keys()]);
      return new Map(
        counted.flatMap(([hash, customers]) => {
          const key = plain.get(hash);
          return key === undefined ? [] : [[key, customers]];
        }),
      );
    },
    async customers(rows) {
      const records = new Map(
        (await read(rows)).map(({ customerId, sealed }) => [customerId as number, sealed]),
      );
      return rows.flatMap((row) => {
        const sealed = records.get(row);
        return sealed === undefined ? [] : (JSON.parse(vault.open(sealed)) as MatchCustomer);
      });
    },
  };
}

/**
 * Puts customers in; `id` of each is that of its row. Those of `hidden` are noted and found by nobody. Returns identifiers, by hash, that one of
 * these customers has since now and another one has, too.
 */
export async function saveToRegister(
  tx: Db,
  vault: Vault,
  version: number,
  customers: readonly MatchCustomer[],
  hidden: readonly CustomerId[] = [],
): Promise<string[]> {
  const grown = await saveMatchEntries(tx, version, [
    ...customers.map((customer) => ({
      customerId: Number(customer.id) as CustomerId,
      sealed: vault.seal(JSON.stringify(customer)),
      keys: keysOf(customer).map(vault.hash),
      terms: termsOf(customer).map(vault.hash),
      isFound: true,
    })),
    ...hidden.map((customerId) => ({ customerId, sealed: '', keys: [], terms: [], isFound: false })),
  ]);
  const identifiers = new Set(customers.flatMap((customer) => identifierKeys(customer).map(vault.hash)));
  const counted = await countMatchKeys(
    tx,
    grown.filter((hash) => identifiers.has(hash)),
  );
  return [...counted].filter(([, count]) => count > 1).map(([hash]) => hash);
}
