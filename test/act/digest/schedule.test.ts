import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestPeriod, nextDigestAt } from '../../../src/act/digest/schedule.ts';
import { InputError } from '../../../src/lib/errors.ts';
import { addDays, dateKey, localTime, weekdayOf } from '../../../src/lib/zone.ts';

const ZONES = [
  'America/New_York',
  'Europe/London',
  'Europe/Moscow',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'UTC',
];
const pad = (value: number) => String(value).padStart(2, '0');
const clock = (at: Date, zone: string) =>
  `${pad(localTime(at, zone).hour)}:${pad(localTime(at, zone).minute)}`;

const moments = fc.oneof(
  fc.date({ min: new Date('2023-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }),
  // Weeks in which clocks change, so that the property does not pass by luck.
  fc
    .tuple(
      fc.constantFrom('2026-03-08', '2026-11-01', '2026-03-29', '2026-10-25', '2026-04-05', '2026-10-04'),
      fc.integer({ min: -4320, max: 2880 }),
    )
    .map(([day, minutes]) => new Date(Date.parse(`${day}T00:00:00Z`) + minutes * 60_000)),
);
const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${pad(h)}:${pad(m)}`);

describe('nextDigestAt', () => {
  it('is due once on every local date, daylight saving or not', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), times, moments, (zone, at, start) => {
        let slot = nextDigestAt({ at, zone }, start);
        expect(slot.getTime()).toBeGreaterThan(start.getTime());
        expect(slot.getTime() - start.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
        for (let day = 0; day < 4; day++) {
          const next = nextDigestAt({ at, zone }, slot);
          expect(dateKey(localTime(next, zone))).toBe(dateKey(addDays(localTime(slot, zone), 1)));
          expect(digestPeriod({ at, zone }, next)).toEqual({
            from: slot,
            to: next,
            key: dateKey(localTime(next, zone)),
          });
          slot = next;
        }
      }),
      { numRuns: 600 },
    );
  });

  it.each([
    ['Europe/Berlin', '02:30'],
    ['America/Santiago', '00:00'],
    ['Africa/Casablanca', '02:59'],
    ['Australia/Lord_Howe', '01:45'],
    ['America/St_Johns', '00:01'],
  ])('skips and doubles no day in four years in %s at %s', (zone, at) => {
    let slot = nextDigestAt({ at, zone }, new Date('2025-01-01T12:00:00Z'));
    for (let day = 0; day < 4 * 365; day++) {
      const next = nextDigestAt({ at, zone }, slot);
      expect(dateKey(localTime(next, zone))).toBe(dateKey(addDays(localTime(slot, zone), 1)));
      expect(digestPeriod({ at, zone }, next).from).toEqual(slot);
      slot = next;
    }
  });

  it('shows the wished time on the wall, or the time the clocks jump to', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), times, moments, (zone, at, start) => {
        const slot = nextDigestAt({ at, zone }, start);
        if (clock(slot, zone) === at) return;
        // Only a time that the day does not have may be moved: no minute of that day shows it.
        for (let minute = -180; minute <= 180; minute++) {
          const near = new Date(slot.getTime() + minute * 60_000);
          const sameDay = dateKey(localTime(near, zone)) === dateKey(localTime(slot, zone));
          expect(sameDay && clock(near, zone) === at).toBe(false);
        }
      }),
      { numRuns: 600 },
    );
  });

  it.each([
    ['America/New_York', '02:30', '2026-03-08T00:00:00Z', '2026-03-08T07:30:00.000Z'],
    ['America/New_York', '01:30', '2026-11-01T00:00:00Z', '2026-11-01T05:30:00.000Z'],
    ['America/New_York', '01:30', '2026-11-01T05:30:00Z', '2026-11-02T06:30:00.000Z'],
    ['Europe/London', '01:15', '2026-03-29T00:00:00Z', '2026-03-29T01:15:00.000Z'],
    ['Europe/London', '09:00', '2026-10-24T12:00:00Z', '2026-10-25T09:00:00.000Z'],
    ['Europe/Moscow', '09:00', '2026-11-22T05:59:59Z', '2026-11-22T06:00:00.000Z'],
    ['Asia/Kathmandu', '00:00', '2026-11-22T00:00:00Z', '2026-11-22T18:15:00.000Z'],
  ])('%s at %s after %s is %s', (zone, at, after, due) => {
    expect(nextDigestAt({ at, zone }, new Date(after)).toISOString()).toBe(due);
  });

  it('keeps to its weekdays and tells of the weekend on Monday', () => {
    const settings = { at: '09:00', zone: 'Europe/Moscow', weekdays: [1, 2, 3, 4, 5] };
    const monday = nextDigestAt(settings, new Date('2026-11-20T12:00:00Z'));
    expect(monday.toISOString()).toBe('2026-11-23T06:00:00.000Z');
    expect(weekdayOf(localTime(monday, 'Europe/Moscow'))).toBe(1);
    expect(digestPeriod(settings, monday)).toEqual({
      from: new Date('2026-11-20T06:00:00Z'),
      to: monday,
      key: '2026-11-23',
    });
  });

  it('gives a late digest the period and key of its slot', () => {
    const settings = { at: '23:50', zone: 'Europe/Moscow' };
    const late = digestPeriod(settings, new Date('2026-11-22T21:20:00Z'));
    expect(late.to.toISOString()).toBe('2026-11-22T20:50:00.000Z');
    expect(late.key).toBe('2026-11-22');
  });

  it('refuses settings that are never due', () => {
    const now = new Date('2026-11-22T00:00:00Z');
    expect(() => nextDigestAt({ at: '09:00', zone: 'UTC', weekdays: [] }, now)).toThrow(InputError);
    expect(() => nextDigestAt({ at: '25:00', zone: 'UTC' }, now)).toThrow(InputError);
  });
});
