import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { belongs, dueAt, quietUntil } from '../../../src/act/alerts/policy.ts';
import { readTakeToken, takeLink } from '../../../src/act/alerts/take-link.ts';
import { localTime } from '../../../src/lib/zone.ts';
import { TEST_VAULT } from '../../support/rows.ts';

const ZONES = ['Europe/Moscow', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York', 'UTC'];
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });

describe('quiet hours', () => {
  it('end within a day, and then it is not quiet any more', () => {
    fc.assert(
      fc.property(moment, time, time, fc.constantFrom(...ZONES), (at, from, to, zone) => {
        const end = quietUntil(at, { from, to }, zone);
        if (!end) return;
        expect(end.getTime()).toBeGreaterThan(at.getTime() - 60_000);
        expect(end.getTime() - at.getTime()).toBeLessThanOrEqual(26 * 3_600_000);
        // Where clocks jump over the end, it is quiet until the hour after.
        const { hour, minute } = localTime(end, zone);
        const shown = hour * 60 + minute;
        const wanted = Number(to.slice(0, 2)) * 60 + Number(to.slice(3));
        expect([0, 60]).toContain((shown - wanted + 1440) % 1440);
      }),
    );
  });

  it('go over midnight', () => {
    const quiet = { from: '22:00', to: '08:00' };
    expect(quietUntil(new Date('2026-11-22T20:30:00Z'), quiet, 'Europe/Moscow')).toEqual(
      new Date('2026-11-23T05:00:00Z'),
    );
    expect(quietUntil(new Date('2026-11-22T04:59:00Z'), quiet, 'Europe/Moscow')).toEqual(
      new Date('2026-11-22T05:00:00Z'),
    );
    expect(quietUntil(new Date('2026-11-22T05:00:00Z'), quiet, 'Europe/Moscow')).toBeNull();
  });

  it('hold back before the budget does, and urgent ones only by the budget', () => {
    const at = new Date('2026-11-22T20:30:00Z');
    const quiet = { from: '22:00', to: '08:00' };
    expect(dueAt(at, { quiet, urgent: false, per_hour: 1 }, 'Europe/Moscow', 0)).toEqual(
      new Date('2026-11-23T05:00:00Z'),
    );
    expect(dueAt(at, { quiet, urgent: true, per_hour: 1 }, 'Europe/Moscow', 0)).toEqual(at);
    expect(dueAt(at, { quiet, urgent: true, per_hour: 1 }, 'Europe/Moscow', 1)).toEqual(
      new Date('2026-11-22T21:00:00Z'),
    );
  });
});

describe('a finding', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  const incident = (storyId: number | null, ...subjects: string[]) => ({
    storyId: storyId as never,
    lastSeenAt: now,
    cooldownMs: 1000,
    subjects: new Set(subjects),
  });

  it('of another story is another incident, though both are spikes of one topic', () => {
    const first = incident(1, 'story:1', 'spike:3');
    expect(belongs({ subjects: ['story:2', 'spike:3'], storyId: 2 as never }, first, now)).toBe(false);
    expect(belongs({ subjects: ['story:1', 'spike:3'], storyId: 1 as never }, first, now)).toBe(true);
    expect(belongs({ subjects: ['spike:3'], storyId: null }, first, now)).toBe(true);
    expect(
      belongs({ subjects: ['story:2', 'spike:3'], storyId: 2 as never }, incident(null, 'spike:3'), now),
    ).toBe(true);
  });
});

describe('the link of a mail', () => {
  it('is read by the installation that made it, and no other number passes with its proof', () => {
    const link = takeLink(TEST_VAULT.hash, 'http://molva.example', 17);
    const token = link.split('/').at(-1)!;
    expect(readTakeToken(TEST_VAULT.hash, token)).toBe(17);
    expect(readTakeToken(TEST_VAULT.hash, token.replace('17.', '18.'))).toBeNull();
    expect(readTakeToken((text) => TEST_VAULT.hash(`${text}x`), token)).toBeNull();
    expect(readTakeToken(TEST_VAULT.hash, '17.')).toBeNull();
  });
});
