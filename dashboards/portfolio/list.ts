import { html, type Markup } from '../../src/lib/html.ts';
import type { Db } from '../../src/store/db.ts';
import { countPortfolio, listPortfolio, type PortfolioAsk } from '../../src/store/portfolio.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import { number } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderPages } from '../views/table.ts';
import { listPath, listTitle, renderRows } from './rows.ts';

const PAGE_SIZE = 50;

export interface SegmentForm {
  value: string;
  mistake: string;
}

/** What may be done with the whole list; only by those who may. */
function renderActions(
  viewer: Viewer,
  ask: PortfolioAsk,
  total: number,
  { value, mistake }: SegmentForm,
): Markup {
  if (!hasRight(viewer.user, 'customers:bulk') || total === 0) return html``;
  const { t } = viewer;
  const n = number(viewer, total);
  const part = html`<input type="hidden" name="part" value="${ask.part}">`;
  return html`<div class="card stack">
    <form method="post" action="/portfolio/${ask.list}/export" class="inline">${csrfField(viewer)}${part}<button aria-describedby="export-note">${t('portfolio.export')}</button></form><small class="muted" id="export-note">${t('portfolio.export.note')}</small>
    ${mistake ? html`<p class="error" role="alert" id="segment-mistake">${mistake}</p>` : ''}
    <form method="post" action="/portfolio/${ask.list}/segment" class="row segment">${csrfField(viewer)}${part}
      <label class="grow">${t('portfolio.segment.name')} <input name="segment" value="${value}" maxlength="80" required autocomplete="off"${mistake ? html` aria-invalid="true" aria-describedby="segment-mistake"` : html` aria-describedby="segment-note"`}></label><button>${t('portfolio.segment')}</button></form>
    <small class="muted" id="segment-note">${t('portfolio.segment.note', { n, example: t('portfolio.segment.example') })}</small></div>`;
}

export async function renderPortfolioList(
  db: Db,
  viewer: Viewer,
  ask: PortfolioAsk,
  { page, form }: { page: number; form: SegmentForm },
): Promise<Markup> {
  const { t, now } = viewer;
  const [rows, total] = await Promise.all([
    listPortfolio(db, ask, { now, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
    countPortfolio(db, ask, now),
  ]);
  const path = listPath(ask);
  const words = { previous: t('page.previous'), next: t('page.next') };
  const empty = ask.list === 'tier' ? t('customer.nothing') : t(`portfolio.${ask.list}.none`);
  return html`<p><a href="/portfolio">← ${t('portfolio.back')}</a></p><h1>${listTitle(viewer, ask)}</h1>
    <p class="found">${t.count('customers', total)}</p>${renderActions(viewer, ask, total, form)}${renderRows(viewer, ask.list, rows, empty)}
    ${renderPages(`${path}${path.includes('?') ? '&' : '?'}`, page, rows.length === PAGE_SIZE, words)}`;
}
