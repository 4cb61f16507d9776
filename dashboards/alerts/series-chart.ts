import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import { number, time } from '../views/format.ts';
import { renderTable } from '../views/table.ts';

interface Hour {
  at: Date;
  count: number;
  usual: number;
  least: number;
}

const STEP = 3;
const HEIGHT = 80;
const LISTED = 48;

/** Posts by hours as bars, the usual and the threshold behind them as a band; the table has the same in numbers. */
export function renderSeries(viewer: Viewer, topic: string, hours: readonly Hour[]): Markup {
  const { t } = viewer;
  const [first] = hours;
  if (!first) return html``;
  if (hours.every(({ count }) => count === 0))
    return html`<h3>${t('alerts.chart', { topic })}</h3><p class="empty">${t('alerts.chart.none')}</p>`;
  const top = hours.reduce((best, hour) => (hour.count > best.count ? hour : best), first);
  const most = Math.max(1, top.count, ...hours.map(({ least }) => least));
  const y = (value: number): number => Math.round((HEIGHT - (value / most) * HEIGHT) * 10) / 10;
  const edge = (of: (hour: Hour) => number): string[] =>
    hours.map((hour, at) => `${at * STEP},${y(of(hour))}`);
  const band = [...edge(({ least }) => least), ...edge(({ usual }) => usual).reverse()].join(' ');
  const bars = hours.map(({ count, least }, at) =>
    count === 0
      ? ''
      : html`<rect x="${at * STEP}" y="${y(count)}" width="${STEP - 1}" height="${HEIGHT - y(count)}"${count >= least ? html` class="over"` : ''}></rect>`,
  );
  const width = hours.length * STEP;
  const when = new Intl.DateTimeFormat(viewer.language, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: viewer.zone,
  }).format(top.at);
  const title = `${t('alerts.chart', { topic })}: ${t('alerts.chart.words', { n: number(viewer, top.count), when })}`;
  const rows = hours
    .filter(({ count }) => count > 0)
    .slice(-LISTED)
    .reverse()
    .map(({ at, count, usual, least }) => [
      time(viewer, at),
      number(viewer, count),
      number(viewer, Math.round(usual * 10) / 10),
      number(viewer, Math.ceil(least)),
    ]);
  const head = [t('alerts.chart.hour'), t('alerts.posts'), t('alerts.chart.usual'), t('alerts.chart.least')];
  return html`<h3>${title}</h3><div class="chart"><svg class="days band" role="img" aria-label="${title}" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}" preserveAspectRatio="none"><polygon class="usual" points="${band}"></polygon>${bars}</svg>
    <div class="axis"><span>${time(viewer, first.at)}</span><span>${time(viewer, hours.at(-1)?.at ?? first.at)}</span></div></div>
    ${rows.length > 0 ? html`<details><summary>${t('alerts.chart.table')}</summary>${renderTable(head, rows, '')}</details>` : ''}`;
}
