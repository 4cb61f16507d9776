import { html, type Markup } from '../../src/lib/html.ts';
import { FILE_KINDS, type Field, fieldsOf, isField } from '../../src/match/import/fields.ts';
import type { Mapping } from '../../src/match/import/mapping.ts';
import type { ImportTask } from '../../src/match/import/plan.ts';
import type { Viewer } from '../auth/session.ts';
import { csrfField } from '../views/layout.ts';
import { renderTable } from '../views/table.ts';
import { IMPORT_PATH } from './upload.ts';
import { fieldWords, mistakeWords, sampleWords } from './words.ts';

const option = (value: string, words: string, isChosen: boolean): Markup =>
  html`<option value="${value}"${isChosen ? html` selected` : ''}>${words}</option>`;

/** What a form says of each column: `c0`, `c1` … in their order. */
export function readMappingForm(task: ImportTask, body: Readonly<Record<string, unknown>>): Mapping {
  const { kind } = task.mapping;
  const fieldAt = (at: number): Field | null => {
    const said = body[`c${at}`];
    return typeof said === 'string' && isField(kind, said) ? said : null;
  };
  const columns = Object.fromEntries(task.samples.map(({ column }, at) => [column, fieldAt(at)]));
  return { kind, columns, dates: body.dates === 'mdy' ? 'mdy' : 'dmy' };
}

function renderColumn(viewer: Viewer, task: ImportTask, at: number): Markup[] {
  const { t } = viewer;
  const { column = '', values = [] } = task.samples[at] ?? {};
  const { mapping } = task;
  const field = Object.hasOwn(mapping.columns, column) ? (mapping.columns[column] ?? null) : null;
  const samples = values.map((value) => html`<li>${sampleWords(value, field)}</li>`);
  const options = fieldsOf(mapping.kind).map((one) => option(one, fieldWords(viewer, one), one === field));
  return [
    html`<strong>${column}</strong>`,
    samples.length > 0
      ? html`<ul class="plain">${samples}</ul>`
      : html`<span class="muted">${t('import.nosamples')}</span>`,
    html`<select name="c${at}" aria-label="${t('import.holds.of', { column })}">${option('', `— ${t('import.alone')}`, field === null)}${options}</select>`,
  ];
}

function renderMistakes(viewer: Viewer, { mistakes }: ImportTask): Markup {
  const wrong = mistakes
    .filter(({ isTaken }) => !isTaken)
    .map((one) => html`<li>${mistakeWords(viewer, one)}</li>`);
  const remarks = mistakes
    .filter(({ isTaken }) => isTaken)
    .map((one) => html`<li>${mistakeWords(viewer, one)}</li>`);
  return html`${wrong.length > 0 ? html`<div class="error" role="alert"><p>${viewer.t('import.mapping.wrong')}</p><ul>${wrong}</ul></div>` : ''}
    ${remarks.length > 0 ? html`<div class="note" role="status"><ul>${remarks}</ul></div>` : ''}`;
}

/** Which rows and which sheet: the columns are proposed anew for them. */
function renderChoice(viewer: Viewer, { mapping, sheets }: ImportTask): Markup {
  const { t } = viewer;
  const kinds = FILE_KINDS.map((kind) => option(kind, t(`import.kind.${kind}`), kind === mapping.kind));
  const sheet =
    sheets && sheets.names.length > 1
      ? html`<label>${t('import.sheet')}<select name="sheet">${sheets.names.map((name) => option(name, name, name === sheets.chosen))}</select></label>`
      : '';
  return html`<form method="post" action="${IMPORT_PATH}/choose" class="filters">${csrfField(viewer)}
    <label>${t('import.kind')}<select name="kind">${kinds}</select></label>${sheet}<button>${t('import.choose')}</button></form>`;
}

const hasDates = ({ samples }: ImportTask): boolean =>
  samples.some(({ values }) =>
    values.some((value) => typeof value === 'string' && /^\s*\d{1,2}\/\d{1,2}\/\d/.test(value)),
  );

function renderDates({ t }: Viewer, task: ImportTask): Markup {
  const { dates } = task.mapping;
  if (!hasDates(task)) return html`<input type="hidden" name="dates" value="${dates}">`;
  return html`<label>${t('import.dates')} <select name="dates">${(['dmy', 'mdy'] as const).map((one) => option(one, t(`import.dates.${one}`), one === dates))}</select></label>`;
}

/** The first step: what each column holds. */
export function renderMapping(viewer: Viewer, task: ImportTask): Markup {
  const { t } = viewer;
  const rows = task.samples.map((_, at) => renderColumn(viewer, task, at));
  return html`${renderChoice(viewer, task)}${renderMistakes(viewer, task)}
    <p class="muted">${t(task.isRemembered ? 'import.remembered' : 'import.proposed')} ${t('import.semantics')}</p>
    <form method="post" action="${IMPORT_PATH}/plan">${csrfField(viewer)}
    ${renderTable([t('import.column'), t('import.samples'), t('import.holds')], rows, '')}
    <p>${renderDates(viewer, task)}</p>
    <p class="actions"><button class="primary">${t('import.check')}</button></p></form>`;
}
