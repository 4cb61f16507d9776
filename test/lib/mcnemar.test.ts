import { expect, it } from 'vitest';
import { mcnemar } from '../../src/lib/mcnemar.ts';

it.each([
  [0, 0, 1],
  [5, 5, 1],
  [0, 5, 0.0625],
  [8, 0, 0.0078125],
  [1, 9, 0.021484375],
  [12, 2, 0.012939453125],
])('of %i against %i is %f', (one, other, chance) => {
  expect(mcnemar(one, other)).toBeCloseTo(chance, 10);
});

it('holds for thousands', () => {
  expect(mcnemar(5000, 5000)).toBe(1);
  expect(mcnemar(4000, 5000)).toBeLessThan(1e-20);
});
