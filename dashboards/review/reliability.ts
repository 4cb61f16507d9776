import { html, type Markup } from '../../src/lib/html.ts';
import type { ReliabilityBin } from '../../src/model/match-weights.ts';
import type { Viewer } from '../auth/session.ts';
import { number } from '../views/format.ts';
import { renderTable } from '../views/table.ts';

const SIDE = 160;
const EDGE = 12;
/** Room for words at the left and below. */
const WORDS = 44;
const LINE = 16;
const SHARES = [0, 0.5, 1];
const SMALLEST = 3;
const LARGEST = 10;

const x = (share: number): number => Math.round(WORDS + share * SIDE);
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
  const [width, height] = [WORDS + SIDE + EDGE, EDGE + SIDE + WORDS];
  const grid = SHARES.map(
    (share) =>
      html`<line class="grid" x1="${x(0)}" x2="${x(1)}" y1="${y(share)}" y2="${y(share)}"></line><text x="${x(0) - EDGE}" y="${y(share) + 4}" text-anchor="end">${share * 100}</text><text x="${x(share)}" y="${y(0) + LINE + 4}" text-anchor="middle">${share * 100}</text>`,
  );
  const { t } = viewer;
  const axes = html`<text x="${x(0.5)}" y="${y(0) + 2 * LINE + 4}" text-anchor="middle">${t('weights.said')}, %</text><text x="${x(0) + 4}" y="${y(1) + LINE}">${t('weights.right')}, %</text>`;
  return html`<figure class="chart"><figcaption>${t('weights.chart')}</figcaption><div class="scaled"><svg role="img" aria-label="${t('weights.chart.lead')}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${grid}${axes}<line class="change" x1="${x(0)}" x2="${x(1)}" y1="${y(0)}" y2="${y(1)}"></line>${bins.map((bin) => renderDot(viewer, bin, most))}</svg></div></figure>`;
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
