import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import { number, toneMark } from '../views/format.ts';
import type { Drawing, Look } from './figure.ts';
import { levelOf, renderBar, renderColumns, STEP, topOf } from './marks.ts';

const HEIGHT = 100;
const BAR = { width: 100, height: 14 };
const TONES: readonly Look[] = ['negative', 'neutral', 'positive', 'unsure'];

/** A tone by its shape, all else by a patch of its colour; the word stands beside it. */
export function lookMark(look: Look): Markup {
  if (TONES.includes(look)) return toneMark(look);
  return html`<svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect class="${look}" width="10" height="10"></rect></svg>`;
}

function renderLegend(legend: readonly { look: Look; name: string }[], outline: string | null): Markup {
  if (legend.length === 0 && outline === null) return html``;
  const behind =
    outline === null
      ? ''
      : html`<li><svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect class="outline" x="1" y="1" width="8" height="8"></rect></svg> ${outline}</li>`;
  return html`<ul class="legend">${legend.map(({ look, name }) => html`<li>${lookMark(look)} ${name}</li>`)}${behind}</ul>`;
}

type Of<Kind extends Drawing['kind']> = Extract<Drawing, { kind: Kind }>;

function renderColumnChart(viewer: Viewer, { columns }: Of<'columns'>): Markup {
  const middle = columns.length > 4 ? columns[Math.floor(columns.length / 2)] : undefined;
  const names = [columns[0], middle, columns.at(-1)].flatMap((column) => column?.name ?? []);
  return html`<div class="plot"><span class="top">${number(viewer, topOf(columns))}</span>
    <svg class="columns" viewBox="0 0 ${columns.length * STEP} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${renderColumns(columns, HEIGHT, true)}</svg>
    <div class="axis">${names.map((name) => html`<span>${name}</span>`)}</div></div>`;
}

function renderBarChart({ bars }: Of<'bars'>): Markup {
  const top = topOf(bars);
  const rows = bars.map((bar) => {
    const whole = bar.parts.at(-1);
    const name = whole ? html`<a href="${whole.href}">${bar.name}</a>` : bar.name;
    return html`<li><span class="name">${name}</span><svg viewBox="0 0 ${BAR.width} ${BAR.height}" preserveAspectRatio="none" aria-hidden="true">${renderBar(bar, top, BAR, true)}</svg><span class="said">${bar.said}</span></li>`;
  });
  return html`<ul class="share-bars">${rows}</ul>`;
}

/** The numbers stand in the cells: it is its own table. */
function renderHeat(viewer: Viewer, { days, hours, cells }: Of<'heat'>): Markup {
  const top = Math.max(1, ...cells.flat().map(({ posts }) => posts));
  const head = days.map((day) => html`<th scope="col">${day}</th>`);
  const rows = cells.map((row, at) => {
    const drawn = row.map(({ posts, words, href }) =>
      posts === 0
        ? html`<td></td>`
        : html`<td class="l${levelOf(posts, top)}"><a href="${href}" title="${words}">${number(viewer, posts)}</a></td>`,
    );
    return html`<tr><th scope="row">${hours[at]}</th>${drawn}</tr>`;
  });
  return html`<table class="heat"><thead><tr><th scope="col">${viewer.t('analytics.hour')}</th>${head}</tr></thead><tbody>${rows}</tbody></table>`;
}

/** A figure as it stands on a page; `outline` says what it is compared with. */
export function renderChart(viewer: Viewer, drawing: Drawing, outline: string | null): Markup {
  if (drawing.kind === 'heat') return renderHeat(viewer, drawing);
  const all = drawing.kind === 'columns' ? drawing.columns : drawing.bars;
  const hasOutline = all.some(({ before }) => before);
  const legend = renderLegend(drawing.legend, hasOutline ? outline : null);
  return html`${legend}${drawing.kind === 'columns' ? renderColumnChart(viewer, drawing) : renderBarChart(drawing)}`;
}
