import { expect, it } from 'vitest';
import { wilsonInterval } from '../../src/lib/wilson.ts';

it.each([
  // From Newcombe 1998, Two-sided confidence intervals for the single proportion, table I, method 3.
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%i of %i lies between %f and %f', (right, of, low, high) => {
  const interval = wilsonInterval(right, of);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

it('of nothing says nothing, and of all keeps within 0 and 1', () => {
  expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  expect(wilsonInterval(5, 5).high).toBe(1);
  expect(wilsonInterval(5, 5).low).toBeGreaterThan(0.5);
});
