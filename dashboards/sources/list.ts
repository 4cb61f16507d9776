import { html, type Markup } from '../../src/lib/html.ts';
import type { Source } from '../../src/model/source.ts';
import { remembered } from '../../src/store/remembered.ts';
import { countByDay, listHealth } from '../../src/store/source-health.ts';
import { countDocumentsBySource, listSources } from '../../src/store/sources.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { backField, type WayBack } from '../start/way-back.ts';
import { emptyWords } from '../views/empty.ts';
import { number, outside, time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { sparkline } from '../views/sparkline.ts';
import { renderTable } from '../views/table.ts';
import { renderOpml } from './opml.ts';
import { SELECTORS_PATH } from './selector-page.ts';
import { healthWords, kindName, presentHealth, stateBadge } from './words.ts';

const DAYS = 28;
const COUNTED_MS = 5 * 60_000;
const documentsOf = remembered(COUNTED_MS, countDocumentsBySource);
const daysOf = remembered(COUNTED_MS, countByDay);
/** What needs a person comes first. */
const ORDER = ['broken', 'gone', 'quiet', 'waiting', 'ok', 'off'];

/** The form that every addition begins with; `more` is what else may be done. */
export function renderFindForm(
  viewer: Viewer,
  address: string,
  mistake: string,
  { more = html``, back = null }: { more?: Markup; back?: WayBack | null } = {},
): Markup {
  const { t } = viewer;
  return html`<section class="card" id="find"><form method="post" action="/sources/find">${csrfField(viewer)}${backField(back)}
    <label for="address">${t('source.address')}</label>
    ${mistake ? html`<p class="error" role="alert">${mistake}</p>` : ''}
    <div class="row"><input id="address" name="address" value="${address}" required maxlength="2000" inputmode="url" autocapitalize="none" spellcheck="false" aria-describedby="address-hint"><button class="primary">${t('source.find')}</button></div>
    <small class="muted" id="address-hint">${t('source.address.hint')}</small></form>${more}</section>`;
}

function renderNow(viewer: Viewer, source: Source): Markup {
  if (!source.enabled || !hasRight(viewer.user, 'sources:edit')) return html``;
  return html`<form method="post" action="/sources/${source.key}/now">${csrfField(viewer)}<button>${viewer.t('source.now')}</button></form>`;
}

/** When it was read last, and when it is read next. */
function renderTimes(viewer: Viewer, source: Source): Markup {
  const isVisited = source.enabled && !source.goneAt;
  const next = isVisited
    ? html`<br><small class="muted">${viewer.t('source.next')}: ${time(viewer, source.nextRunAt)}</small>`
    : '';
  return html`${source.lastSuccessAt ? time(viewer, source.lastSuccessAt) : '—'}${next}`;
}

async function renderRows(deps: DashboardDeps, viewer: Viewer) {
  const { t } = viewer;
  const [list, counts, health, days] = await Promise.all([
    listSources(deps.db),
    documentsOf(deps.db),
    listHealth(deps.db),
    daysOf(deps.db, viewer.now, DAYS),
  ]);
  const judged = list.map((source) => ({ source, health: presentHealth(source, health.get(source.id)) }));
  judged.sort((a, b) => ORDER.indexOf(a.health.state) - ORDER.indexOf(b.health.state));
  return judged.map(({ source, health: present }) => {
    const byDay = days.get(source.id) ?? new Array<number>(DAYS).fill(0);
    const lately = byDay.reduce((sum, count) => sum + count, 0);
    return [
      html`<a href="/sources/${source.key}">${source.name}</a><br><small class="muted">${kindName(viewer, source.kind)} · ${outside(source.url, new URL(source.url).host)}</small>`,
      html`${stateBadge(viewer, present.state)}${present.code === 'works' ? '' : html`<br><small>${healthWords(viewer, source, present)}</small>`}`,
      html`${number(viewer, counts.get(source.id) ?? 0)}${sparkline(byDay, t('source.chart', { n: number(viewer, lately) }))}`,
      renderTimes(viewer, source),
      renderNow(viewer, source),
    ];
  });
}

/** All sources, what needs a person first. */
export async function renderList(
  deps: DashboardDeps,
  viewer: Viewer,
  form: { address?: string; mistake?: string; opmlMistake?: string } = {},
): Promise<Markup> {
  const { t } = viewer;
  const rows = await renderRows(deps, viewer);
  const head = [t('source.name'), t('source.state'), t('source.documents'), t('source.last'), ''];
  const mayAdd = hasRight(viewer.user, 'sources:edit');
  const bySelectors = html`<p><a href="${SELECTORS_PATH}">${t('selectors.offer.list')}</a></p>`;
  return html`<h1>${t('menu.sources')}</h1>
    ${mayAdd ? renderFindForm(viewer, form.address ?? '', form.mistake ?? '', { more: bySelectors }) : ''}
    ${renderTable(head, rows, emptyWords(viewer, t('source.none'), { href: '/start/sources', words: t('empty.sources'), right: 'sources:edit' }))}
    ${mayAdd ? renderOpml(viewer, form.opmlMistake) : ''}`;
}
