import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import type { ReplaySpan } from '../../src/store/deliveries.ts';
import type { Viewer } from '../auth/session.ts';
import { momentParam } from '../params.ts';
import { emptyWords } from '../views/empty.ts';
import { csrfField } from '../views/layout.ts';

/** As a browser's fields give it, on the viewer's clock. */
export interface ReplayForm {
  endpoint: string;
  from: string;
  to: string;
  also: boolean;
}

const moment = z.union([z.literal(''), z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)]).catch('');
const schema = z.object({
  endpoint: z.string().max(200).catch(''),
  from: moment,
  to: moment,
  also: z
    .literal('1')
    .optional()
    .catch(undefined)
    .transform((also) => also === '1'),
});

export function readReplayForm(sent: unknown): ReplayForm {
  return schema.parse(sent ?? {});
}

/** null: it ends before it begins, or there is no such receiver. */
export function spanOf({ zone }: Viewer, form: ReplayForm, endpoints: readonly string[]): ReplaySpan | null {
  const from = momentParam(form.from, zone);
  const to = momentParam(form.to, zone);
  if (!endpoints.includes(form.endpoint) || (from && to && from >= to)) return null;
  const states = form.also ? (['dead', 'delivered'] as const) : (['dead'] as const);
  return { endpoint: form.endpoint, from, to, states };
}

/** What the page answers to a span. */
export type ReplayAnswer = { count: number } | { mistake: true };

function renderConfirm(viewer: Viewer, form: ReplayForm, count: number): Markup {
  const { t } = viewer;
  const messages = t.count('messages', count);
  if (count === 0) return html`<p class="note" role="status">${t('replay.zero')}</p>`;
  const hidden = (name: string, value: string): Markup =>
    html`<input type="hidden" name="${name}" value="${value}">`;
  return html`<div class="note" role="status"><p><strong>${t('replay.would', { messages })}</strong></p>
    <p>${t('replay.will', { messages, endpoint: form.endpoint })}${form.also ? ` ${t('replay.also.warn')}` : ''}</p>
    <form method="post" action="/deliveries/replay">${csrfField(viewer)}${hidden('endpoint', form.endpoint)}${hidden('from', form.from)}${hidden('to', form.to)}${form.also ? hidden('also', '1') : ''}<button class="primary">${t('replay.yes')}</button></form></div>`;
}

/** The span, how many messages are in it, and only then the button. */
export function renderReplayForm(
  viewer: Viewer,
  form: ReplayForm,
  endpoints: readonly string[],
  answer: ReplayAnswer | null,
): Markup {
  const { t } = viewer;
  if (endpoints.length === 0)
    return html`<p class="empty">${emptyWords(viewer, t('replay.none'), { href: '/crm', words: t('empty.crm'), right: 'settings:edit' })}</p>`;
  const options = endpoints.map(
    (key) => html`<option value="${key}"${key === form.endpoint ? html` selected` : ''}>${key}</option>`,
  );
  const choice = (value: string, word: string, isChosen: boolean): Markup =>
    html`<label class="check"><input type="radio" name="also" value="${value}"${isChosen ? html` checked` : ''}> ${word}</label>`;
  const told =
    answer === null
      ? ''
      : 'mistake' in answer
        ? html`<p class="note bad" role="alert">${t('replay.mistake')}</p>`
        : renderConfirm(viewer, form, answer.count);
  return html`<p>${t('replay.lead')}</p>
    <form method="get" action="/deliveries/replay" class="stack">
      <label>${t('replay.endpoint')} <select name="endpoint">${options}</select></label>
      <label>${t('replay.from')} <input type="datetime-local" name="from" value="${form.from}"></label>
      <label>${t('replay.to')} <input type="datetime-local" name="to" value="${form.to}"></label>
      <p class="muted">${t('replay.open')}</p>
      ${choice('', t('replay.only'), !form.also)}${choice('1', t('replay.also'), form.also)}
      <button>${t('replay.count')}</button></form>${told}`;
}
