import { describe, expect, it } from 'vitest';
import { findFalls } from '../../../src/jobs/scorecard/falls.ts';
import type { Weighed } from '../../../src/jobs/scorecard/weigh.ts';
import { randomFrom } from '../../../src/lib/random.ts';
import type { SentimentLabel } from '../../../src/model/tag.ts';
import { labelOf, tones } from './labels.ts';

const TONES = ['negative', 'neutral', 'positive'] as const;
const LANGUAGES = ['ru', 'en'];

/** Labels of a week: 15 of each language, the taggers right so often, groups weighing differently. */
function week(random: () => number, at: number, right: number, version = '1'): Weighed[] {
  return LANGUAGES.flatMap((language) =>
    Array.from({ length: 15 }, (_, n) => {
      const truth: SentimentLabel = TONES[Math.floor(random() ** 0.8 * 3)] ?? 'neutral';
      const said = random() < right ? truth : TONES[Math.floor(random() * 3)]!;
      return labelOf(at, { ...tones(said, truth, version), language, weight: n < 8 ? 10 : 40 });
    }),
  );
}

const weeks = (random: () => number, from: number, to: number, right: number, version = '1'): Weighed[] =>
  Array.from({ length: to - from }, (_, n) => week(random, from + n, right, version)).flat();

/** In how many of so many installations something is said to have fallen. */
function alarms(times: number, rows: (random: () => number) => Weighed[]): number {
  const random = randomFrom(5);
  let found = 0;
  for (let time = 0; time < times; time += 1) if (findFalls(rows(random)).length > 0) found += 1;
  return found / times;
}

describe('a fall', () => {
  it('is not found where nothing has changed, in 98 of 100 looks', () => {
    expect(alarms(500, (random) => weeks(random, 0, 16, 0.7))).toBeLessThan(0.02);
  });

  it('is not found among few labels, however different', () => {
    expect(alarms(100, (random) => [...week(random, 0, 1), ...week(random, 8, 0.2)])).toBe(0);
  });

  it('is found when the taggers are right 45 instead of 80 times of 100 for four weeks, in 3 of 4 installations', () => {
    const fell = (random: () => number) => [...weeks(random, 0, 12, 0.8), ...weeks(random, 12, 16, 0.45)];
    expect(alarms(200, fell)).toBeGreaterThan(0.75);
  });

  it('is found after two weeks of worse models, which are not mixed with the weeks before', () => {
    const fell = (random: () => number) => [
      ...weeks(random, 0, 14, 0.8),
      ...weeks(random, 14, 16, 0.3, 'worse'),
    ];
    expect(alarms(200, fell)).toBeGreaterThan(0.9);
  });

  it('says of what, how far, and whether the models were changed', () => {
    const random = randomFrom(3);
    const [fall] = findFalls([...weeks(random, 0, 12, 0.95), ...weeks(random, 12, 16, 0.2, 'worse')]);
    expect(fall).toMatchObject({ measure: 'tone', language: 'en', isNewVersion: true, laterLabels: 60 });
    expect(fall!.difference.value).toBeCloseTo(fall!.later.value - fall!.earlier.value, 12);
    expect(fall!.difference.high).toBeLessThan(0);
    const same = findFalls([...weeks(random, 0, 12, 0.95), ...weeks(random, 12, 16, 0.2)]);
    expect(same[0]!.isNewVersion).toBe(false);
  });

  it('is nothing that has become better', () => {
    const random = randomFrom(3);
    expect(findFalls([...weeks(random, 0, 12, 0.3), ...weeks(random, 12, 16, 0.95)])).toEqual([]);
    expect(findFalls([])).toEqual([]);
  });
});
