import { describe, expect, it } from 'vitest';
import { usualOf } from '../../../src/act/alerts/baseline.ts';
import { spike } from '../../../src/act/alerts/kinds/spike.ts';
import { createLocalHours, weekdayOfHour } from '../../../src/act/alerts/local-hours.ts';
import { DAY_MS, readSeries, type SeriesPost } from '../../../src/act/alerts/series.ts';
import { weekdayOf } from '../../../src/lib/zone.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 5);
const WEEKS = 9;
const settings = spike.settings.parse({});

/** Two an hour by night, eight by day, evenly. */
function evenPosts(weeks: number): SeriesPost[] {
  const posts: SeriesPost[] = [];
  for (let hour = 0; hour < weeks * 168; hour += 1) {
    const count = hour % 24 < 8 ? 2 : 8;
    for (let one = 0; one < count; one += 1)
      posts.push(postAt(START + hour * HOUR + ((one + 0.5) / count) * HOUR));
  }
  return posts;
}

function postAt(said: number, changes: Partial<SeriesPost> = {}): SeriesPost {
  return { document: said as never, said, found: said, negative: 0, story: null, ...changes };
}

function judge(
  posts: readonly SeriesPost[],
  at: number,
  wanted: Partial<typeof settings> = {},
  first?: number,
) {
  const sorted = [...posts].sort((a, b) => a.said - b.said);
  const local = createLocalHours('UTC');
  const counts = new Map<number, number>();
  for (const { said } of sorted) counts.set(local.at(said).hour, (counts.get(local.at(said).hour) ?? 0) + 1);
  const hours = { counts, first: first ?? local.at(START).hour };
  const reader = readSeries({ topicId: 3 as never, hours, posts: sorted, zone: 'UTC', covers: DAY_MS });
  return spike.judge(
    { ...settings, ...wanted },
    [{ topicId: 3 as never, reader, isCollecting: true }],
    new Date(at),
  );
}

const NOW = START + (WEEKS * 168 - 24 + 12) * HOUR;
const quiet = evenPosts(WEEKS).filter(({ said }) => said <= NOW);
const more = (count: number, changes: Partial<SeriesPost> = {}) =>
  Array.from({ length: count }, (_, at) => postAt(NOW - at * 4000, changes));

describe('a spike', () => {
  it('is nothing where all is as usual', () => {
    expect(judge(quiet, NOW)).toEqual([]);
  });

  it('is seen in the running hour, by its last minutes', () => {
    const [finding] = judge([...quiet, ...more(40)], NOW);
    expect(finding!.numbers).toMatchObject({ minutes: 5, basis: 'weeks' });
    expect(finding!.subjects).toEqual(['spike:3']);
  });

  it('is its story’s when half of it is', () => {
    const posts = [...quiet, ...more(40, { story: 12 as never })];
    expect(judge(posts, NOW)[0]!.subjects).toEqual(['story:12', 'spike:3']);
  });

  it('is measured against the hour: what is little by day is much by night', () => {
    const night = START + ((WEEKS - 1) * 168 + 4) * HOUR;
    const before = quiet.filter(({ said }) => said <= night);
    const burst = Array.from({ length: 22 }, (_, at) => postAt(night - at * 150_000));
    expect(judge([...before, ...burst], night, { per: ['hour'] })).toHaveLength(1);
    const noon = NOW;
    const same = Array.from({ length: 14 }, (_, at) => postAt(noon - at * 240_000));
    expect(judge([...quiet, ...same], noon, { per: ['hour'] })).toEqual([]);
  });

  it('is no backfill: posts of long ago that are found now are of long ago', () => {
    const old = Array.from({ length: 500 }, (_, at) =>
      postAt(NOW - 3 * DAY_MS - at * MINUTE, { found: NOW }),
    );
    expect(judge([...quiet, ...old], NOW)).toEqual([]);
  });

  it('is not seen before its posts are found', () => {
    const late = more(40, { found: NOW + 10 * MINUTE });
    expect(judge([...quiet, ...late], NOW)).toEqual([]);
    expect(judge([...quiet, ...late], NOW + 10 * MINUTE)).toHaveLength(1);
  });

  it('of a share of negative counts only what is sure', () => {
    const half = [...more(20, { negative: 1 }), ...more(20, { negative: 0 })];
    expect(judge([...quiet, ...half], NOW, { negative_share: 0.6 })).toEqual([]);
    const unsure = [...more(20, { negative: 1 }), ...more(20, { negative: null })];
    expect(judge([...quiet, ...unsure], NOW, { negative_share: 0.6 })).toHaveLength(1);
  });

  it('asks twice the minimum where less than a week is known', () => {
    const first = createLocalHours('UTC').at(NOW - 2 * DAY_MS).hour;
    const few = Array.from({ length: 20 }, (_, at) => postAt(NOW - at * 1000));
    expect(judge(few, NOW, {}, first)).toEqual([]);
    const many = Array.from({ length: 60 }, (_, at) => postAt(NOW - at * 1000));
    expect(judge(many, NOW, {}, first)[0]!.numbers).toMatchObject({ basis: 'little' });
  });

  it('of last week does not become usual', () => {
    const crisis = Array.from({ length: 900 }, (_, at) => postAt(NOW - 7 * DAY_MS - at * 4000));
    expect(judge([...quiet, ...crisis, ...more(40)], NOW, { per: ['hour'] })).toHaveLength(1);
  });
});

describe('what is usual', () => {
  it('is never surer than chance allows', () => {
    const counts = new Map<number, number>();
    for (let hour = 0; hour < 10 * 168; hour += 1) counts.set(hour, 16);
    const usual = usualOf({ counts, first: 0 }, 9 * 168 + 5, 0);
    expect(usual.centre).toBe(16);
    expect(usual.spread).toBeGreaterThanOrEqual(4);
  });
});

describe('hours of a zone', () => {
  it.each([
    'UTC',
    'Europe/Moscow',
    'Asia/Kolkata',
    'America/New_York',
  ])('of %s know their weekday', (zone) => {
    const at = new Date('2026-03-29T21:40:00Z');
    const { hour } = createLocalHours(zone).at(at.getTime());
    const shown = new Date(hour * HOUR);
    const date = { year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate() };
    expect(weekdayOfHour(hour)).toBe(weekdayOf(date) - 1);
  });
});
