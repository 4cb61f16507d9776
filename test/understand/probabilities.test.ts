import { describe, expect, it } from 'vitest';
import { largest, softmax } from '../../src/understand/probabilities.ts';

describe('probabilities', () => {
  it('take the first of equal answers', () => {
    expect(largest([0.2, 0.4, 0.4])).toBe(1);
    expect(largest([])).toBe(0);
  });

  it('add up to 1, however large the sums', () => {
    const [one = 0, two = 0] = softmax(Float64Array.of(1000, 999));
    expect(one + two).toBeCloseTo(1, 12);
    expect(one / two).toBeCloseTo(Math.E, 9);
  });

  it('are those of the sums times the scale', () => {
    expect(softmax(Float64Array.of(2, 4), 0.5)).toEqual(softmax(Float64Array.of(1, 2)));
  });
});
