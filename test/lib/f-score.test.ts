import { describe, expect, it } from 'vitest';
import { type Answer, classScore, differenceOf, macroF1, weightedShare } from '../../src/lib/f-score.ts';
import { randomFrom } from '../../src/lib/random.ts';
import { wilsonInterval } from '../../src/lib/wilson.ts';

/** `p>n`: said positive, is negative. */
function answers(...words: string[]): Answer[] {
  return words.map((word) => {
    const [, said = '', truth = '', weight = '1'] = word.match(/^(\w)>(\w)(?:\*(\d+))?$/) ?? [];
    return { said, truth, weight: Number(weight) };
  });
}

describe('figures worked by hand', () => {
  it('of one class: precision 2 of 3, recall 2 of 4, F1 4/7', () => {
    const { said, truths, precision, recall, f1 } = classScore(
      'n',
      answers('n>n', 'n>n', 'n>p', 'p>n', 'o>n', 'p>p'),
    );
    expect([said, truths]).toEqual([3, 4]);
    expect(precision?.value).toBeCloseTo(2 / 3, 12);
    expect(recall?.value).toBeCloseTo(1 / 2, 12);
    expect(f1?.value).toBeCloseTo(4 / 7, 12);
  });

  it('with weights: one of 8 mentions outweighs two of 1', () => {
    const { precision, recall, f1 } = classScore('n', answers('n>n', 'n>n', 'n>p*8', 'p>n*6'));
    expect(precision?.value).toBeCloseTo(2 / 10, 12);
    expect(recall?.value).toBeCloseTo(2 / 8, 12);
    // 2·2 / (2·2 + 8 + 6)
    expect(f1?.value).toBeCloseTo(4 / 18, 12);
  });

  it('of three classes: the mean of their F1, without a class that does not occur', () => {
    const some = answers('n>n', 'n>n', 'n>p', 'p>n', 'p>p');
    // n: 2·2/(3+3) = 2/3; p: 2·1/(2+2) = 1/2
    expect(macroF1(['n', 'o', 'p'], some)?.value).toBeCloseTo((2 / 3 + 1 / 2) / 2, 12);
  });

  it('of nothing are none', () => {
    expect(classScore('n', answers('p>p'))).toMatchObject({ precision: null, recall: null, f1: null });
    expect(macroF1(['n'], answers('p>p'))).toBe(null);
    expect(weightedShare([])).toBe(null);
  });
});

describe('an interval', () => {
  it('of equal weights is Wilson’s', () => {
    const things = [...Array(20).keys()].map((at) => ({ weight: 7, isRight: at < 15 }));
    expect(weightedShare(things)).toEqual({ value: 0.75, ...wilsonInterval(15, 20) });
  });

  it('of unequal weights is as wide as of fewer things: (1 + 1 + 8)² / (1 + 1 + 64) = 1.5 of them', () => {
    const things = [1, 1, 8].map((weight) => ({ weight, isRight: weight === 8 }));
    const size = 100 / 66;
    expect(weightedShare(things)).toEqual({ value: 0.8, ...wilsonInterval(0.8 * size, size) });
  });

  it('has a width also where all is right', () => {
    const all = answers('n>n', 'p>p', 'n>n', 'p>p');
    expect(classScore('n', all).precision?.low).toBeLessThan(0.5);
    expect(macroF1(['n', 'p'], all)).toEqual({ value: 1, ...wilsonInterval(4, 4) });
  });

  it('of a difference is Newcombe’s: 56/70 − 48/80 lies between 0.0524 and 0.3339', () => {
    // Newcombe 1998, Interval estimation for the difference between independent proportions, table II, method 10.
    const share = (right: number, of: number) => ({ value: right / of, ...wilsonInterval(right, of) });
    const difference = differenceOf(share(56, 70), share(48, 80));
    expect(difference.value).toBeCloseTo(0.2, 12);
    expect(difference.low).toBeCloseTo(0.0524, 4);
    expect(difference.high).toBeCloseTo(0.3339, 4);
  });
});

/** A world of three strata of different size in which the truth is known. */
const STRATA = [
  { size: 800, truths: [0.3, 0.55, 0.15], right: 0.75 },
  { size: 150, truths: [0.5, 0.3, 0.2], right: 0.65 },
  { size: 50, truths: [0.2, 0.4, 0.4], right: 0.6 },
] as const;
const CLASSES = ['n', 'o', 'p'];

function drawFrom(random: () => number, each: number): Answer[] {
  return STRATA.flatMap(({ size, truths, right }) =>
    Array.from({ length: each }, () => {
      const chance = random();
      const truth = chance < truths[0] ? 0 : chance < truths[0] + truths[1] ? 1 : 2;
      const said = random() < right ? truth : (truth + 1 + Math.floor(random() * 2)) % 3;
      return { weight: size / each, said: CLASSES[said]!, truth: CLASSES[truth]! };
    }),
  );
}

it('intervals of 95 % hold the truth in 93 to 99 of 100 samples of 60 labels', () => {
  const random = randomFrom(11);
  const world = drawFrom(random, 30_000);
  const truth = { macro: macroF1(CLASSES, world)!.value, n: classScore('n', world) };
  const held = { macro: 0, precision: 0, recall: 0, f1: 0 };
  const TIMES = 1000;
  const holds = (estimate: { low: number; high: number } | null, value: number): number =>
    Number(!estimate || (estimate.low <= value && value <= estimate.high));
  for (let time = 0; time < TIMES; time += 1) {
    const sample = drawFrom(random, 20);
    const n = classScore('n', sample);
    held.macro += holds(macroF1(CLASSES, sample), truth.macro);
    held.precision += holds(n.precision, truth.n.precision!.value);
    held.recall += holds(n.recall, truth.n.recall!.value);
    held.f1 += holds(n.f1, truth.n.f1!.value);
  }
  for (const [figure, times] of Object.entries(held)) {
    expect(times / TIMES, figure).toBeGreaterThan(0.925);
    expect(times / TIMES, figure).toBeLessThan(0.99);
  }
});
