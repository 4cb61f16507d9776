import type { Morphology } from '../../model/ports.ts';
import { itemKey } from '../../value/also-bought.ts';
import type { PurchaseFact } from '../../value/history.ts';
import { interestWords } from '../../value/interests.ts';

/** Different names of things that are counted: a register that gives each purchase a name of its own must not fill the memory. */
const MOST_NAMES = 200_000;

/** How many customers bought each thing, and each word of things. */
export interface ItemCounts {
  /** Customers by the key of a thing. */
  items: ReadonlyMap<string, number>;
  keyOf(item: string): string;
  /** As it was last written. */
  nameOf(key: string): string;
  wordsOf(item: string): readonly string[];
  /** Of all who have bought, the share that has bought something with this word; 0 to 1. */
  commonness(word: string): number;
  add(purchases: readonly PurchaseFact[]): void;
}

interface Known {
  key: string;
  words: readonly string[];
}

function count(counts: Map<string, number>, names: ReadonlySet<string>): void {
  for (const name of names) {
    const known = counts.get(name);
    if (known !== undefined || counts.size < MOST_NAMES) counts.set(name, (known ?? 0) + 1);
  }
}

/** The words of things of every name are found once: there are far fewer names than purchases. */
export function createItemCounts(morphology: Morphology): ItemCounts {
  const items = new Map<string, number>();
  const words = new Map<string, number>();
  const names = new Map<string, string>();
  const seen = new Map<string, Known>();
  let customers = 0;
  const look = (item: string): Known => {
    const known = seen.get(item) ?? { key: itemKey(item), words: interestWords(item, morphology) };
    if (seen.size < MOST_NAMES) seen.set(item, known);
    return known;
  };
  return {
    items,
    keyOf: (item) => look(item).key,
    nameOf: (key) => names.get(key) ?? key,
    wordsOf: (item) => look(item).words,
    commonness: (word) => (customers === 0 ? 0 : (words.get(word) ?? 0) / customers),
    add: (purchases) => {
      const bought = purchases.filter(({ amount }) => amount > 0);
      if (bought.length === 0) return;
      customers += 1;
      for (const { item } of bought) if (names.size < MOST_NAMES) names.set(look(item).key, item);
      count(items, new Set(bought.map(({ item }) => look(item).key)));
      count(words, new Set(bought.flatMap(({ item }) => look(item).words)));
    },
  };
}
