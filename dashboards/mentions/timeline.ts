import { dateFormat } from '../../src/lib/formats.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import { dateKey, localTime, minuteKey, zoneOffsetMs } from '../../src/lib/zone.ts';
import type { Facets } from '../../src/model/search.ts';
import type { Viewer } from '../auth/session.ts';
import { type SearchForm, shortHref } from '../search-form.ts';
import { shownDay, toBuckets, type Unit } from '../views/day-chart.ts';
import { number } from '../views/format.ts';
import { renderFigures } from '../views/table.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A time of so many hours is drawn by hours. */
const HOURS_AT_MOST = 72;
const STEP = 10;
const HEIGHT = 48;

/** A part of the time, as the search form writes its bounds. */
interface Bar {
  from: string;
  to: string;
  words: string;
  found: number;
}

function hourBars({ language, zone }: Viewer, hours: readonly [number, number][]): Bar[] {
  const counts = new Map(hours);
  const [first, last] = [Math.min(...counts.keys()), Math.max(...counts.keys())];
  const words = dateFormat(language, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  });
  return Array.from({ length: last - first + 1 }, (_, n): Bar => {
    const at = new Date((first + n) * HOUR_MS);
    return {
      from: minuteKey(at, zone),
      to: minuteKey(new Date(at.getTime() + HOUR_MS), zone),
      words: words.format(at),
      found: counts.get(first + n) ?? 0,
    };
  });
}

const LAST_DAY: Readonly<Record<Unit, (first: Date) => Date>> = {
  day: (first) => first,
  week: (first) => new Date(first.getTime() + 6 * DAY_MS),
  month: (first) => new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)),
};

function dayBars(viewer: Viewer, days: readonly { day: string; count: number }[]): Bar[] {
  const { unit, buckets } = toBuckets(days, []);
  return buckets.map(({ day, found }) => ({
    from: day,
    to: LAST_DAY[unit](new Date(`${day}T00:00:00Z`))
      .toISOString()
      .slice(0, 10),
    words: shownDay(viewer, day, unit),
    found,
  }));
}

/** Of hours each is put to its day on the viewer's clocks; of days there is only what UTC's clocks showed. */
function barsOf(viewer: Viewer, { hour, day }: Facets): Bar[] {
  const hours = Object.entries(hour).map(([n, count]): [number, number] => [Number(n), count]);
  if (hours.length === 0) {
    const days = Object.entries(day).map(([n, count]) => ({
      day: new Date(Number(n) * DAY_MS).toISOString().slice(0, 10),
      count,
    }));
    return dayBars(viewer, days);
  }
  const numbers = hours.map(([n]) => n);
  if (Math.max(...numbers) - Math.min(...numbers) < HOURS_AT_MOST) return hourBars(viewer, hours);
  const dayOf = daysOf(viewer.zone);
  return dayBars(
    viewer,
    hours.map(([n, count]) => ({ day: dayOf(n), count })),
  );
}

/** Day of an hour since 1970 on the zone's clocks. They are asked twice a day of UTC, and for each hour only of a day in which they change. */
function daysOf(zone: string): (hour: number) => string {
  const offsets = new Map<number, number | null>();
  const offsetOf = (day: number): number | null => {
    const [first, last] = [day * DAY_MS, (day + 1) * DAY_MS - 1].map((at) =>
      zoneOffsetMs(new Date(at), zone),
    );
    return first === last ? (first ?? 0) : null;
  };
  return (hour) => {
    const at = hour * HOUR_MS;
    const day = Math.floor(at / DAY_MS);
    const known = offsets.get(day);
    const offset = known === undefined ? offsetOf(day) : known;
    offsets.set(day, offset);
    return offset === null
      ? dateKey(localTime(new Date(at), zone))
      : new Date(at + offset).toISOString().slice(0, 10);
  };
}

/** On this page: there are as many addresses as bars. */
const hrefOf = (form: SearchForm, change: Partial<SearchForm>): string =>
  shortHref(form, { page: 1, open: undefined, table: undefined, exact: undefined, ...change }).replace(
    '/mentions',
    '',
  );
const spanOf = (form: SearchForm, { from, to }: Bar): string => hrefOf(form, { from, to });

/** The same in figures: only for who asks, as it has as many addresses again. */
function renderTable(viewer: Viewer, form: SearchForm, bars: readonly Bar[]): Markup {
  const { t } = viewer;
  const words = t('lab.chart.table');
  if (!form.table) return html`<p><a href="${hrefOf(form, { table: '1' })}#times-table">${words}</a></p>`;
  const rows = bars
    .filter(({ found }) => found > 0)
    .reverse()
    .map((bar) => [html`<a href="${spanOf(form, bar)}">${bar.words}</a>`, number(viewer, bar.found)]);
  return html`<details id="times-table" open><summary>${words}</summary>${renderFigures([t('lab.chart.when'), t('lab.chart.found')], rows, '')}</details>`;
}

/** First what takes the pointer, from top to bottom, then what is seen. */
function renderBar(viewer: Viewer, form: SearchForm, bar: Bar, at: number, most: number): Markup {
  const height = bar.found === 0 ? 0 : Math.max(2, Math.round((bar.found / most) * HEIGHT));
  const words = `${bar.words}: ${viewer.t.count('mentions', bar.found)}`;
  const x = at * STEP;
  return html`<a href="${spanOf(form, bar)}" tabindex="-1"><title>${words}</title><path d="M${x} 0h${STEP}v${HEIGHT}H${x}z"/><path d="M${x} ${HEIGHT}h${STEP - 2}v-${height}H${x}z"/></a>`;
}

/** When what was found was written: each bar leads to its time, and with a pointer one draws over several; who has none finds the same in the table. */
export function renderTimeline(viewer: Viewer, form: SearchForm, facets: Facets | null): Markup {
  const bars = facets ? barsOf(viewer, facets) : [];
  const [first, last] = [bars[0], bars.at(-1)];
  if (!first || !last || bars.length < 2) return html``;
  const { t } = viewer;
  const most = Math.max(...bars.map(({ found }) => found));
  const width = bars.length * STEP;
  return html`<figure class="times" data-brush><svg viewBox="0 0 ${width} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${bars.map((bar, at) => renderBar(viewer, form, bar, at, most))}<rect class="drawn" x="0" y="0" width="0" height="${HEIGHT}"></rect></svg>
    <figcaption class="axis"><span>${first.words}</span><span>${t('times.hint')}</span><span>${last.words}</span></figcaption>
    ${renderTable(viewer, form, bars)}</figure>`;
}
