import type { CustomerId } from '../../model/ids.ts';
import type { Db } from '../../store/db.ts';
import {
  countMatchEntries,
  countMatchKeys,
  findMatchKeys,
  getMatchRecords,
  saveMatchEntries,
} from '../../store/match-entries.ts';
import type { MatchCustomer } from '../subject.ts';
import { keysOf, termsOf } from './keys.ts';
import type { Holders, Register } from './register.ts';

/** Of the way in which keys and records are made. One more, and all customers are put in anew. */
export const MATCH_VERSION = 1;

/** The register of the store; the number of a row is the customer's id. */
export function createStoreRegister(db: Db): Register {
  return {
    size: () => countMatchEntries(db),
    async find(keys, limit) {
      const found = new Map<string, Holders & { rows: number[] }>();
      for (const { key, customers, customerId } of await findMatchKeys(db, keys, limit)) {
        const holders = found.get(key) ?? { count: customers, rows: [] };
        if (customerId !== null) holders.rows.push(customerId);
        found.set(key, holders);
      }
      return found;
    },
    counts: (keys) => countMatchKeys(db, keys),
    async customers(rows) {
      const records = new Map(
        (await getMatchRecords(db, rows)).map(({ customerId, record }) => [
          customerId as number,
          record as MatchCustomer,
        ]),
      );
      return rows.flatMap((row) => records.get(row) ?? []);
    },
  };
}

/** Puts customers in; `id` of each is that of its row. */
export function saveToRegister(tx: Db, customers: readonly MatchCustomer[]): Promise<void> {
  return saveMatchEntries(
    tx,
    MATCH_VERSION,
    customers.map((customer) => ({
      customerId: Number(customer.id) as CustomerId,
      record: customer,
      keys: keysOf(customer),
      terms: termsOf(customer),
    })),
  );
}
