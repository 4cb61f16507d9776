import { describe, expect, it } from 'vitest';
import {
  boundForMany,
  chanceOfMore,
  logFactorials,
  logLikelihood,
  logOddsScore,
} from '../../../src/understand/talk/significance.ts';

const logs = logFactorials(4000);

describe('chanceOfMore', () => {
  it("is Fisher's exact test, one-sided", () => {
    // The lady tasting tea: three of four right, or all.
    expect(chanceOfMore({ here: 3, ofHere: 4, there: 1, ofThere: 4 }, logs)).toBeCloseTo(17 / 70, 10);
    expect(chanceOfMore({ here: 4, ofHere: 4, there: 0, ofThere: 4 }, logs)).toBeCloseTo(1 / 70, 10);
    expect(chanceOfMore({ here: 0, ofHere: 4, there: 4, ofThere: 4 }, logs)).toBeCloseTo(1, 10);
  });
});

describe('logLikelihood', () => {
  it('is nothing for equal shares, and as Dunning counts it for others', () => {
    expect(logLikelihood({ here: 10, ofHere: 100, there: 20, ofThere: 200 })).toBeCloseTo(0, 10);
    // "the swiss", the first row of Dunning's table: 110, 2442, 111, 29114.
    expect(logLikelihood({ here: 110, ofHere: 2552, there: 111, ofThere: 29_225 })).toBeCloseTo(270.72, 2);
  });
});

describe('boundForMany', () => {
  it('does not count what could never be found', () => {
    const rare = Array.from({ length: 5000 }, () => ({ here: 3, ofHere: 1000, there: 0, ofThere: 1000 }));
    const common = Array.from({ length: 10 }, () => ({ here: 30, ofHere: 1000, there: 10, ofThere: 1000 }));
    expect(boundForMany([...rare, ...common], logs, 0.05)).toBeCloseTo(0.05 / 10, 10);
    expect(boundForMany(common, logs, 0.05)).toBeCloseTo(0.05 / 10, 10);
    expect(boundForMany([], logs, 0.05)).toBe(0.05);
  });
});

describe('logOddsScore', () => {
  it('is positive for what is said more here, negative for less, zero for as much', () => {
    expect(logOddsScore({ here: 50, ofHere: 1000, there: 10, ofThere: 1000 })).toBeGreaterThan(3.5);
    expect(logOddsScore({ here: 10, ofHere: 1000, there: 50, ofThere: 1000 })).toBeLessThan(-3.5);
    expect(logOddsScore({ here: 50, ofHere: 1000, there: 100, ofThere: 2000 })).toBeCloseTo(0, 10);
  });

  it('makes less of rare words than of frequent ones', () => {
    const rare = logOddsScore({ here: 3, ofHere: 1000, there: 0, ofThere: 1000 });
    expect(logOddsScore({ here: 60, ofHere: 1000, there: 20, ofThere: 1000 })).toBeGreaterThan(rare);
  });
});
