import { html, type Markup } from '../../src/lib/html.ts';
import type { Db } from '../../src/store/db.ts';
import {
  countPortfolio,
  listPortfolio,
  type PortfolioAsk,
  sumCauses,
  sumMoves,
  sumTiers,
} from '../../src/store/portfolio.ts';
import { newestScoring } from '../../src/store/value-models.ts';
import type { RegisterModel } from '../../src/value/register.ts';
import type { Viewer } from '../auth/session.ts';
import { refusalWords, tierName } from '../customers/words.ts';
import { emptyWords } from '../views/empty.ts';
import { number, time } from '../views/format.ts';
import { renderCauses } from './causes.ts';
import { listPath, renderRows } from './rows.ts';
import { renderTiers } from './tiers.ts';

const SHOWN = 8;

/** The first of a list, and where the rest is. */
async function renderList(
  db: Db,
  viewer: Viewer,
  list: 'moves' | 'at-risk' | 'promising',
  before: Markup | string = '',
): Promise<Markup> {
  const { t, now } = viewer;
  const ask: PortfolioAsk = { list, part: 'all' };
  const rows = await listPortfolio(db, ask, { now, limit: SHOWN, offset: 0 });
  const total = rows.length < SHOWN ? rows.length : await countPortfolio(db, ask, now);
  const all =
    total > 0
      ? html`<p><a href="${listPath(ask)}">${t('portfolio.all', { n: number(viewer, total) })} →</a></p>`
      : '';
  return html`<section><h2>${t(`portfolio.${list}`)}</h2>${total > 0 ? html`<p class="muted">${t(`portfolio.${list}.hint`)}</p>` : ''}${before}${renderRows(viewer, list, rows, t(`portfolio.${list}.none`))}${all}</section>`;
}

async function renderMoves(db: Db, viewer: Viewer): Promise<Markup> {
  const sums = await sumMoves(db, viewer.now);
  const words = sums.map(({ from, to, customers }) =>
    viewer.t('portfolio.moves.sum', {
      from: tierName(viewer, from),
      to: tierName(viewer, to),
      n: number(viewer, customers),
    }),
  );
  return renderList(db, viewer, 'moves', words.length > 0 ? html`<p>${words.join(' · ')}</p>` : '');
}

export async function renderPortfolio(db: Db, viewer: Viewer): Promise<Markup> {
  const { t } = viewer;
  const title = html`<h1>${t('menu.portfolio')}</h1>`;
  const run = await newestScoring<RegisterModel>(db);
  const tiers = run ? await sumTiers(db) : [];
  if (!run || tiers.length === 0)
    return html`${title}<p class="empty">${emptyWords(viewer, t('portfolio.empty'), { href: '/customers/import', words: t('empty.customers'), right: 'customers:bulk' })}</p>`;
  const { buying } = run.model.refusals;
  const refused = buying
    ? html`<p class="note">${t('portfolio.refused', { why: refusalWords(viewer, buying) })} ${t('refusal.rfm')}</p>`
    : '';
  const [moves, risk, promising, causes] = await Promise.all([
    renderMoves(db, viewer),
    renderList(db, viewer, 'at-risk'),
    renderList(db, viewer, 'promising'),
    sumCauses(db),
  ]);
  return html`${title}<p class="muted">${t('portfolio.lead')} ${time(viewer, run.finishedAt)}.</p>${refused}
    ${renderTiers(viewer, tiers)}${risk}${promising}${moves}
    <section><h2>${t('portfolio.quiet')}</h2><p class="muted">${t('portfolio.quiet.hint')}</p>${renderCauses(viewer, causes)}</section>`;
}
