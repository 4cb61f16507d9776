import { describe, expect, it } from 'vitest';
import { placeOf } from '../../../src/act/cases/place.ts';
import { dueAt } from '../../../src/act/cases/policy.ts';
import type { Case } from '../../../src/model/case.ts';
import { later, NOW } from '../../support/rows.ts';

const day = 24 * 3_600_000;
const windows = { appendWithinMs: 3 * day, reopenWithinMs: 14 * day };

function known(changes: Partial<Case> = {}): Case {
  const open = { id: 1, status: 'open', lastPostAt: NOW, answeredAt: null, closedAt: null };
  return { ...open, ...changes } as Case;
}
const place = (one: Case, at: Date, sameStory: number[] = []) =>
  placeOf([one], at, new Set(sameStory) as never, windows);

describe('where a complaint belongs', () => {
  it('is the case that is open, within days of its last post', () => {
    expect(place(known(), later(2 * day))).toEqual({ kind: 'append', id: 1 });
    expect(place(known(), later(4 * day))).toEqual({ kind: 'open' });
  });

  it('is the open case of the same story, however late', () => {
    expect(place(known(), later(40 * day), [1])).toEqual({ kind: 'append', id: 1 });
  });

  it('opens a case again that was answered or closed some days ago', () => {
    const answered = known({ status: 'answered', answeredAt: later(day) });
    expect(place(answered, later(10 * day))).toEqual({ kind: 'reopen', id: 1 });
    expect(place(answered, later(16 * day))).toEqual({ kind: 'open' });
    const closed = known({ status: 'closed', answeredAt: later(day), closedAt: later(5 * day) });
    expect(place(closed, later(16 * day))).toEqual({ kind: 'reopen', id: 1 });
  });

  it('does not open again what was answered after the post was written, though it is found later', () => {
    const answered = known({ status: 'answered', answeredAt: later(2 * day) });
    expect(place(answered, later(day))).toEqual({ kind: 'append', id: 1 });
  });

  it('is the newest case that takes it', () => {
    const cases = [known({ id: 2 as never, lastPostAt: later(20 * day) }), known()];
    expect(placeOf(cases, later(day), new Set(), windows)).toEqual({ kind: 'append', id: 1 });
  });
});

it('is due by tier and severity, by the clock of the team that answers', () => {
  const due = { MVC: { 1: 3, 2: 2, 3: 1 }, MGC: { 1: 6, 2: 5, 3: 4 }, BZC: { 1: 9, 2: 8, 3: 7 } };
  const hours = (times: Record<1 | 2 | 3, number>) => ({
    1: times[1] * 3_600_000,
    2: times[2] * 3_600_000,
    3: times[3] * 3_600_000,
  });
  const policy = {
    due: { MVC: hours(due.MVC), MGC: hours(due.MGC), BZC: hours(due.BZC), none: hours(due.BZC) },
    calendarOf: (topic: string) =>
      topic === 'moscow'
        ? {
            zone: 'Europe/Moscow',
            weekdays: [1, 2, 3, 4, 5],
            hours: { from: 540, to: 1080 },
            holidays: new Set<string>(),
            workdays: new Set<string>(),
          }
        : null,
  };
  const friday = new Date('2026-11-27T14:30:00Z');
  const of = (topicKey: string, tier: 'MVC' | null, severity: 1 | 3) =>
    dueAt(policy, { topicKey, tier, severity }, friday).toISOString();
  expect(of('london', 'MVC', 3)).toBe('2026-11-27T15:30:00.000Z');
  expect(of('london', null, 1)).toBe('2026-11-27T23:30:00.000Z');
  expect(of('moscow', 'MVC', 1)).toBe('2026-11-30T08:30:00.000Z');
});
