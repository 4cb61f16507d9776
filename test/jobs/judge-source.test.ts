import { describe, expect, it } from 'vitest';
import { judgeSource, type SourceFacts, silenceProbability } from '../../src/jobs/judge-source.ts';
import type { Source } from '../../src/model/source.ts';
import type { SourceVisit } from '../../src/store/source-visits.ts';
import { NOW } from '../support/rows.ts';

const HOUR = 3_600_000;
const ago = (hours: number): Date => new Date(NOW.getTime() - hours * HOUR);
const source = {
  enabled: true,
  goneAt: null,
  lastError: null,
  lastSuccessAt: NOW,
  failures: 0,
} as unknown as Source;

function visit(changes: Partial<SourceVisit> = {}): SourceVisit {
  const counts = { pages: 2, lists: 1, links: 20, documents: 5, stored: 2, withAuthor: 5, withDate: 5 };
  return { at: NOW, ...counts, error: null, ...changes };
}
const usual = Array.from({ length: 20 }, () => visit());
/** One every `every` hours, the last of them `silent` hours ago. */
const steady = (every: number, silent = every) =>
  Array.from({ length: Math.floor((28 * 24 - silent) / every) }, (_, i) => ago(silent + i * every));

function judge(changes: Partial<SourceFacts> = {}) {
  const facts = { source, published: steady(2), visits: usual, delayMs: 60_000, canary: null };
  const { state, code } = judgeSource({ ...facts, ...changes }, NOW);
  return [state, code];
}
const broken = (code: string, at = NOW) => ({ code, message: code, at });

describe('a source', () => {
  it('works when it is read and publishes as usual', () => {
    expect(judge()).toEqual(['ok', 'works']);
    const { perDay, usualPerDay } = judgeSource(
      { source, published: steady(2), visits: usual, delayMs: 1, canary: null },
      NOW,
    );
    expect(perDay).toBeCloseTo(12, 0);
    expect(usualPerDay).toBeCloseTo(12, 0);
  });

  it.each([
    ['is off', { enabled: false }, ['off', 'off']],
    ['is gone', { goneAt: NOW }, ['gone', 'gone']],
    ['waits for its first visit', { lastSuccessAt: null }, ['waiting', 'not-read']],
    [
      'is waited for after a passing error',
      { lastError: broken('http-503'), failures: 2 },
      ['waiting', 'passing-error'],
    ],
    [
      'is broken when the error does not pass',
      { lastError: broken('http-503'), failures: 4 },
      ['broken', 'error'],
    ],
    [
      'is broken at once by an error that will not pass',
      { lastError: broken('http-404'), failures: 1 },
      ['broken', 'error'],
    ],
  ])('%s', (_what, change, verdict) => {
    expect(judge({ source: { ...source, ...change } as Source })).toEqual(verdict);
  });

  it('is quiet when nothing came for much longer than usual, while its pages are read well', () => {
    expect(judge({ published: steady(2, 48) })).toEqual(['quiet', 'silence']);
    expect(judge({ published: steady(2, 5) })).toEqual(['ok', 'works']);
  });

  it('is not called quiet for a night, nor for a pause such as it often makes', () => {
    const byDay = steady(1, 1).filter((at) => at.getUTCHours() >= 8 && at.getUTCHours() < 20);
    const morning = new Date('2026-11-22T07:50:00Z');
    expect(
      silenceProbability(
        byDay.filter((at) => at < new Date('2026-11-21T20:00:00Z')),
        morning,
      ),
    ).toBeGreaterThan(0.01);
    const bursts = [0, 1, 2, 3].flatMap((week) =>
      Array.from({ length: 30 }, (_, i) => ago(100 + week * 168 + i / 10)),
    );
    expect(silenceProbability(bursts, NOW)).toBe(1);
  });

  it('is never called quiet when hardly anything is known of it', () => {
    expect(silenceProbability([ago(600)], NOW)).toBe(1);
    expect(silenceProbability([], NOW)).toBe(1);
  });

  const lately = (changes: Partial<SourceVisit>) => [
    visit(changes),
    visit(changes),
    visit(changes),
    ...usual,
  ];

  it('is broken, not quiet, when its lists lead nowhere any more', () => {
    const visits = lately({ links: 0, documents: 0, pages: 1, withAuthor: 0, withDate: 0 });
    expect(judge({ visits, published: steady(2, 48) })).toEqual(['broken', 'no-links']);
  });

  it('is broken when its pages no longer hold documents', () => {
    expect(judge({ visits: lately({ documents: 0, withAuthor: 0, withDate: 0 }) })).toEqual([
      'broken',
      'no-documents',
    ]);
  });

  it('is broken when authors or dates are no longer found', () => {
    expect(judge({ visits: lately({ withAuthor: 0 }) })).toEqual(['broken', 'no-authors']);
    expect(judge({ visits: lately({ withDate: 0 }) })).toEqual(['broken', 'no-dates']);
  });

  it('is not called broken for what it never had, nor after a single odd visit', () => {
    const never = Array.from({ length: 20 }, () => visit({ withAuthor: 0 }));
    expect(judge({ visits: never })).toEqual(['ok', 'works']);
    expect(judge({ visits: [visit({ links: 0, documents: 0 }), ...usual] })).toEqual(['ok', 'works']);
  });

  it('is told apart from an empty one that was never anything else', () => {
    const visits = [visit({ links: 0, documents: 0 })];
    expect(judge({ visits, published: [] })).toEqual(['quiet', 'nothing']);
  });

  it('is broken when the known page is not read as expected', () => {
    expect(judge({ canary: { at: NOW.toISOString(), error: 'missing-words' } })).toEqual([
      'broken',
      'canary',
    ]);
  });
});
