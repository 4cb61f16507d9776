import { describe, expect, it } from 'vitest';
import type { ComparedCase } from '../../../src/model/comparison.ts';
import { compareCases } from '../../../src/understand/adapt/compare-cases.ts';

const ERROR = 0.25;
/** `count` cases in which a person says yes; what both sides say. */
const cases = (count: number, now: 'yes' | 'no', candidate: 'yes' | 'no'): ComparedCase[] =>
  Array.from({ length: count }, () => ({
    id: 1 as never,
    documentId: 1 as never,
    question: 'complaint',
    language: 'ru',
    isTowards: false,
    right: 'yes',
    now,
    candidate,
  }));
const mended = (count: number) => cases(count, 'no', 'yes');
const broken = (count: number) => cases(count, 'yes', 'no');
const kept = (count: number) => cases(count, 'yes', 'yes');
const verdict = (...parts: ComparedCase[][]) => compareCases(parts.flat(), ERROR).verdict;

describe('the verdict', () => {
  it.each([
    ['better when it mends more than chance would and breaks nothing', 'better', [mended(8), kept(10)]],
    ['open when that may be chance', 'cannot tell', [mended(4), kept(10)]],
    ['open with nothing to judge by', 'cannot tell', []],
    ['open when nobody has said that anything is right', 'cannot tell', [mended(30)]],
    ['worse when it breaks more than it mends', 'worse', [mended(1), broken(12), kept(30)]],
    [
      'worse when it breaks much of what is right, whatever it mends',
      'worse',
      [mended(60), broken(8), kept(32)],
    ],
    [
      'open when what breaks is a small share of corrections, but not of all posts',
      'cannot tell',
      [mended(12), cases(48, 'no', 'no'), broken(2), kept(18)],
    ],
  ] as const)('is %s', (_, right, parts) => {
    expect(verdict(...parts)).toBe(right);
  });
});

it('counts for each question and language, with bounds', () => {
  const { rows, confirmed, gain } = compareCases([...mended(2), ...broken(1), ...kept(3)], ERROR);
  expect(rows).toMatchObject([{ question: 'complaint', language: 'ru', cases: 6 }]);
  expect(rows[0]!.now).toMatchObject({ accuracy: { value: 4 / 6 }, precision: { value: 1 } });
  expect(rows[0]!.candidate.recall!.value).toBeCloseTo(5 / 6);
  expect(rows[0]!.now.accuracy.low).toBeLessThan(4 / 6);
  expect(rows[0]!.now.macroF1.high).toBeGreaterThanOrEqual(rows[0]!.now.macroF1.value);
  expect(confirmed).toBe(4);
  expect(gain).toBeCloseTo(0.25 - 0.75 / 4);
});
