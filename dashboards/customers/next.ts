import { html, type Markup } from '../../src/lib/html.ts';
import type { NextStep } from '../../src/value/next-steps.ts';
import type { Viewer } from '../auth/session.ts';
import { distance, reasonName, time } from '../views/format.ts';
import type { CardFacts } from './facts.ts';
import { reasonWords } from './words.ts';

function renderDue(viewer: Viewer, { code, due }: NextStep): Markup {
  if (!due || code === 'answer-contact') return html``;
  const { t, now } = viewer;
  return due < now
    ? html` <strong class="late">${t('step.overdue')}, ${distance(viewer, due)}</strong>`
    : html` <span>${t('step.until', { when: '' })}${time(viewer, due)}</span>`;
}

function renderHead(viewer: Viewer, step: NextStep): Markup {
  const { code, values } = step;
  if (code === 'write-by' && values.hour !== '')
    return html`${reasonWords(viewer, 'step.write-by.hour', step)}`;
  if (code === 'offer' && values.channel !== '') return html`${reasonWords(viewer, 'step.offer.by', step)}`;
  const words = reasonWords(viewer, `step.${code}`, step);
  if (code === 'answer-case') return html`<a href="/cases/${values.id ?? ''}">${words}</a>`;
  return code === 'answer-posts' ? html`<a href="?kind=mention#timeline">${words}</a>` : html`${words}`;
}

function renderWhy(viewer: Viewer, step: NextStep): Markup {
  const { code, values, due } = step;
  if (code === 'answer-contact')
    return html`${viewer.t('step.answer-contact.why', { when: '' })}${time(viewer, due)}`;
  const named =
    code === 'answer-case'
      ? { ...step, values: { reason: reasonName(viewer, String(values.reason)) } }
      : step;
  return html`${reasonWords(viewer, `step.${code}.why`, named)}`;
}

/** What to do next, the most urgent first, each with its reason. */
export function renderNext(viewer: Viewer, { steps }: CardFacts): Markup {
  const items = steps.map(
    (step) =>
      html`<li><strong>${renderHead(viewer, step)}</strong>${renderDue(viewer, step)}<br><small class="muted">${renderWhy(viewer, step)}</small></li>`,
  );
  return html`<section class="card"><h2>${viewer.t('card.next')}</h2>${items.length > 0 ? html`<ol class="steps-next">${items}</ol>` : html`<p class="muted">${viewer.t('step.none')}</p>`}</section>`;
}
