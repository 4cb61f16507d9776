import { html, type Markup } from '../../src/lib/html.ts';
import { MEASURES, type Measure, type WeekFigures } from '../../src/model/scorecard.ts';
import type { Viewer } from '../auth/session.ts';
import { number } from '../views/format.ts';
import { renderTable } from '../views/table.ts';
import { dayOf, daysOf, estimate, percent } from './words.ts';

const STEP = 24;
const HEIGHT = 100;
const EDGE = 6;
const WEEK_MS = 7 * 24 * 3_600_000;

/** 0 to 1 as a height from the top. */
function y(share: number): number {
  return Math.round(EDGE + (1 - share) * HEIGHT);
}

function renderWeek(viewer: Viewer, week: WeekFigures, measure: Measure, at: number): Markup {
  const { f1, isNew } = week.figures[measure];
  const x = at * STEP + STEP / 2;
  const change = isNew
    ? html`<line class="change" x1="${at * STEP}" x2="${at * STEP}" y1="${EDGE}" y2="${HEIGHT + EDGE}"></line>`
    : '';
  if (!f1) return html`${change}`;
  const words = `${dayOf(viewer, week.from)}: ${percent(viewer, f1.value)}`;
  return html`${change}<line class="range" x1="${x}" x2="${x}" y1="${y(f1.high)}" y2="${y(f1.low)}"></line><circle cx="${x}" cy="${y(f1.value)}" r="4"><title>${words}</title></circle>`;
}

/** Where each stands from the left; weeks without labels are gaps. Of two samples of one week, each has a place. */
function slotsOf(weeks: readonly WeekFigures[]): number[] {
  const first = weeks[0]?.from.getTime() ?? 0;
  const slots: number[] = [];
  for (const { from } of weeks)
    slots.push(Math.max((slots.at(-1) ?? -1) + 1, Math.round((from.getTime() - first) / WEEK_MS)));
  return slots;
}

/** From 0 to 100 %. */
function renderChart(viewer: Viewer, weeks: readonly WeekFigures[], measure: Measure): Markup {
  const { t } = viewer;
  const what = t(`scorecard.weeks.${measure}`);
  const slots = slotsOf(weeks);
  const width = ((slots.at(-1) ?? 0) + 1) * STEP;
  const grid = [0, 0.5, 1].map(
    (share) => html`<line class="grid" x1="0" x2="${width}" y1="${y(share)}" y2="${y(share)}"></line>`,
  );
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (!first || !last) return html``;
  const days =
    first === last
      ? html`<span>${dayOf(viewer, first.from)}</span>`
      : html`<span>${dayOf(viewer, first.from)}</span><span>${dayOf(viewer, last.from)}</span>`;
  return html`<figure class="chart weeks"><figcaption>${what}</figcaption><div class="scaled"><svg role="img" aria-label="${t('scorecard.weeks.chart', { what })}" viewBox="0 0 ${width} ${HEIGHT + 2 * EDGE}" width="${width}" height="${HEIGHT + 2 * EDGE}">${grid}${weeks.map((week, at) => renderWeek(viewer, week, measure, slots[at] ?? at))}</svg>
    <div class="scale" aria-hidden="true"><span>100 %</span><span>50</span><span>0</span></div></div><div class="axis">${days}</div></figure>`;
}

/** Quality over time, as charts and as a table. */
export function renderWeeks(viewer: Viewer, weeks: readonly WeekFigures[]): Markup {
  const { t } = viewer;
  if (weeks.length === 0) return html``;
  const head = [
    t('scorecard.week'),
    t('scorecard.weeks.tone'),
    t('scorecard.weeks.complaint'),
    t('scorecard.labels'),
  ];
  const rows = weeks.toReversed().map((week) => {
    const { from, to } = daysOf(viewer, week);
    const isNew = MEASURES.some((measure) => week.figures[measure].isNew);
    return [
      html`${from} – ${to}${isNew ? html` <span class="muted">· ${t('scorecard.week.new')}</span>` : ''}`,
      estimate(viewer, week.figures.tone.f1),
      estimate(viewer, week.figures.complaint.f1),
      number(viewer, week.labels),
    ];
  });
  return html`<h2>${t('scorecard.weeks')}</h2><div class="row charts">${MEASURES.map((measure) => renderChart(viewer, weeks, measure))}</div>
    <details><summary>${t('scorecard.weeks.table')}</summary>${renderTable(head, rows, '')}</details>`;
}
