import { html, type Markup } from '../../src/lib/html.ts';
import type { Topic } from '../../src/model/topic.ts';
import type { Miss } from '../../src/store/recall-misses.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import { lengthOf } from '../sources/words.ts';
import { outside, time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { shownText } from '../views/private.ts';
import { renderFix } from './fix.ts';
import { renderSteps } from './steps.ts';

const MOST_SHOWN = 2000;

/** Who told us: a person, the command line or a planted post. */
export function reporterName({ t }: Viewer, { reportedBy }: Miss): string {
  return reportedBy === 'canary' ? t('recall.by.canary') : reportedBy;
}

function renderClosed(viewer: Viewer, { closedAt, closedBy, how, reportedAt, state }: Miss): Markup {
  const { t } = viewer;
  if (!closedAt) return html``;
  const words = [
    t(`recall.state.${state}`),
    how ? t(`recall.how.${how}`) : '',
    how === 'caught'
      ? t('recall.entry.took', { time: lengthOf(viewer, closedAt.getTime() - reportedAt.getTime()) })
      : '',
    closedBy === 'system' ? '' : closedBy,
  ].filter(Boolean);
  return html`<dt>${t('recall.entry.closed')}</dt><dd>${time(viewer, closedAt)}: ${words.join(', ')}</dd>`;
}

function renderFacts(viewer: Viewer, miss: Miss): Markup {
  const { t } = viewer;
  const times = miss.reports > 1 ? html`, ${t('recall.times', { n: miss.reports })}` : '';
  return html`<dl class="facts">
    <dt>${t('recall.entry.reported')}</dt><dd>${time(viewer, miss.reportedAt)}, ${reporterName(viewer, miss)}${times}</dd>
    <dt>${t('recall.stage.query')}</dt><dd>${miss.topicName ?? t('recall.topic.any')}</dd>
    <dt>${t('recall.entry.traced')}</dt><dd>${time(viewer, miss.tracedAt)}</dd>
    ${miss.nextTraceAt ? html`<dt>${t('recall.entry.next')}</dt><dd>${time(viewer, miss.nextTraceAt)}</dd>` : ''}
    ${renderClosed(viewer, miss)}</dl>`;
}

function plainButton(viewer: Viewer, miss: Miss, action: string, word: string, state = ''): Markup {
  const field = state === '' ? '' : html`<input type="hidden" name="state" value="${state}">`;
  return html`<form method="post" action="/recall/${miss.id}/${action}">${csrfField(viewer)}${field}<button>${word}</button></form>`;
}

function renderActions(viewer: Viewer, miss: Miss): Markup {
  const { t } = viewer;
  if (miss.state !== 'open')
    return html`<div class="actions">${plainButton(viewer, miss, 'state', t('recall.reopen'), 'open')}</div>`;
  return html`<div class="actions">${plainButton(viewer, miss, 'trace', t('recall.again'))}
    ${plainButton(viewer, miss, 'state', t('recall.done'), 'fixed')}
    ${plainButton(viewer, miss, 'state', t('recall.dismiss'), 'dismissed')}</div>`;
}

function renderText(viewer: Viewer, { trace, text }: Miss): Markup {
  const found = trace.found ?? (text === '' ? null : { title: null, text });
  if (!found) return html``;
  const shown = shownText(viewer, found.text.slice(0, MOST_SHOWN)).toWellFormed();
  return html`<details><summary>${viewer.t('recall.found')}</summary>${found.title ? html`<h3>${shownText(viewer, found.title)}</h3>` : ''}
    <p class="text">${shown}${shown.length < found.text.length ? '…' : ''}</p></details>`;
}

/** One entry of the ledger: the cause, what to do, and how it was found out. */
export function renderEntry(viewer: Viewer, miss: Miss, topics: readonly Topic[]): Markup {
  const { t } = viewer;
  const { trace, address, text } = miss;
  const what = address === '' ? html`«${shownText(viewer, text).slice(0, 200)}»` : outside(address, address);
  const mayAct = hasRight(viewer.user, 'mentions:work');
  const isCaught = trace.cause === 'caught';
  return html`<p><a href="/recall">← ${t('menu.recall')}</a></p><h1>${t('recall.entry', { id: miss.id })}</h1>
    <p>${what}</p>
    <section class="card" id="verdict"><h2>${miss.cause === 'caught' ? t('recall.verdict.caught') : html`${t('recall.cause')}: ${t(`recall.cause.${miss.cause}`)}`}</h2>
      <p>${t(`recall.advice.${trace.cause}`)}</p>
      ${mayAct || trace.fix?.kind === 'open-document' ? renderFix(viewer, miss, trace.fix, topics) : ''}</section>
    <h2>${t(isCaught ? 'recall.steps.caught' : 'recall.steps')}</h2>
    ${renderSteps(viewer, trace.steps)}
    ${renderText(viewer, miss)}
    ${renderFacts(viewer, miss)}
    ${mayAct ? renderActions(viewer, miss) : ''}`;
}
