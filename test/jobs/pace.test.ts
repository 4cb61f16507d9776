import { describe, expect, test } from 'vitest';
import { learnPace, nextPoll, worthOfVisit } from '../../src/jobs/pace.ts';

const HOUR = 3_600_000;
const NOW = new Date('2026-11-22T12:00:00Z');
const BOUNDS = { minMs: 60_000, maxMs: 48 * HOUR };

/** One document every `everyHours`, for four weeks. */
function steady(everyHours: number): Date[] {
  const count = Math.floor((28 * 24) / everyHours);
  return Array.from({ length: count }, (_, at) => new Date(NOW.getTime() - (at + 0.5) * everyHours * HOUR));
}

describe('the pace of a source', () => {
  test('is the rate at which it publishes', () => {
    expect(learnPace(steady(0.5), NOW).perHour).toBeCloseTo(1.81, 1);
    expect(learnPace(steady(6), NOW).perHour).toBeCloseTo(0.15, 1);
  });

  test('follows a change within days', () => {
    const fellSilent = steady(1).filter((at) => NOW.getTime() - at.getTime() > 14 * 24 * HOUR);
    expect(learnPace(fellSilent, NOW).perHour).toBeLessThan(0.2);
  });

  test('of an unknown source is neither nothing nor much', () => {
    const { perHour } = learnPace([], NOW);
    expect(perHour).toBeGreaterThan(0);
    expect(perHour).toBeLessThan(0.05);
  });

  test('knows the hours in which it sleeps', () => {
    const byDay = steady(0.25).filter((at) => at.getUTCHours() >= 8 && at.getUTCHours() < 20);
    const { byHour } = learnPace(byDay, NOW);
    expect(byHour[14]).toBeGreaterThan(1.5);
    expect(byHour[2]).toBeLessThan(0.5);
    expect(byHour.reduce((sum, share) => sum + share, 0)).toBeCloseTo(24, 6);
  });
});

describe('the next look for news', () => {
  const worth = worthOfVisit(
    [1, 0.25].map((perHour) => ({ perHour, ...BOUNDS })),
    2,
  );

  test('comes twice as soon for a source that publishes four times as much', () => {
    const busy = nextPoll({ perHour: 1, byHour: [] }, NOW, worth, BOUNDS).getTime() - NOW.getTime();
    const calm = nextPoll({ perHour: 0.25, byHour: [] }, NOW, worth, BOUNDS).getTime() - NOW.getTime();
    expect(calm / busy).toBeCloseTo(2, 0);
  });

  test('spends the budget: the visits of all sources are as many as were asked for', () => {
    const visits = [1, 0.25].map((perHour) => {
      const next = nextPoll({ perHour, byHour: [] }, NOW, worth, BOUNDS);
      return HOUR / (next.getTime() - NOW.getTime());
    });
    expect((visits[0] ?? 0) + (visits[1] ?? 0)).toBeGreaterThan(1.7);
    expect((visits[0] ?? 0) + (visits[1] ?? 0)).toBeLessThan(2.1);
  });

  test('waits for the morning of a source that sleeps', () => {
    const byHour = Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 20 ? 2 : 0));
    const evening = new Date('2026-11-22T20:00:00Z');
    const next = nextPoll({ perHour: 1, byHour }, evening, 0.5, BOUNDS);
    expect(next.getUTCHours()).toBeGreaterThanOrEqual(8);
    expect(next.getTime() - evening.getTime()).toBeLessThan(14 * HOUR);
  });

  test('keeps to its bounds', () => {
    expect(nextPoll({ perHour: 1e6, byHour: [] }, NOW, 1e-9, { minMs: 10 * 60_000, maxMs: HOUR })).toEqual(
      new Date(NOW.getTime() + 10 * 60_000),
    );
    expect(nextPoll({ perHour: 0, byHour: [] }, NOW, 1, { minMs: 60_000, maxMs: HOUR })).toEqual(
      new Date(NOW.getTime() + HOUR),
    );
  });
});
