import { html, type Markup } from '../../src/lib/html.ts';
import type { PausedEndpoint } from '../../src/store/endpoints.ts';
import type { SilentEndpoint } from '../../src/store/outages.ts';
import type { Viewer } from '../auth/session.ts';
import { time } from './format.ts';
import { csrfField } from './layout.ts';

/** What a page says of an attempt to let an endpoint go on. */
export interface ResumeAttempt {
  key: string;
  /** Why not; null: it goes on. */
  refusal: string | null;
}

function renderOne(
  viewer: Viewer,
  { key, at, reason, waiting }: PausedEndpoint,
  still: string | null,
): Markup {
  const { t } = viewer;
  const why =
    still === null ? html`<p>${reason}</p>` : html`<p role="alert">${t('paused.still')} ${still}</p>`;
  return html`<section class="note bad"><h2>${t('paused.title', { endpoint: key })}</h2>${why}
    <p>${t('paused.since')} ${time(viewer, at)}. ${t('paused.waiting', { messages: t.count('messages', waiting) })}</p>
    <p>${t('paused.todo')}</p>
    <form method="post" action="/deliveries/endpoints/${encodeURIComponent(key)}/resume">${csrfField(viewer)}<button class="primary">${t('paused.resume')}</button></form></section>`;
}

/** Endpoints that let nobody in, and what to do. Nothing where all is well. */
export function renderPausedEndpoints(
  viewer: Viewer,
  paused: readonly PausedEndpoint[],
  attempt: ResumeAttempt | null,
): Markup {
  const refusalOf = (key: string): string | null => (attempt?.key === key ? attempt.refusal : null);
  const done =
    attempt !== null && !paused.some(({ key }) => key === attempt.key)
      ? html`<p class="note done" role="status">${viewer.t('paused.done')}</p>`
      : '';
  return html`${done}${paused.map((one) => renderOne(viewer, one, refusalOf(one.key)))}`;
}

/** Endpoints that do not answer now: nothing is to be done, and nothing is lost. */
export function renderSilentEndpoints(viewer: Viewer, silent: readonly SilentEndpoint[]): Markup {
  const { t } = viewer;
  return html`${silent.map(
    ({ key, since, nextLookAt, failure, waiting }) =>
      html`<section class="note"><h2>${t('silent.title', { endpoint: key })}</h2>
      <p>${t('silent.since')} ${time(viewer, since)}. ${failure}</p>
      <p>${t('silent.next')} ${time(viewer, nextLookAt)}. ${t('silent.waiting', { messages: t.count('messages', waiting) })}</p></section>`,
  )}`;
}
