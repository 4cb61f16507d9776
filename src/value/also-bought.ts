import { foldWord } from '../lib/fold.ts';
import { isSensitive } from './sensitive-words.ts';

/** Of one thing and another. */
export interface ItemPair {
  item: string;
  also: string;
  /** Customers who bought both, and those who bought the first. */
  customers: number;
  of: number;
  /** Dunning's likelihood ratio, as bits against chance would be: above 0 only where both are bought together more often than by chance. */
  score: number;
}

/** Fewer customers in common may be chance. */
const LEAST_SUPPORT = 5;
/** χ² with one degree of freedom, p = 0.001. */
const LEAST_SCORE = 10.83;
const PAIRS_AN_ITEM = 20;
/** Of what one customer bought only so many different things, the newest: pairs grow as its square. */
const MOST_ITEMS = 40;

function xLogX(x: number): number {
  return x === 0 ? 0 : x * Math.log(x);
}

/** Dunning, Accurate methods for the statistics of surprise and coincidence, 1993. `both` of those who bought `one` and `two`, of `all`. Below 0: they avoid each other. */
export function likelihoodRatio(both: number, one: number, two: number, all: number): number {
  const cells = [both, one - both, two - both, all - one - two + both];
  const rows = xLogX(one) + xLogX(all - one) + xLogX(two) + xLogX(all - two);
  const ratio = 2 * (cells.reduce((sum, cell) => sum + xLogX(cell), 0) - rows + xLogX(all));
  return both * all < one * two ? -ratio : Math.max(0, ratio);
}

/** The one spelling of a thing's name. */
export function itemKey(item: string): string {
  return foldWord(item.trim()).replace(/\s+/g, ' ');
}

export interface CoPurchases {
  /** Different things of one customer, the newest first, by `itemKey`. Customers may come in any order, each once. */
  add(keys: readonly string[]): void;
  pairs(): ItemPair[];
}

/**
 * Counts who bought what together. `counts`: customers by thing, of all customers; things that too few bought are left out from the start, and so
 * is what must not be inferred, so that memory holds only pairs that may count.
 */
export function createCoPurchases(counts: ReadonlyMap<string, number>): CoPurchases {
  const kept = [...counts].filter(([key, n]) => n >= LEAST_SUPPORT && !isSensitive(key));
  const numbers = new Map(kept.map(([key], n) => [key, n]));
  const together = new Map<number, number>();
  let all = 0;
  const size = kept.length;
  const ratioOf = (place: number, both: number): number[] => {
    const [one, two] = [Math.floor(place / size), place % size];
    const [n, m] = [kept[one]?.[1] ?? 0, kept[two]?.[1] ?? 0];
    return [one, two, likelihoodRatio(both, n, m, all)];
  };
  return {
    add: (keys) => {
      all += 1;
      const own = keys.slice(0, MOST_ITEMS).flatMap((key) => numbers.get(key) ?? []);
      for (const [n, one] of own.entries())
        for (const two of own.slice(n + 1)) {
          const place = Math.min(one, two) * size + Math.max(one, two);
          together.set(place, (together.get(place) ?? 0) + 1);
        }
    },
    pairs: () => {
      const found: ItemPair[] = [];
      const nameOf = (n: number): string => kept[n]?.[0] ?? '';
      const countOf = (n: number): number => kept[n]?.[1] ?? 0;
      for (const [place, both] of together) {
        if (both < LEAST_SUPPORT) continue;
        const [one, two, score] = ratioOf(place, both) as [number, number, number];
        if (score < LEAST_SCORE) continue;
        const pair = { customers: both, score };
        found.push({ ...pair, item: nameOf(one), also: nameOf(two), of: countOf(one) });
        found.push({ ...pair, item: nameOf(two), also: nameOf(one), of: countOf(two) });
      }
      return bestOfEach(found);
    },
  };
}

function bestOfEach(pairs: ItemPair[]): ItemPair[] {
  pairs.sort((a, b) =>
    a.item < b.item ? -1 : a.item > b.item ? 1 : b.score - a.score || (a.also < b.also ? -1 : 1),
  );
  let [item, place] = ['', 0];
  return pairs.filter((pair) => {
    place = pair.item === item ? place + 1 : 0;
    item = pair.item;
    return place < PAIRS_AN_ITEM;
  });
}

export interface Suggestion {
  item: string;
  /** What he has bought that speaks most for it, and of how many who bought that how many bought this. */
  because: string;
  customers: number;
  of: number;
}

/** What customers like this one also bought, and he has not: things by the sum of what speaks for them. `pairs`: of the things he has. */
export function suggestItems(own: readonly string[], pairs: readonly ItemPair[], most: number): Suggestion[] {
  const has = new Set(own);
  const sums = new Map<string, { sum: number; best: ItemPair }>();
  for (const pair of pairs) {
    if (!has.has(pair.item) || has.has(pair.also)) continue;
    const known = sums.get(pair.also);
    // Of a share, not of the ratio: what everybody with the first thing buys counts for more than what is merely sure.
    const weight = pair.customers / pair.of;
    if (!known) sums.set(pair.also, { sum: weight, best: pair });
    else {
      known.sum += weight;
      if (weight > known.best.customers / known.best.of) known.best = pair;
    }
  }
  const ranked = [...sums].sort((a, b) => b[1].sum - a[1].sum || (a[0] < b[0] ? -1 : 1));
  return ranked
    .slice(0, most)
    .map(([item, { best }]) => ({ item, because: best.item, customers: best.customers, of: best.of }));
}
