import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import { number } from '../views/format.ts';
import { renderTable } from '../views/table.ts';
import { causeName, listPath } from './rows.ts';

const WIDTH = 400;
const ROW = 34;
const BAR = 330;

type Causes = readonly { cause: string; customers: number }[];

/** Who complained of nothing is most of them, and no bar: beside it the others could not be told apart. */
function renderBars(viewer: Viewer, causes: Causes): Markup {
  const known = causes.filter(({ cause }) => cause !== 'none');
  if (known.length === 0) return html``;
  const most = Math.max(...known.map(({ customers }) => customers));
  const bars = known.map(({ cause, customers }, at) => {
    const y = at * ROW;
    const width = Math.max(2, Math.round((customers / most) * BAR));
    return html`<text x="0" y="${y + 13}">${causeName(viewer, cause)}</text><rect class="open" x="0" y="${y + 18}" width="${width}" height="9"></rect><text x="${width + 8}" y="${y + 27}">${number(viewer, customers)}</text>`;
  });
  const list = known.map(({ cause, customers }) => `${causeName(viewer, cause)} ${customers}`).join(', ');
  return html`<svg class="causes" role="img" aria-label="${viewer.t('portfolio.quiet.chart', { list })}" viewBox="0 0 ${WIDTH} ${known.length * ROW}" width="${WIDTH}">${bars}</svg>`;
}

/** Customers who fell silent, by what they had complained of: bars, and the same as a table that leads to them. */
export function renderCauses(viewer: Viewer, causes: Causes): Markup {
  const { t } = viewer;
  if (causes.length === 0) return html`<p class="empty">${t('portfolio.quiet.none')}</p>`;
  const rows = causes.map(({ cause, customers }) => [
    html`<a href="${listPath({ list: 'quiet', part: cause })}">${causeName(viewer, cause)}</a>`,
    number(viewer, customers),
  ]);
  return html`<div class="side">${renderBars(viewer, causes)}<div>${renderTable([t('case.what'), t('portfolio.customers')], rows, '')}</div></div>`;
}
