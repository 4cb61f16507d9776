import { html, type Markup } from '../../src/lib/html.ts';
import type { Source } from '../../src/model/source.ts';
import type { SourceHealth } from '../../src/model/source-health.ts';
import { readBackfill } from '../../src/store/backfill.ts';
import { getCards } from '../../src/store/cards.ts';
import { recentDocumentIds } from '../../src/store/source-documents.ts';
import { countByDay } from '../../src/store/source-health.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderCard } from '../views/card.ts';
import { day, number, outside, time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { sparkline } from '../views/sparkline.ts';
import { renderEvidence, renderKept } from './evidence.ts';
import { SELECTORS_PATH } from './selector-page.ts';
import { renderSettings } from './settings.ts';
import { errorWords, healthWords, kindName, lengthOf, stateBadge } from './words.ts';

const DAYS = 28;
const CARDS = 5;

function fact(name: string, value: Markup | string): Markup {
  return html`<dt>${name}</dt><dd>${value}</dd>`;
}

function perDay({ language, t }: Viewer, { perDay: now, usualPerDay }: SourceHealth): string {
  const words = (value: number): string =>
    new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
  return t('source.yield.value', { now: words(now), usual: words(usualPerDay) });
}

function renderHealth(
  viewer: Viewer,
  source: Source,
  health: SourceHealth,
  byDay: readonly number[],
): Markup {
  const { t } = viewer;
  const lately = byDay.reduce((sum, count) => sum + count, 0);
  const { trouble } = source;
  return html`<section class="card"><h2>${t('source.health')}</h2>
    <p>${stateBadge(viewer, health.state)} ${healthWords(viewer, source, health)}</p>
    ${trouble ? html`<div class="note">${errorWords(viewer, trouble)}</div>` : ''}
    ${sparkline(byDay, t('source.chart', { n: number(viewer, lately) }))}
    <dl class="facts">
      ${fact(t('source.last'), source.lastSuccessAt ? time(viewer, source.lastSuccessAt) : '—')}
      ${source.enabled && !source.goneAt ? fact(t('source.next'), time(viewer, source.nextRunAt)) : ''}
      ${fact(t('source.news'), source.lastNewsAt ? time(viewer, source.lastNewsAt) : '—')}
      ${fact(t('source.yield'), perDay(viewer, health))}
      ${fact(t('source.delay'), health.delayMs === null ? t('source.delay.unknown') : lengthOf(viewer, health.delayMs))}
    </dl></section>`;
}

function button(viewer: Viewer, source: Source, action: string, word: string, field = html``): Markup {
  return html`<form method="post" action="/sources/${source.key}/${action}">${csrfField(viewer)}${field}<button>${word}</button></form>`;
}

function renderActions(viewer: Viewer, source: Source): Markup {
  const { t } = viewer;
  if (!hasRight(viewer.user, 'sources:edit')) return html``;
  const toggle = html`<input type="hidden" name="enabled" value="${source.enabled ? '0' : '1'}">`;
  const isOurs = source.origin === 'user';
  return html`<div class="actions">${source.enabled ? button(viewer, source, 'now', t('source.now')) : ''}
    ${isOurs ? button(viewer, source, 'enabled', t(source.enabled ? 'source.pause' : 'source.resume'), toggle) : ''}
    ${isOurs && source.kind === 'selectors' ? html`<a class="button" href="${SELECTORS_PATH}?source=${source.key}">${t('selectors.offer.change')}</a>` : ''}
    ${isOurs ? html`<details class="ask"><summary>${t('source.remove')}</summary><p>${t('source.remove.ask', { name: source.name })}</p>${button(viewer, source, 'remove', t('source.remove'))}</details>` : ''}</div>`;
}

async function renderPast(deps: DashboardDeps, viewer: Viewer, source: Source): Promise<Markup> {
  const { t } = viewer;
  const past = await readBackfill(deps.db, source.id);
  if (!past || past.known < 2) return html``;
  const read = past.known - past.waiting;
  const width = Math.round((read / past.known) * 240);
  const go = html`<input type="hidden" name="go" value="${past.isRunning ? '0' : '1'}">`;
  const word = t(past.isRunning ? 'source.past.stop' : 'source.past.go');
  const counts = { read: number(viewer, read), known: number(viewer, past.known) };
  return html`<section class="card"><h2>${t('source.past')}</h2>
    <p>${t('source.past.progress', counts)} ${past.earliest ? day(viewer, past.earliest) : '—'}</p>
    <svg class="bar" role="img" aria-label="${t('source.past.progress', counts)}" viewBox="0 0 240 10"><rect class="rest" width="240" height="10"></rect><rect class="positive" width="${width}" height="10"></rect></svg>
    ${past.isRunning ? '' : html`<p class="note">${t('source.past.stopped')}</p>`}
    ${hasRight(viewer.user, 'sources:edit') ? button(viewer, source, 'backfill', word, go) : ''}</section>`;
}

async function renderDocuments(deps: DashboardDeps, viewer: Viewer, source: Source): Promise<Markup> {
  const cards = await getCards(deps.db, await recentDocumentIds(deps.db, source.id, CARDS));
  const list =
    cards.length > 0
      ? cards.map((card) => renderCard(viewer, card, { names: null }))
      : html`<p class="empty">${viewer.t('source.documents.none')}</p>`;
  return html`<section><h2>${viewer.t('source.documents.recent')}</h2>${list}</section>`;
}

/** All about one source; `mistake` is what was wrong with the form that was sent. */
export async function renderSource(
  deps: DashboardDeps,
  viewer: Viewer,
  source: Source,
  mistake = '',
): Promise<Markup> {
  const { t } = viewer;
  const health = await deps.sources.assess(source.id);
  const counts = await countByDay(deps.db, viewer.now, DAYS, source.id);
  const byDay = counts.get(source.id) ?? new Array<number>(DAYS).fill(0);
  return html`<h1>${source.name}</h1>
    <p class="muted">${kindName(viewer, source.kind)} · ${outside(source.url, source.url)} · ${t(source.origin === 'config' ? 'source.config' : 'source.user')}</p>
    ${mistake ? html`<p class="error" role="alert">${mistake}</p>` : ''}
    ${renderActions(viewer, source)}
    ${health ? renderHealth(viewer, source, health, byDay) : ''}
    ${health?.state === 'broken' ? await renderKept(deps, viewer, source) : ''}
    ${await renderPast(deps, viewer, source)}
    ${await renderDocuments(deps, viewer, source)}
    ${await renderSettings(deps, viewer, source)}
    ${await renderEvidence(deps, viewer, source)}`;
}
