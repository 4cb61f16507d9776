import { dateFormat } from '../../src/lib/formats.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import { number } from './format.ts';
import { renderTable } from './table.ts';

/** `2026-11-22`, and how many. */
interface DayCount {
  day: string;
  count: number;
}

interface Bucket {
  /** Its first day. */
  day: string;
  /** Of everything of that time; 0: nothing was collected then. */
  all: number;
  found: number;
}

const BARS_AT_MOST = 92;
const STEP = 8;
const HEIGHT = 80;
const DAY_MS = 86_400_000;

const UNITS = ['day', 'week', 'month'] as const;
export type Unit = (typeof UNITS)[number];

/** First day of the day's unit. Weeks begin on Monday. */
function startOf(day: string, unit: Unit): string {
  if (unit === 'month') return `${day.slice(0, 7)}-01`;
  if (unit === 'day') return day;
  const at = new Date(`${day}T00:00:00Z`);
  const sinceMonday = (at.getUTCDay() + 6) % 7;
  return new Date(at.getTime() - sinceMonday * DAY_MS).toISOString().slice(0, 10);
}

function next(day: string, unit: Unit): string {
  const at = new Date(`${day}T00:00:00Z`);
  if (unit === 'month') at.setUTCMonth(at.getUTCMonth() + 1);
  else at.setUTCDate(at.getUTCDate() + (unit === 'week' ? 7 : 1));
  return at.toISOString().slice(0, 10);
}

function spread(first: string, last: string, unit: Unit): string[] {
  const days: string[] = [];
  const end = startOf(last, unit);
  for (let day = startOf(first, unit); day <= end && days.length <= BARS_AT_MOST; day = next(day, unit))
    days.push(day);
  return days;
}

/** Every day, week or month between the first and the last: the finest of which there are few enough; of months the newest. */
export function toBuckets(
  found: readonly DayCount[],
  all: readonly DayCount[],
): { unit: Unit; buckets: Bucket[] } {
  const days = [...found, ...all].map(({ day }) => day).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return { unit: 'day', buckets: [] };
  const unit = UNITS.find((one) => spread(first, last, one).length <= BARS_AT_MOST) ?? 'month';
  const begin = unit === 'month' ? monthsBefore(last, first) : first;
  const buckets = new Map(
    spread(begin, last, unit).map((day): [string, Bucket] => [day, { day, all: 0, found: 0 }]),
  );
  for (const { day, count } of all) add(buckets.get(startOf(day, unit)), 'all', count);
  for (const { day, count } of found) add(buckets.get(startOf(day, unit)), 'found', count);
  return { unit, buckets: [...buckets.values()] };
}

function monthsBefore(last: string, first: string): string {
  const at = new Date(`${last.slice(0, 7)}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() - BARS_AT_MOST + 1);
  const earliest = at.toISOString().slice(0, 10);
  return earliest > first ? earliest : first;
}

function add(bucket: Bucket | undefined, what: 'all' | 'found', count: number): void {
  if (bucket) bucket[what] += count;
}

/** `22 Nov 2026`, or a month with its year. */
export function shownDay({ language }: Viewer, day: string, unit: Unit): string {
  const options: Intl.DateTimeFormatOptions =
    unit === 'month'
      ? { month: 'long', year: 'numeric' }
      : { day: 'numeric', month: 'short', year: 'numeric' };
  return dateFormat(language, { ...options, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** How many were found of each day, from zero; where nothing at all was collected there is a gap. */
export function renderDayChart(viewer: Viewer, found: readonly DayCount[], all: readonly DayCount[]): Markup {
  const { t } = viewer;
  const { unit, buckets } = toBuckets(found, all);
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (!first || !last) return html``;
  const top = buckets.reduce((best, one) => (one.found > best.found ? one : best), first);
  const most = t('lab.chart.most', { n: number(viewer, top.found), when: shownDay(viewer, top.day, unit) });
  const title = `${t(`lab.chart.${unit}`)}${top.found > 0 ? `, ${most}` : ''}`;
  const rows = buckets
    .filter((bucket) => bucket.all > 0)
    .reverse()
    .map((bucket) => [
      shownDay(viewer, bucket.day, unit),
      number(viewer, bucket.found),
      number(viewer, bucket.all),
    ]);
  const head = [t('lab.chart.when'), t('lab.chart.found'), t('lab.chart.collected')];
  return html`<h3>${title}</h3><div class="chart">${renderBars(viewer, buckets, unit, title)}
    <div class="axis"><span>${shownDay(viewer, first.day, unit)}</span><span>${shownDay(viewer, last.day, unit)}</span></div></div>
    <details id="chart-table"><summary>${t('lab.chart.table')}</summary>${renderTable(head, rows, '')}</details>`;
}

function renderBars(viewer: Viewer, buckets: readonly Bucket[], unit: Unit, title: string): Markup {
  const most = Math.max(1, ...buckets.map(({ found }) => found));
  const bars = buckets.map(({ day, found, all }, at) => {
    if (all === 0) return '';
    const height = found === 0 ? 1 : Math.max(2, Math.round((found / most) * HEIGHT));
    return html`<rect x="${at * STEP}" y="${HEIGHT - height}" width="${STEP - 2}" height="${height}"${found === 0 ? html` class="none"` : ''}><title>${shownDay(viewer, day, unit)}: ${number(viewer, found)}</title></rect>`;
  });
  const width = buckets.length * STEP;
  return html`<svg class="days" role="img" aria-label="${title}" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}" preserveAspectRatio="none">${bars}</svg>`;
}
