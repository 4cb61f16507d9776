import { shuffle } from '../../src/lib/random.ts';

/** Numbers in [0, 1) that are the same for the same seed (Numerical Recipes' linear congruence). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  return shuffle([...items], createRandom(seed));
}

export function pickOne<Item>(items: readonly Item[], random: () => number): Item | undefined {
  return items[Math.floor(random() * items.length)];
}
