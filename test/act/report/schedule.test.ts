import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextReportAt, reportPeriod } from '../../../src/act/report/schedule.ts';
import { addDays, dateKey, localTime, weekdayOf } from '../../../src/lib/zone.ts';

const ZONES = [
  'Europe/Moscow',
  'Europe/Berlin',
  'America/New_York',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Africa/Casablanca',
] as const;
const moments = fc.date({ min: new Date('2024-01-01'), max: new Date('2034-01-01'), noInvalidDate: true });
const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

describe('reports', () => {
  it('come once a week, each beginning where the one before ended, whatever the clocks do', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        times,
        fc.integer({ min: 1, max: 7 }),
        moments,
        (zone, at, on, start) => {
          const settings = { zone, at, on };
          let due = nextReportAt('weekly', settings, start);
          expect(due > start).toBe(true);
          for (let week = 0; week < 30; week++) {
            const next = nextReportAt('weekly', settings, due);
            expect(weekdayOf(localTime(next, zone))).toBe(on);
            expect(dateKey(localTime(next, zone))).toBe(dateKey(addDays(localTime(due, zone), 7)));
            expect(reportPeriod('weekly', settings, next).from).toEqual(
              reportPeriod('weekly', settings, due).to,
            );
            due = next;
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('come once a month on their day, each beginning where the one before ended', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        times,
        fc.integer({ min: 1, max: 28 }),
        moments,
        (zone, at, on, start) => {
          const settings = { zone, at, on };
          let due = nextReportAt('monthly', settings, start);
          expect(due > start).toBe(true);
          expect(due.getTime() - start.getTime()).toBeLessThan(32 * 86_400_000);
          for (let month = 0; month < 26; month++) {
            const next = nextReportAt('monthly', settings, due);
            const [before, after] = [localTime(due, zone), localTime(next, zone)];
            expect(after.day).toBe(on);
            expect(after.year * 12 + after.month).toBe(before.year * 12 + before.month + 1);
            const period = reportPeriod('monthly', settings, next);
            expect(period.from).toEqual(reportPeriod('monthly', settings, due).to);
            expect(period.key).toBe(dateKey(after));
            due = next;
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('tell of whole local days', () => {
    const settings = { at: '09:00', zone: 'Europe/Berlin', on: 1 };
    const due = nextReportAt('weekly', settings, new Date('2026-10-22T00:00:00Z'));
    expect(due.toISOString()).toBe('2026-10-26T08:00:00.000Z');
    // The Sunday in between has 25 hours.
    expect(reportPeriod('weekly', settings, due)).toEqual({
      from: new Date('2026-10-18T22:00:00Z'),
      to: new Date('2026-10-25T23:00:00Z'),
      key: '2026-10-26',
    });
    expect(reportPeriod('monthly', settings, nextReportAt('monthly', settings, due))).toMatchObject({
      from: new Date('2026-09-30T22:00:00Z'),
      to: new Date('2026-10-31T23:00:00Z'),
    });
  });
});
