import { html, type Markup } from '../../src/lib/html.ts';
import type { TraceStep } from '../../src/model/recall.ts';
import { HEALTH_STATES, type HealthState } from '../../src/model/source-health.ts';
import type { Viewer } from '../auth/session.ts';
import { kindName, lengthOf } from '../sources/words.ts';
import { TEXTS, type TextKey } from '../texts.ts';
import { outside, time } from '../views/format.ts';

const MARKS: Record<TraceStep['result'], string> = { ok: '✓', failed: '✕', unknown: '?', skipped: '–' };
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

function renderValue(viewer: Viewer, name: string, value: string | number): Markup {
  if (name.endsWith('Ms')) return html`${lengthOf(viewer, Number(value))}`;
  if (name === 'document' || name === 'copy') return html`<a href="/mentions/${value}">№ ${value}</a>`;
  if (name === 'source') return html`<a href="/sources/${value}">${value}</a>`;
  if (name === 'kind') return html`${kindName(viewer, String(value))}`;
  if (name === 'state' && HEALTH_STATES.includes(value as HealthState))
    return html`${viewer.t(`health.state.${value as HealthState}`)}`;
  if (name === 'url' || name === 'movedTo') return outside(String(value), String(value));
  if (ISO_TIME.test(String(value))) return time(viewer, new Date(value));
  return html`${value}`;
}

function renderFacts(viewer: Viewer, facts: TraceStep['facts']): Markup {
  const rows = Object.entries(facts).flatMap(([name, value]) => {
    const key = `recall.fact.${name}`;
    return key in TEXTS
      ? [html`<dt>${viewer.t(key as TextKey)}</dt><dd>${renderValue(viewer, name, value)}</dd>`]
      : [];
  });
  if (rows.length === 0) return html``;
  return html`<details><summary>${viewer.t('recall.facts')}</summary><dl class="facts">${rows}</dl></details>`;
}

function renderStep(viewer: Viewer, { stage, result, message, reasons, facts }: TraceStep): Markup {
  const { t, language } = viewer;
  const list =
    reasons.length > 0 ? html`<ul>${reasons.map((reason) => html`<li>${reason[language]}</li>`)}</ul>` : '';
  return html`<li class="step ${result}"><h3><span class="mark" title="${t(`recall.result.${result}`)}" aria-hidden="true">${MARKS[result]}</span> ${t(`recall.stage.${stage}`)} <small class="muted">${t(`recall.result.${result}`)}</small></h3>
    <p>${message[language]}</p>${list}${renderFacts(viewer, facts)}</li>`;
}

/** The way of a post, with the place where it ended marked. */
export function renderSteps(viewer: Viewer, steps: readonly TraceStep[]): Markup {
  return html`<ol class="steps">${steps.map((step) => renderStep(viewer, step))}</ol>`;
}
