import type { ActionCount, DryRunChange, DryRunResult } from '../../src/act/rules/reports.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import { number } from '../views/format.ts';
import { shownText } from '../views/private.ts';
import { renderTable } from '../views/table.ts';
import { actionWords, changeWords } from './words.ts';

const RESULTS = ['done', 'same', 'person', 'rule', 'case'] as const;
const HEADING = 100;
const EXCERPT = 200;

function renderCounts(viewer: Viewer, actions: readonly ActionCount[]): Markup {
  const { t } = viewer;
  const shown = RESULTS.filter(
    (result) => result === 'done' || actions.some(({ counts }) => counts[result] > 0),
  );
  const rows = actions.map(({ action, value, counts }) => [
    actionWords(viewer, action, value),
    ...shown.map((result) => number(viewer, counts[result])),
  ]);
  return renderTable(
    [t('rules.tried.action'), ...shown.map((result) => t(`rules.tried.${result}`))],
    rows,
    '',
  );
}

/** At a word, with a sign that more follows. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const whole = text.slice(0, length).toWellFormed();
  return `${whole.replace(/\s\S{0,30}$/, '')}…`;
}

function renderChange(viewer: Viewer, change: DryRunChange): [Markup, Markup] {
  const done = change.outcomes.filter(({ result }) => result === 'done');
  const heading = cut(shownText(viewer, change.title ?? ''), HEADING);
  const words = shownText(viewer, change.text);
  const text = cut(words, EXCERPT);
  return [
    html`<a href="/mentions/${change.documentId}">${heading || cut(words, HEADING) || '…'}</a> <small class="muted">${change.topicName}</small>${heading ? html`<br><small>${text}</small>` : ''}`,
    html`<ul class="plain">${done.map((outcome) => html`<li>${changeWords(viewer, outcome)}</li>`)}</ul>`,
  ];
}

/** What trying a rule on the past has shown. `alerts`: it would tell somebody. */
export function renderTried(viewer: Viewer, result: DryRunResult, alerts: boolean): Markup {
  const { t } = viewer;
  const { looked, total, matched, changed, ended } = result;
  const counts = {
    looked: number(viewer, looked),
    total: number(viewer, total),
    matched: number(viewer, matched),
    changed: number(viewer, changed),
  };
  const rows = result.sample.map((change) => renderChange(viewer, change));
  return html`<section class="card" id="tried"><h2>${t('rules.tried')}</h2>
    <p role="status">${t('rules.tried.seen', counts)} ${ended === 'time' || ended === 'limit' ? t(`rules.tried.${ended}`) : ''}</p>
    ${alerts ? html`<p class="muted">${t('rules.tried.alert')}</p>` : ''}
    ${result.actions.length > 0 ? renderCounts(viewer, result.actions) : ''}
    ${rows.length > 0 ? html`<h3>${t('rules.tried.sample')}</h3>` : ''}
    ${renderTable([t('rules.tried.mention'), t('rules.tried.change')], rows, t('rules.tried.nothing'))}</section>`;
}
