import { describeSourceError } from '../../src/act/source-words.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Source } from '../../src/model/source.ts';
import { listDuePages } from '../../src/store/backfill.ts';
import { type KeptPage, listKeptPages } from '../../src/store/kept-pages.ts';
import { listVisits } from '../../src/store/source-visits.ts';
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
async function renderKept(deps: DashboardDeps, viewer: Viewer, source: Source): Promise<Markup> {
  const pages = await listKeptPages(deps.db, source.id);
  if (pages.length === 0) return html``;
  return html`<section><details><summary>${viewer.t('source.kept')}</summary><div class="side">${pages.map((page) => renderPage(viewer, page))}</div></details></section>`;
}

/** What was read, what is read next, and when it broke the pages before and after. */
export async function renderEvidence(
  deps: DashboardDeps,
  viewer: Viewer,
  source: Source,
  isBroken: boolean,
): Promise<Markup> {
  const kept = isBroken ? await renderKept(deps, viewer, source) : html``;
  return html`${kept}${await renderVisits(deps, viewer, source)}${await renderDue(deps, viewer, source)}`;
}
