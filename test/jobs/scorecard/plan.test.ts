import { describe, expect, it } from 'vitest';
import { allocate } from '../../../src/jobs/scorecard/allocate.ts';
import { duePeriod, periodUntilNow, weekStart } from '../../../src/jobs/scorecard/periods.ts';
import type { Stratum } from '../../../src/model/scorecard.ts';

const at = (text: string): Date => new Date(text);
const PLAN = { perGroup: 10, perWeek: 30 };
const group = (language: string, sourceKind: string, documents: number): Stratum => ({
  language,
  sourceKind,
  documents,
  mentions: documents * 2,
});
const takes = (groups: Stratum[], plan = PLAN) => allocate(groups, plan).shares.map(({ take }) => take);

describe('what is drawn of each group', () => {
  it('is as much as was asked for, and all of a group that is smaller', () => {
    expect(takes([group('ru', 'forum', 500), group('en', 'feed', 4)])).toEqual([10, 4]);
  });

  it('is shared evenly where a week has room for less', () => {
    const groups = [500, 90, 80, 70, 2].map((size, n) => group('ru', `k${n}`, size));
    expect(takes(groups)).toEqual([7, 7, 7, 7, 2]);
    expect(takes(groups, { perGroup: 10, perWeek: 15 })).toEqual([4, 3, 3, 3, 2]);
  });

  it('is drawn from the smallest together where there are too many, and counts each of them in', () => {
    const groups = [40, 30, 20, 10, 5].map((size, n) => group('ru', `k${n}`, size));
    const { strata, shares } = allocate(groups, { perGroup: 10, perWeek: 9 });
    expect(shares.map(({ stratum }) => stratum)).toEqual([0, 1, 2, 2, 2]);
    expect(strata).toEqual([
      groups[0],
      groups[1],
      { language: '', sourceKind: '', documents: 35, mentions: 70 },
    ]);
    expect(new Set(shares.map(({ take }) => take))).toEqual(new Set([3]));
  });

  it('never is more than the week has room for', () => {
    for (const perWeek of [3, 4, 7, 30, 100]) {
      const groups = Array.from({ length: 20 }, (_, n) => group('ru', `k${n}`, 50));
      const { strata, shares } = allocate(groups, { perGroup: 10, perWeek });
      const drawn = strata.map((_, n) => shares.find(({ stratum }) => stratum === n)!.take);
      expect(drawn.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(perWeek);
      expect(Math.min(...drawn)).toBeGreaterThan(0);
    }
  });

  it('is nothing of nothing', () => {
    expect(allocate([], PLAN)).toEqual({ strata: [], shares: [] });
  });
});

describe('periods', () => {
  it('are weeks from Monday, midnight UTC', () => {
    expect(weekStart(at('2026-11-22T23:59:59Z'))).toEqual(at('2026-11-16T00:00:00Z'));
    expect(weekStart(at('2026-11-23T00:00:00Z'))).toEqual(at('2026-11-23T00:00:00Z'));
  });

  it('are due once, an hour after their end', () => {
    const last = { from: at('2026-11-09T00:00:00Z'), to: at('2026-11-16T00:00:00Z') };
    expect(duePeriod(last, at('2026-11-22T12:00:00Z'))).toBe(null);
    expect(duePeriod(last, at('2026-11-23T00:59:00Z'))).toBe(null);
    const due = { from: at('2026-11-16T00:00:00Z'), to: at('2026-11-23T00:00:00Z') };
    expect(duePeriod(last, at('2026-11-23T01:00:00Z'))).toEqual(due);
    expect(duePeriod(due, at('2026-11-23T01:10:00Z'))).toBe(null);
  });

  it('leave out what lies longer ago than a week', () => {
    const due = { from: at('2026-11-16T00:00:00Z'), to: at('2026-11-23T00:00:00Z') };
    expect(duePeriod(null, at('2026-11-24T00:00:00Z'))).toEqual(due);
    const long = { from: at('2026-01-05T00:00:00Z'), to: at('2026-01-12T00:00:00Z') };
    expect(duePeriod(long, at('2026-11-24T00:00:00Z'))).toEqual(due);
  });

  it('that are drawn early never overlap the week’s own', () => {
    const early = periodUntilNow(null, at('2026-11-18T10:00:00Z'));
    expect(early).toEqual({ from: at('2026-11-09T00:00:00Z'), to: at('2026-11-18T10:00:00Z') });
    expect(duePeriod(early, at('2026-11-23T02:00:00Z'))).toEqual({
      from: at('2026-11-18T10:00:00Z'),
      to: at('2026-11-23T00:00:00Z'),
    });
  });
});
