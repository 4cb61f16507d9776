import type { Block, BlockAsk, Figure } from '../figure.ts';
import { type WeekHour, weekHoursOf } from '../period.ts';
import { slotsByStep, sumPosts } from '../side.ts';
import { stepWords, weekdayNames } from '../words.ts';

/** In fewer days not every weekday is there. */
const LEAST_DAYS = 7;
/** A cell with fewer posts is no finding. */
const LEAST_POSTS = 8;

interface Cell {
  posts: number;
  /** The hour of the period that has the most of them: a list of posts knows one time, not all Mondays. */
  most: { step: WeekHour; posts: number } | null;
}

async function cellsOf({ own }: BlockAsk): Promise<Cell[][]> {
  const hours = weekHoursOf(own.period);
  const cells = Array.from({ length: 24 }, () =>
    Array.from({ length: 7 }, (): Cell => ({ posts: 0, most: null })),
  );
  const byHour = slotsByStep(await own.slots(), hours);
  hours.forEach((step, at) => {
    const cell = cells[step.hour]?.[step.weekday];
    const posts = sumPosts(byHour[at] ?? []);
    if (!cell || posts === 0) return;
    cell.posts += posts;
    if (!cell.most || posts > cell.most.posts) cell.most = { step, posts };
  });
  return cells;
}

const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

function findingOf({ viewer }: BlockAsk, cells: readonly (readonly Cell[])[]): string | null {
  const all = cells.flatMap((row, hour) => row.map((cell, weekday) => ({ ...cell, hour, weekday })));
  const top = all.reduce((best, one) => (one.posts > best.posts ? one : best));
  if (top.posts < LEAST_POSTS) return null;
  const day = weekdayNames(viewer, 'long')[top.weekday] ?? '';
  return viewer.t('analytics.hours.top', { day, from: clock(top.hour), to: clock((top.hour + 1) % 24) });
}

async function read(asked: BlockAsk): Promise<Figure | null> {
  const { viewer, own } = asked;
  const { t } = viewer;
  if (own.period.days < LEAST_DAYS) return null;
  const cells = await cellsOf(asked);
  const days = weekdayNames(viewer, 'short');
  return {
    finding: findingOf(asked, cells),
    notes: [t('analytics.hours.how', { zone: viewer.zone })],
    head: [t('analytics.hour'), ...days],
    rows: cells.map((row, hour) => ({ cells: [clock(hour), ...row.map((cell) => cell.posts)] })),
    drawing: {
      kind: 'heat',
      days,
      hours: cells.map((_, hour) => clock(hour)),
      cells: cells.map((row) =>
        row.map(({ posts: n, most }) => ({
          posts: n,
          words: most
            ? t('analytics.hours.cell', { when: stepWords(viewer, most.step, 'hour'), n: most.posts })
            : '',
          href: most ? own.href({ from: most.step.fromKey, to: most.step.toKey }) : '',
        })),
      ),
    },
  };
}

/** At which hours of the week people write, on the viewer's clocks. */
export const hours: Block = { key: 'hours', title: 'analytics.hours', isLow: true, read };
