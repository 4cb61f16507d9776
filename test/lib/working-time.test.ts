import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingTime, type WorkCalendar } from '../../src/lib/working-time.ts';
import { dateKey, localTime, weekdayOf } from '../../src/lib/zone.ts';

const HOUR = 3_600_000;
const moscow: WorkCalendar = {
  zone: 'Europe/Moscow',
  weekdays: [1, 2, 3, 4, 5],
  hours: { from: 9 * 60, to: 18 * 60 },
  holidays: new Set(['2026-11-04']),
  workdays: new Set(['2026-11-14']),
};

describe('working time', () => {
  it.each([
    ['within a day', '2026-11-23T07:00:00Z', 2, '2026-11-23T09:00:00.000Z'],
    ['before the day begins', '2026-11-23T01:00:00Z', 2, '2026-11-23T08:00:00.000Z'],
    ['over night', '2026-11-23T14:00:00Z', 2, '2026-11-24T07:00:00.000Z'],
    ['over a weekend', '2026-11-20T14:00:00Z', 2, '2026-11-23T07:00:00.000Z'],
    ['over a holiday', '2026-11-03T14:00:00Z', 2, '2026-11-05T07:00:00.000Z'],
    ['on a Saturday that is worked', '2026-11-13T14:00:00Z', 2, '2026-11-14T07:00:00.000Z'],
    ['to the last minute of a day', '2026-11-23T06:00:00Z', 9, '2026-11-23T15:00:00.000Z'],
  ])('%s', (_name, start, hours, end) => {
    expect(addWorkingTime(new Date(start), hours * HOUR, moscow).toISOString()).toBe(end);
  });

  it('goes on around the clock through both changes of summer time', () => {
    const london = {
      ...moscow,
      zone: 'Europe/London',
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      hours: { from: 0, to: 1440 },
    };
    for (const start of ['2026-03-28T12:00:00Z', '2026-10-24T12:00:00Z'])
      expect(addWorkingTime(new Date(start), 24 * HOUR, london).getTime()).toBe(
        Date.parse(start) + 24 * HOUR,
      );
  });

  it('says so when nobody ever works', () => {
    expect(() => addWorkingTime(new Date(), HOUR, { ...moscow, weekdays: [], workdays: new Set() })).toThrow(
      RangeError,
    );
  });

  /** Counts minute by minute, as a person with a wall clock would. */
  function minutesWorked(start: Date, end: Date): number {
    let worked = 0;
    for (let at = start.getTime(); at < end.getTime(); at += 60_000) {
      const local = localTime(new Date(at), moscow.zone);
      const key = dateKey(local);
      const day = !moscow.holidays.has(key) && (moscow.workdays.has(key) || weekdayOf(local) < 6);
      if (day && local.hour >= 9 && local.hour < 18) worked += 1;
    }
    return worked;
  }

  it('is what a wall clock counts', () => {
    const starts = fc.integer({ min: 0, max: 30 * 1440 });
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 2000 }), (minute, minutes) => {
        const start = new Date(Date.parse('2026-11-01T00:00:00Z') + minute * 60_000);
        const end = addWorkingTime(start, minutes * 60_000, moscow);
        expect(minutesWorked(start, end)).toBe(minutes);
      }),
      { numRuns: 60 },
    );
  });
});
