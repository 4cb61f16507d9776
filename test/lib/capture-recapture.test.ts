import { describe, expect, it } from 'vitest';
import { estimateTotal, sumOf } from '../../src/lib/capture-recapture.ts';
import { randomFrom } from '../../src/lib/random.ts';

/** Each of `total` is found by each way with its own probability. */
function sample(random: () => number, total: number, one: number, two: number) {
  let [first, second, both] = [0, 0, 0];
  for (let i = 0; i < total; i += 1) {
    const [a, b] = [random() < one, random() < two];
    first += Number(a);
    second += Number(b);
    both += Number(a && b);
  }
  return { first, second, both };
}

describe('capture and recapture', () => {
  it('is Chapman’s estimator: 110 × 178 ÷ 58 − 1', () => {
    const estimate = estimateTotal({ first: 109, second: 177, both: 57 })!;
    expect(estimate.value).toBeCloseTo(336.6, 1);
    expect(estimate.low).toBeGreaterThan(275);
    expect(estimate.high).toBeLessThan(425);
  });

  it('says nothing of fewer than seven found twice', () => {
    expect(estimateTotal({ first: 500, second: 500, both: 6 })).toBeNull();
    expect(estimateTotal({ first: 500, second: 500, both: 7 })).not.toBeNull();
  });

  it('never estimates less than was seen', () => {
    for (const both of [7, 20, 99]) {
      const { value, low } = estimateTotal({ first: 100, second: 99, both })!;
      expect(low).toBeGreaterThanOrEqual(199 - both - 1e-9);
      expect(value).toBeGreaterThanOrEqual(low);
    }
  });

  it('keeps an interval where one way found nothing that the other did not', () => {
    const { value, low, high } = estimateTotal({ first: 30, second: 10, both: 10 })!;
    expect([value, low]).toEqual([30, 30]);
    expect(high).toBeGreaterThan(35);
  });

  it.each([
    [80, 0.6, 0.5],
    [400, 0.9, 0.3],
    [2000, 0.2, 0.1],
  ])('holds the truth of %i posts in at least 95 of 100 samples, and not in vain', (total, one, two) => {
    const random = randomFrom(11);
    const runs = 400;
    let held = 0;
    let sum = 0;
    let width = 0;
    for (let run = 0; run < runs; run += 1) {
      const estimate = estimateTotal(sample(random, total, one, two))!;
      held += Number(estimate.low <= total && total <= estimate.high);
      sum += estimate.value;
      width += estimate.high - estimate.low;
    }
    expect(held / runs).toBeGreaterThan(0.94);
    expect(sum / runs / total).toBeCloseTo(1, 1);
    expect(width / runs).toBeLessThan(total);
  });

  it('adds sites up with an interval that is narrower than that of their limits, and holds the truth', () => {
    const random = randomFrom(5);
    let held = 0;
    for (let run = 0; run < 300; run += 1) {
      const parts = [100, 200, 300].map((total) => estimateTotal(sample(random, total, 0.7, 0.5))!);
      const all = sumOf(parts);
      expect(all.high - all.low).toBeLessThan(parts.reduce((wide, { low, high }) => wide + high - low, 0));
      held += Number(all.low <= 600 && 600 <= all.high);
    }
    expect(held / 300).toBeGreaterThan(0.93);
  });

  it('has for its limits the totals at which what was seen is as unlikely as two and a half in a hundred', () => {
    // Counted out over all possible samples.
    const choose = (n: number, k: number): number => {
      let product = 1;
      for (let i = 1; i <= k; i += 1) product = (product * (n - k + i)) / i;
      return k < 0 || k > n ? 0 : product;
    };
    const share = (total: number, fits: (k: number) => boolean): number => {
      let sum = 0;
      for (let k = 0; k <= 15; k += 1)
        if (fits(k)) sum += (choose(20, k) * choose(total - 20, 15 - k)) / choose(total, 15);
      return sum;
    };
    const { low, high } = estimateTotal({ first: 20, second: 15, both: 9 })!;
    expect([share(low, (k) => k <= 9) > 0.025, share(low - 1, (k) => k <= 9) > 0.025]).toEqual([true, false]);
    expect([share(high, (k) => k >= 9) > 0.025, share(high + 1, (k) => k >= 9) > 0.025]).toEqual([
      true,
      false,
    ]);
  });

  it('takes no noticeable time for large numbers', () => {
    const started = performance.now();
    estimateTotal({ first: 90_000, second: 80_000, both: 75_000 });
    expect(performance.now() - started).toBeLessThan(200);
  });
});
