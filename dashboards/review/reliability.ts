import { html, type Markup } from '../../src/lib/html.ts';
import type { ReliabilityBin } from '../../src/model/match-weights.ts';
import type { Viewer } from '../auth/session.ts';
import { number } from '../views/format.ts';
import { renderTable } from '../views/table.ts';

const SIDE = 160;
const EDGE = 12;
const SMALLEST = 3;
const LARGEST = 10;

const x = (share: number): number => Math.round(EDGE + share * SIDE);
const y = (share: number): number => Math.round(EDGE + (1 - share) * SIDE);
const percent = (viewer: Viewer, share: number): string => number(viewer, Math.round(share * 100));

function renderDot(viewer: Viewer, { said, right, count }: ReliabilityBin, most: number): Markup {
  const share = right / count;
  const radius = Math.round(SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(count / most));
  const words = viewer.t('weights.dot', {
    said: percent(viewer, said),
    right: number(viewer, right),
    n: number(viewer, count),
  });
  return html`<circle cx="${x(said)}" cy="${y(share)}" r="${radius}"><title>${words}</title></circle>`;
}

/** Said probability (across) against the share that was right (up), both 0 to 100 %, with the line on which they would be equal. */
function renderChart(viewer: Viewer, bins: readonly ReliabilityBin[]): Markup {
  const most = Math.max(...bins.map(({ count }) => count));
  const size = SIDE + 2 * EDGE;
  const grid = [0, 0.5, 1].map(
    (share) => html`<line class="grid" x1="${x(0)}" x2="${x(1)}" y1="${y(share)}" y2="${y(share)}"></line>`,
  );
  return html`<figure class="chart"><figcaption>${viewer.t('weights.chart')}</figcaption><div class="scaled"><svg role="img" aria-label="${viewer.t('weights.chart.lead')}" viewBox="0 0 ${size} ${size}" width="${size}" height="${size}">${grid}<line class="change" x1="${x(0)}" x2="${x(1)}" y1="${y(0)}" y2="${y(1)}"></line>${bins.map((bin) => renderDot(viewer, bin, most))}</svg>
    <div class="scale" aria-hidden="true"><span>100 %</span><span>50</span><span>0</span></div></div><div class="axis" aria-hidden="true"><span>0</span><span>50</span><span>100 %</span></div></figure>`;
}

/** How honest the percentages are, as a picture and as a table. */
export function renderReliability(viewer: Viewer, bins: readonly ReliabilityBin[]): Markup {
  const { t } = viewer;
  const head = [t('weights.said'), t('weights.right'), t('weights.pairs')];
  const rows = bins.map(({ said, right, count }) => [
    `${percent(viewer, said)} %`,
    `${percent(viewer, right / count)} %`,
    number(viewer, count),
  ]);
  return html`${renderChart(viewer, bins)}<p class="muted">${t('weights.chart.lead')}</p>
    <details><summary>${t('weights.table')}</summary>${renderTable(head, rows, '')}</details>`;
}
