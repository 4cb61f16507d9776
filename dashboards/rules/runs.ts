import { html, type Markup } from '../../src/lib/html.ts';
import type { Rule, RuleRun } from '../../src/model/rule.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import { number, time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderTable } from '../views/table.ts';
import { renderPeriod } from './form.ts';
import { renderButton } from './list.ts';

const MAY_UNDO: readonly RuleRun['state'][] = ['running', 'done', 'stopped'];

const BAR = 160;

function renderProgress(viewer: Viewer, { seen, total, state }: RuleRun): Markup {
  const words = viewer.t('rules.run.of', { seen: number(viewer, seen), total: number(viewer, total) });
  const width = Math.round((seen / Math.max(total, 1)) * BAR);
  return state === 'running'
    ? html`${words}<svg class="bar" viewBox="0 0 ${BAR} 10" preserveAspectRatio="none" aria-hidden="true"><rect class="rest" width="${BAR}" height="10"></rect><rect class="positive" width="${width}" height="10"></rect></svg>`
    : html`${words}`;
}

function renderState(viewer: Viewer, run: RuleRun): Markup {
  const { t } = viewer;
  const counts = { restored: number(viewer, run.restored), kept: number(viewer, run.kept) };
  const isUndone = run.state === 'undone' || run.state === 'undoing';
  return html`${t(`rules.run.state.${run.state}`)}${isUndone ? html`<br><small>${t('rules.run.undone', counts)}</small>` : ''}`;
}

/** The runs of one rule over the past, the newest first. */
export function renderRuns(viewer: Viewer, rule: Rule, runs: readonly RuleRun[]): Markup {
  const { t } = viewer;
  const mayEdit = hasRight(viewer.user, 'rules:edit');
  const rows = runs.map((run) => [
    html`${time(viewer, run.startedAt)}<br><small class="muted">${run.requestedBy}</small>`,
    run.since.getTime() === 0 ? t('rules.days.all') : time(viewer, run.since),
    renderProgress(viewer, run),
    number(viewer, run.changed),
    renderState(viewer, run),
    mayEdit && MAY_UNDO.includes(run.state)
      ? renderButton(viewer, `/rules/runs/${run.id}/undo`, t('rules.run.undo'))
      : '',
  ]);
  const head = [
    t('rules.run.when'),
    t('rules.run.since'),
    t('rules.run.progress'),
    t('rules.run.changed'),
    t('rules.run.state'),
    '',
  ];
  const isMoving = runs.some(({ state }) => state === 'running' || state === 'undoing');
  return html`<h2 id="runs">${t('rules.runs')}</h2>${renderTable(head, rows, t('rules.runs.none'))}
    ${isMoving ? html`<p><a class="button" href="/rules/${rule.key}#runs">${t('rules.run.refresh')}</a></p>` : ''}`;
}

/** It changes what is stored, and can be undone; alerts leave the house, so they are asked for by name. */
export function renderPastForm(viewer: Viewer, rule: Rule): Markup {
  const { t } = viewer;
  const { alert } = rule.actions;
  const who = alert ? [...alert.mail, ...alert.webhooks].join(', ') : '';
  return html`<section class="card"><h2>${t('rules.past')}</h2><p class="muted">${t('rules.past.lead')}</p>
    <form method="post" action="/rules/${rule.key}/run" class="stack">${csrfField(viewer)}${renderPeriod(viewer, '30')}
      ${alert ? html`<label class="check"><input type="checkbox" name="alerts" value="1"> ${t('rules.past.alerts', { who })}</label>` : ''}
      <button>${t('rules.past.go')}</button></form></section>`;
}
