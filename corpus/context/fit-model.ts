import { type Example, fitWeights, type Weights } from '../../src/query/context/logistic.ts';
import { shuffled } from './seeded.ts';

const SEED = 7;
const TRAINING = { rounds: 10, rate: 0.2, pull: 0.01 };
/** A sign seen once tells of one sentence. */
const SEEN_AT_LEAST = 2;
const WEIGHTS_KEPT = 600;

/** The weightiest signs, rounded to what stands in the file. The same examples give the same weights. */
export function fitModel(examples: readonly Example[]): Weights {
  const seen = new Map<string, number>();
  for (const { keys } of examples) for (const key of keys) seen.set(key, (seen.get(key) ?? 0) + 1);
  const frequent = examples.map((example) => ({
    ...example,
    keys: example.keys.filter((key) => (seen.get(key) ?? 0) >= SEEN_AT_LEAST),
  }));
  const weights = fitWeights(shuffled(frequent, SEED), new Map(), TRAINING);
  const kept = [...weights]
    .filter(([key]) => key !== '')
    .sort(([, one], [, two]) => Math.abs(two) - Math.abs(one))
    .slice(0, WEIGHTS_KEPT);
  return new Map(
    [['', weights.get('') ?? 0] as const, ...kept].map(([key, weight]) => [key, Number(weight.toFixed(2))]),
  );
}
