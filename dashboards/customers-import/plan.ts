import { stringify } from 'csv-stringify/sync';
import { html, type Markup } from '../../src/lib/html.ts';
import { type Mistake, mistakePlace } from '../../src/match/import/mistakes.ts';
import type { ImportPlan, MistakeTally, PlannedChange } from '../../src/match/import/plan.ts';
import type { Viewer } from '../auth/session.ts';
import { number } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderTable } from '../views/table.ts';
import { IMPORT_PATH } from './upload.ts';
import { mistakeWords, renderChange } from './words.ts';

const PAGE = 25;
const MAX_TALLY = 12;
const COUNTS = ['created', 'updated', 'unchanged', 'leftOut', 'duplicates', 'shared'] as const;

function renderCounts(viewer: Viewer, { counts }: ImportPlan): Markup {
  const { t } = viewer;
  const shown = COUNTS.filter((name, at) => at < 4 || counts[name] > 0);
  return html`<h2>${t('import.counts')}</h2><dl class="facts">${shown.map((name) => html`<dt>${t(`import.count.${name}`)}</dt><dd>${number(viewer, counts[name])}</dd>`)}</dl>
    <p class="muted">${t('import.rows.total', { rows: number(viewer, counts.rows) })}</p>`;
}

function renderChanged(
  viewer: Viewer,
  { line, externalId, isNew, changes }: PlannedChange,
): (Markup | string)[] {
  return [
    number(viewer, line),
    html`${externalId}${isNew ? html` <small class="muted">${viewer.t('import.new')}</small>` : ''}`,
    html`<ul class="plain">${changes.map((change) => renderChange(viewer, change))}</ul>`,
  ];
}

function renderMistake(viewer: Viewer, mistake: Mistake): (Markup | string)[] {
  const { t } = viewer;
  return [
    mistake.line === 0 ? '—' : number(viewer, mistake.line),
    mistakePlace(mistake) || '—',
    html`${mistakeWords(viewer, mistake)} <small class="muted">${t(mistake.isTaken ? 'import.taken' : 'import.leftout')}</small>`,
  ];
}

/** Links to the pages of a list that is in memory. */
function renderPager({ t }: Viewer, name: string, page: number, total: number): Markup {
  const of = Math.ceil(total / PAGE);
  if (of <= 1) return html``;
  const link = (to: number, words: string, rel: string): Markup =>
    html`<a rel="${rel}" href="${IMPORT_PATH}?${name}=${to}#${name}">${words}</a>`;
  return html`<nav class="pager" aria-label="${t('import.page', { page, of })}">${page > 1 ? link(page - 1, `← ${t('page.previous')}`, 'prev') : ''}
    <span>${t('import.page', { page, of })}</span> ${page < of ? link(page + 1, `${t('page.next')} →`, 'next') : ''}</nav>`;
}

const pageOf = <T>(all: readonly T[], page: number): readonly T[] =>
  all.slice((page - 1) * PAGE, page * PAGE);

/** Which pages of the two lists are asked for. */
export interface PlanPages {
  changes: number;
  mistakes: number;
}

/** Lines and customers differ from one to the next. */
function tallyWords(viewer: Viewer, one: MistakeTally): string {
  if (one.code === 'duplicate-id') return viewer.t('import.count.duplicates');
  if (one.code === 'shared-email' || one.code === 'shared-in-file') return viewer.t('import.count.shared');
  return mistakeWords(viewer, one);
}

/** Of a file with a thousand equal mistakes people want to know which they are, not where each is. */
function renderTally(viewer: Viewer, { counts, tally }: ImportPlan): Markup {
  if (tally.length === counts.mistakes) return html``;
  const lines = tally
    .slice(0, MAX_TALLY)
    .map(
      (one) =>
        html`<li><strong>${number(viewer, one.count)}</strong> · ${one.column === null ? '' : html`${one.column}: `}${tallyWords(viewer, one)}</li>`,
    );
  return html`<ul class="plain">${lines}</ul>`;
}

function renderMistakes(viewer: Viewer, plan: ImportPlan, page: number): Markup {
  const { counts, mistakes } = plan;
  const { t } = viewer;
  const head = [t('import.line'), t('import.column'), t('import.mistake')];
  const rows = pageOf(mistakes, page).map((one) => renderMistake(viewer, one));
  const told = { n: number(viewer, counts.mistakes), told: number(viewer, mistakes.length) };
  return html`<section id="mistakes"><h2>${t('import.mistakes')}</h2>
    ${mistakes.length > 0 ? html`<p>${counts.mistakes > mistakes.length ? t('import.mistakes.all', told) : ''} <a href="${IMPORT_PATH}/mistakes.csv">${t('import.mistakes.csv')}</a></p>` : ''}
    ${renderTally(viewer, plan)}
    ${renderTable(head, rows, t('import.mistakes.none'))}${renderPager(viewer, 'mistakes', page, mistakes.length)}</section>`;
}

function renderChanges(viewer: Viewer, { counts, changes }: ImportPlan, page: number): Markup {
  const { t } = viewer;
  const known = changes.filter(({ isNew }) => !isNew);
  const told = [...known, ...changes.filter(({ isNew }) => isNew)];
  const rows = pageOf(told, page).map((one) => renderChanged(viewer, one));
  const isCut = counts.created + counts.updated > changes.length;
  return html`<section id="changes"><h2>${t('import.changes')}</h2>
    ${
      isCut
        ? html`<p class="muted">${t('import.changes.first', {
            known: number(viewer, known.length),
            created: number(viewer, changes.length - known.length),
          })}</p>`
        : ''
    }
    ${renderTable([t('import.line'), t('import.customer'), t('import.change')], rows, t('import.changes.none'))}
    ${renderPager(viewer, 'changes', page, changes.length)}</section>`;
}

/** The second step: what the import would do. */
export function renderPlan(viewer: Viewer, plan: ImportPlan, pages: PlanPages): Markup {
  const { t } = viewer;
  const { created, updated } = plan.counts;
  const back = html`<form method="post" action="${IMPORT_PATH}/back">${csrfField(viewer)}<button>${t('import.back')}</button></form>`;
  const run = html`<form method="post" action="${IMPORT_PATH}/run">${csrfField(viewer)}<button class="primary">${t('import.run')}: ${t.count('customers', created + updated)}</button></form>`;
  return html`${renderCounts(viewer, plan)}
    ${created + updated === 0 ? html`<p class="note">${t('import.nothing')}</p>` : ''}
    <div class="actions">${created + updated > 0 ? run : ''}${back}</div>
    ${renderMistakes(viewer, plan, pages.mistakes)}${renderChanges(viewer, plan, pages.changes)}`;
}

/** With a mark for spreadsheets, and nothing in it that they would take for a formula. */
export function mistakesCsv(viewer: Viewer, { mistakes }: ImportPlan): string {
  const { t } = viewer;
  const rows = mistakes.map((one) => [
    String(one.line),
    mistakePlace(one),
    mistakeWords(viewer, one),
    t(one.isTaken ? 'import.taken' : 'import.leftout'),
  ]);
  const head = [t('import.line'), t('import.column'), t('import.mistake'), ''];
  return stringify([head, ...rows], {
    bom: true,
    delimiter: viewer.language === 'ru' ? ';' : ',',
    escape_formulas: true,
  });
}
