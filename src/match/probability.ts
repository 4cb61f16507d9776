import { areSamePerson } from './decide.ts';
import type { Weighed } from './weigh/weigh.ts';

/** log2 of the odds that an author is in the register at all. */
const IN_REGISTER = -2.1;
/** Of twenty who agree in all but an identifier one is somebody outside the register: whoever is called so lives mostly in the same towns. */
export const NO_NAMESAKE = 0.95;
const MOST_BITS = 60;

/** log2 of the odds that an author is one customer of so many, before anything is known of him. */
export const priorBits = (size: number): number => IN_REGISTER - Math.log2(size + 1);

/**
 * How likely each candidate is the author: Bayes' rule over all of them and over “nobody of them”, which has the weight 1. Entries of one
 * person count for each other. `weighed` is in order of bits.
 */
export function probabilitiesOf(weighed: readonly Weighed[], size: number): number[] {
  const prior = priorBits(size);
  const odds = weighed.map(({ bits }) => 2 ** Math.min(MOST_BITS, bits + prior));
  const sum = odds.reduce((all, one) => all + one, 1);
  return weighed.map(
    (one) =>
      ((one.hasIdentifier ? 1 : NO_NAMESAKE) *
        weighed.reduce(
          (all, other, at) =>
            other === one || areSamePerson(other.customer, one.customer) ? all + (odds[at] ?? 0) : all,
          0,
        )) /
      sum,
  );
}
