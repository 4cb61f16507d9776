import type { MatchCustomer } from '../subject.ts';

/** Who has a key: how many customers, and the numbers of their rows, unless they are too many to look at. */
export interface Holders {
  count: number;
  rows: readonly number[];
  /** An identifier of which people have said that it tells nothing of who somebody is: a hotline, a shop's address. */
  isGeneric?: boolean;
}

/** All customers, to be asked by key. The live one is the store, the other one memory. */
export interface Register {
  /** Customers in it. */
  size(): Promise<number>;
  /** Keys that nobody has are left out; rows are given of keys that at most `limit` customers have. */
  find(keys: readonly string[], limit: number): Promise<ReadonlyMap<string, Holders>>;
  /** How many customers have each key or term; what nobody has is left out. */
  counts(keys: readonly string[]): Promise<ReadonlyMap<string, number>>;
  customers(rows: readonly number[]): Promise<MatchCustomer[]>;
}
