import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sideOf, timesBefore, topicUsual, usualOf } from '../../../src/act/digest/usual.ts';
import { localTime, weekdayOf } from '../../../src/lib/zone.ts';

const HOUR = 3_600_000;
const LONG_AGO = new Date('2020-01-01T00:00:00Z');

describe('timesBefore', () => {
  it('names the same weekdays and hours by the clock, also over a change of clocks', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Europe/Moscow'),
        fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 31 * 24 }),
        (zone, to, hours) => {
          const span = { from: new Date(to.getTime() - hours * HOUR), to };
          const times = timesBefore(span, zone, LONG_AGO);
          expect(times).toHaveLength(8);
          const wall = localTime(to, zone);
          for (const time of times) {
            const before = localTime(time.to, zone);
            expect(weekdayOf(before)).toBe(weekdayOf(wall));
            const moved = Math.abs(before.hour * 60 + before.minute - wall.hour * 60 - wall.minute);
            // Only a time that the day does not have, or has twice, is another one.
            expect(Math.min(moved, 1440 - moved)).toBeLessThanOrEqual(60);
          }
          // By as much as a span may be longer than whole weeks because the clocks changed within it, and as much as they changed at its ends.
          for (const [at, time] of times.entries())
            expect(time.to.getTime()).toBeLessThanOrEqual(
              (times[at - 1]?.from ?? span.from).getTime() + 2 * HOUR,
            );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('leaves out what nobody watched', () => {
    const to = new Date('2026-11-22T06:00:00Z');
    const day = { from: new Date(to.getTime() - 24 * HOUR), to };
    expect(timesBefore(day, 'UTC', new Date('2026-11-01T00:00:00Z'))).toHaveLength(2);
    expect(timesBefore(day, 'UTC', null)).toEqual([]);
  });
});

describe('usualOf', () => {
  it('says that it cannot tell from fewer than four times', () => {
    expect(usualOf([5, 5, 5])).toEqual({ times: 3, needed: 4 });
    expect(sideOf(900, usualOf([5, 5, 5]))).toBe(0);
  });

  it('is not led astray by one crisis, and is never narrower than chance', () => {
    const usual = usualOf([20, 21, 19, 400, 20, 22, 18, 20]);
    if ('needed' in usual) throw new Error('there is enough');
    expect(usual.typical).toBeGreaterThanOrEqual(19);
    expect(usual.typical).toBeLessThanOrEqual(22);
    expect([sideOf(20, usual), sideOf(60, usual), sideOf(3, usual)]).toEqual([0, 1, -1]);
    expect(sideOf(24, usual)).toBe(0);
  });

  it('has a low bound, a middle and a high bound in that order, and none below nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5000), { minLength: 4, maxLength: 8 }), (counts) => {
        const usual = usualOf(counts);
        if ('needed' in usual) throw new Error('there is enough');
        expect(usual.low).toBeGreaterThanOrEqual(0);
        expect(usual.low).toBeLessThanOrEqual(usual.typical);
        expect(usual.typical).toBeLessThanOrEqual(usual.high);
      }),
    );
  });

  it('counts a time without any mention as nothing, not as unknown', () => {
    const rows = [{ key: 'a', place: 0, total: 4, negative: 1 }];
    expect(topicUsual('a', rows, 5).total).toMatchObject({ times: 5, low: 0 });
    expect(topicUsual('b', rows, 5).negative).toMatchObject({ typical: 0 });
  });
});
