import { randomFrom } from '../../src/lib/random.ts';
import { createCoPurchases, type ItemPair, suggestItems } from '../../src/value/also-bought.ts';
import { type Row, timed } from '../report.ts';

const ITEMS = 5000;
const TASTES = 60;
const CUSTOMERS = 300_000;
const PURCHASES = 1_000_000;
const AT = 5;

/** Popularity falls as 1/rank; most of what a customer buys is of one of two tastes, the rest is what everybody buys. */
function basketsOf(random: () => number): string[][] {
  const ranked = (of: number): number => Math.floor((of + 1) ** random() - 1);
  return Array.from({ length: CUSTOMERS }, () => {
    const tastes = [Math.floor(random() * TASTES), Math.floor(random() * TASTES)];
    const size = 1 + Math.floor(-Math.log(1 - random()) * (PURCHASES / CUSTOMERS - 0.5));
    const own = new Set<string>();
    for (let n = 0; n < size; n += 1) {
      const taste = tastes[random() < 0.7 ? 0 : 1] as number;
      own.add(random() < 0.35 ? `i${ranked(ITEMS)}` : `i${ranked(ITEMS / TASTES) * TASTES + taste}`);
    }
    return [...own];
  });
}

function countOf(baskets: readonly string[][]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const basket of baskets) for (const key of basket) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Leaves the last thing of each customer out and looks whether it is among five that are suggested. */
export async function tryRecommendations(): Promise<Row[]> {
  const baskets = basketsOf(randomFrom(5));
  const kept = baskets.map((basket) => (basket.length > 1 ? basket.slice(0, -1) : basket));
  const counts = countOf(kept);
  const before = process.memoryUsage().heapUsed;
  const { value: pairs, ms } = await timed(async () => {
    const together = createCoPurchases(counts);
    for (const basket of kept) together.add(basket);
    return together.pairs();
  });
  const megabytes = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  const byItem = new Map<string, ItemPair[]>();
  for (const pair of pairs) byItem.set(pair.item, [...(byItem.get(pair.item) ?? []), pair]);
  const popular = [...counts].sort((a, b) => b[1] - a[1]).map(([key]) => key);
  let [tried, found, byPopularity] = [0, 0, 0];
  for (const [n, basket] of baskets.entries()) {
    const [own, last] = [kept[n] as string[], basket.at(-1) as string];
    if (basket.length < 2 || n % 50 > 0) continue;
    tried += 1;
    const known: ItemPair[] = own.flatMap((key) => byItem.get(key) ?? []);
    if (suggestItems(own, known, AT).some(({ item }) => item === last)) found += 1;
    if (
      popular
        .filter((key) => !own.includes(key))
        .slice(0, AT)
        .includes(last)
    )
      byPopularity += 1;
  }
  return [
    {
      purchases: baskets.reduce((sum, { length }) => sum + length, 0),
      pairs: pairs.length,
      'wall ms': ms,
      'heap MB': megabytes,
      tried,
      'recall@5': found / tried,
      'most popular': byPopularity / tried,
    },
  ];
}
