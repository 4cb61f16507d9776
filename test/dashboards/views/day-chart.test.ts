import { load } from 'cheerio';
import { expect, it } from 'vitest';
import type { Viewer } from '../../../dashboards/auth/session.ts';
import { translator } from '../../../dashboards/texts.ts';
import { renderDayChart, toBuckets } from '../../../dashboards/views/day-chart.ts';

const viewer: Viewer = {
  user: null,
  csrf: '',
  language: 'en',
  zone: 'UTC',
  t: translator('en'),
  path: '/',
  now: new Date('2026-11-22T09:00:00Z'),
};
const days = (counts: Record<string, number>) =>
  Object.entries(counts).map(([day, count]) => ({ day, count }));
const FOUND = days({ '2026-11-18': 4, '2026-11-21': 1 });
const ALL = days({ '2026-11-18': 9, '2026-11-19': 5, '2026-11-21': 2 });

it('draws bars from zero, a line for days on which nothing was found, and nothing where nothing was collected', () => {
  const $ = load(renderDayChart(viewer, FOUND, ALL).toString());
  const bars = $('rect')
    .toArray()
    .map((bar) => [bar.attribs.x, bar.attribs.y, bar.attribs.height, bar.attribs.class]);
  expect(bars).toEqual([
    ['0', '0', '80', undefined],
    ['8', '79', '1', 'none'],
    ['24', '60', '20', undefined],
  ]);
  expect($('svg').attr('aria-label')).toBe('Found per day, most 4: Nov 18, 2026');
});

it('has the same in a table, the newest first, with what was collected beside it', () => {
  const $ = load(renderDayChart(viewer, FOUND, ALL).toString());
  const rows = $('tbody tr')
    .toArray()
    .map((row) =>
      $(row)
        .find('td')
        .toArray()
        .map((cell) => $(cell).text())
        .join(' | '),
    );
  expect(rows).toEqual(['Nov 21, 2026 | 1 | 2', 'Nov 19, 2026 | 0 | 5', 'Nov 18, 2026 | 4 | 9']);
});

it('takes weeks and months together where days would be too many, and loses none', () => {
  const weeks = toBuckets(
    days({ '2026-03-02': 1, '2026-11-22': 2 }),
    days({ '2026-03-08': 3, '2026-11-22': 4 }),
  );
  expect([weeks.unit, weeks.buckets.length]).toEqual(['week', 38]);
  expect(weeks.buckets[0]).toEqual({ day: '2026-03-02', all: 3, found: 1 });
  expect(weeks.buckets.at(-1)).toEqual({ day: '2026-11-16', all: 4, found: 2 });
  const months = toBuckets(days({ '2021-02-28': 1 }), days({ '2021-02-28': 1, '2026-11-22': 1 }));
  expect([months.unit, months.buckets.length, months.buckets[0]?.day]).toEqual(['month', 70, '2021-02-01']);
});

it('shows the newest months of a span that is longer than any screen, and nothing of nothing', () => {
  const { unit, buckets } = toBuckets([], days({ '1970-01-01': 1, '2026-11-22': 1 }));
  expect([unit, buckets.length, buckets.at(-1)]).toEqual([
    'month',
    92,
    { day: '2026-11-01', all: 1, found: 0 },
  ]);
  expect(toBuckets([], []).buckets).toEqual([]);
  expect(renderDayChart(viewer, [], []).toString()).toBe('');
});
