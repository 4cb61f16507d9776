import { html, type Markup } from '../../src/lib/html.ts';
import type { ImportTask } from '../../src/match/import/plan.ts';
import type { Viewer } from '../auth/session.ts';
import { number } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderMapping } from './mapping.ts';
import { type PlanPages, renderPlan } from './plan.ts';
import { IMPORT_PATH, MAX_UPLOAD_MB } from './upload.ts';
import { mistakeWords } from './words.ts';

const STEPS = ['mapping', 'plan', 'result'] as const;
const STEP_OF = {
  mapping: 0,
  planning: 1,
  planned: 1,
  failed: 1,
  importing: 2,
  stopped: 2,
  done: 2,
} as const satisfies Record<ImportTask['state'], number>;

/** Before there is a file. */
export function renderUpload(viewer: Viewer, mistake = ''): Markup {
  const { t } = viewer;
  return html`<p>${t('import.lead')}</p>
    <form method="post" action="${IMPORT_PATH}" enctype="multipart/form-data" class="card stack">${csrfField(viewer)}
    ${mistake ? html`<p class="error" role="alert">${mistake}</p>` : ''}
    <label>${t('import.file')}<input type="file" name="file" required accept=".csv,.tsv,.txt,.xlsx,.xlsm,.jsonl,.ndjson,.vcf,.vcard" aria-describedby="file-hint"></label>
    <small class="muted" id="file-hint">${t('import.file.hint', { max: MAX_UPLOAD_MB })}</small>
    <button class="primary">${t('import.read')}</button></form>`;
}

function renderSteps({ t }: Viewer, task: ImportTask): Markup {
  const now = STEP_OF[task.state];
  return html`<ol class="quick" aria-label="${t('import.steps')}">${STEPS.map((step, at) => html`<li${at === now ? html` aria-current="step"` : ''}>${at === now ? html`<strong>${t(`import.step.${step}`)}</strong>` : html`<span class="muted">${t(`import.step.${step}`)}</span>`}</li>`)}</ol>`;
}

function renderFile(viewer: Viewer, task: ImportTask): Markup {
  const { t } = viewer;
  return html`<div class="row"><span>${t('import.fileis')}: <strong>${task.name}</strong></span>
    <form method="post" action="${IMPORT_PATH}/drop">${csrfField(viewer)}<button class="link">${t('import.other')}</button></form></div>`;
}

function renderProgress(viewer: Viewer, task: ImportTask): Markup {
  const { t } = viewer;
  const { rows, total } = task;
  const shown = { rows: number(viewer, rows), total: number(viewer, total ?? 0) };
  const words = total === null ? t('import.progress', shown) : t('import.progress.of', shown);
  const bar =
    total === null
      ? html`<progress aria-label="${words}"></progress>`
      : html`<progress max="${Math.max(1, total)}" value="${rows}" aria-label="${words}"></progress>`;
  return html`<section class="card"><h2>${t(task.state === 'planning' ? 'import.planning' : 'import.importing')}</h2>${bar}
    <p role="status">${words}</p><p class="muted">${t('import.wait')}</p>
    <form method="post" action="${IMPORT_PATH}/back">${csrfField(viewer)}<button>${t('import.stop')}</button></form></section>`;
}

function renderFailure(viewer: Viewer, { failure }: ImportTask): Markup {
  const { t } = viewer;
  return html`<p class="error" role="alert">${failure ? mistakeWords(viewer, failure) : t('import.failed')}</p>
    <form method="post" action="${IMPORT_PATH}/back">${csrfField(viewer)}<button class="primary">${t('import.back')}</button></form>`;
}

function renderStopped(viewer: Viewer): Markup {
  const { t } = viewer;
  return html`<p class="note" role="status">${t('import.stopped')}</p>
    <form method="post" action="${IMPORT_PATH}/back">${csrfField(viewer)}<button class="primary">${t('import.back')}</button></form>`;
}

function renderResult(viewer: Viewer, { result }: ImportTask): Markup {
  const { t } = viewer;
  const { created = 0, updated = 0, mistakes = 0 } = result ?? {};
  const counts = {
    created: number(viewer, created),
    updated: number(viewer, updated),
    mistakes: number(viewer, mistakes),
  };
  return html`<section class="card"><h2>${t('import.done')}</h2><p role="status">${t('import.done.counts', counts)}</p>
    <p><a class="button primary" href="/customers">${t('import.done.customers')}</a></p></section>`;
}

function renderStep(viewer: Viewer, task: ImportTask, pages: PlanPages): Markup {
  if (task.state === 'mapping') return renderMapping(viewer, task);
  if (task.state === 'planned' && task.plan) return renderPlan(viewer, task.plan, pages);
  if (task.state === 'failed') return renderFailure(viewer, task);
  if (task.state === 'stopped') return renderStopped(viewer);
  if (task.state === 'done') return renderResult(viewer, task);
  return renderProgress(viewer, task);
}

/** A file on its way into the register. */
export function renderTask(viewer: Viewer, task: ImportTask, pages: PlanPages): Markup {
  return html`${renderFile(viewer, task)}${renderSteps(viewer, task)}${renderStep(viewer, task, pages)}`;
}
