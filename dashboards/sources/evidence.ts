import { describeSourceError } from '../../src/act/source-words.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Source } from '../../src/model/source.ts';
import { listDuePages } from '../../src/store/backfill.ts';
import { type KeptPage, listKeptPages } from '../../src/store/kept-pages.ts';
import { listVisits } from '../../src/store/source-visits.ts';
import { subscriptionOf } from '../../src/store/websub.ts';
import type { Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { number, outside, time } from '../views/format.ts';
import { renderTable } from '../views/table.ts';

const DUE = 15;
const VISITS = 20;
const SHOWN_CHARS = 20_000;

async function renderVisits(deps: DashboardDeps, viewer: Viewer, source: Source): Promise<Markup> {
  const { t, language } = viewer;
  const visits = await listVisits(deps.db, source.id, VISITS);
  const rows = visits.map(({ at, pages, documents, stored, error }) => [
    time(viewer, at),
    number(viewer, pages),
    number(viewer, documents),
    number(viewer, stored),
    error ? describeSourceError({ code: error, message: '', at }, language) : t('source.visit.ok'),
  ]);
  const head = [
    t('source.page.when'),
    t('source.visit.pages'),
    t('source.visit.documents'),
    t('source.visit.stored'),
    t('source.visit.outcome'),
  ];
  return html`<section><h2>${t('source.visits')}</h2>${renderTable(head, rows, t('source.visits.none'))}</section>`;
}

async function renderDue(deps: DashboardDeps, viewer: Viewer, source: Source): Promise<Markup> {
  const { t } = viewer;
  const due = await listDuePages(deps.db, source.id, DUE);
  const rows = due.map(({ url, dueAt }) => [time(viewer, dueAt), outside(url, url)]);
  return html`<section><h2>${t('source.pages')}</h2>${renderTable([t('source.page.when'), t('source.page')], rows, t('source.pages.none'))}</section>`;
}

function renderPage(viewer: Viewer, page: KeptPage): Markup {
  const { t } = viewer;
  return html`<div><h3>${t(page.isGood ? 'source.kept.good' : 'source.kept.bad')}, ${time(viewer, page.at)}</h3>
    <p>${outside(page.url, page.url)}</p><pre tabindex="0" class="kept">${page.text.slice(0, SHOWN_CHARS)}</pre></div>`;
}

/** As the servers sent them: text, whatever it looks like. */
export async function renderKept(deps: DashboardDeps, viewer: Viewer, source: Source): Promise<Markup> {
  const pages = await listKeptPages(deps.db, source.id);
  if (pages.length === 0) return html``;
  return html`<section><details><summary>${viewer.t('source.kept')}</summary><div class="side">${pages.map((page) => renderPage(viewer, page))}</div></details></section>`;
}

/** Whether the feed's hub tells us of its news, and if not why. */
async function renderHub(deps: DashboardDeps, viewer: Viewer, source: Source): Promise<Markup> {
  const { t } = viewer;
  const hub = await subscriptionOf(deps.db, source.id);
  if (!hub) return html``;
  const state = !deps.sources.isReachable
    ? 'unreachable'
    : hub.state === 'active' || hub.state === 'pending'
      ? hub.state
      : 'failed';
  return html`<section class="card"><h2>${t('source.websub')}</h2><p>${t(`source.websub.${state}`)} ${state === 'active' ? time(viewer, hub.expiresAt) : ''}</p>
    ${hub.trouble && state === 'failed' ? html`<details><summary>${t('source.detail')}</summary><small>${hub.trouble}</small></details>` : ''}
    ${hub.lastPushAt ? html`<p>${t('source.websub.push')} ${time(viewer, hub.lastPushAt)}</p>` : ''}
    <p class="muted">${new URL(hub.hub).host}</p></section>`;
}

/** How news comes, what was read, and what is read next. */
export async function renderEvidence(deps: DashboardDeps, viewer: Viewer, source: Source): Promise<Markup> {
  return html`${await renderHub(deps, viewer, source)}${await renderVisits(deps, viewer, source)}${await renderDue(deps, viewer, source)}`;
}
