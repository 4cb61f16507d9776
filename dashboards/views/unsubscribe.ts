import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import { renderLayout } from './layout.ts';

export function renderUnsubscribe(viewer: Viewer, state: 'ask' | 'done' | 'unknown', email: string): Markup {
  const { t } = viewer;
  const title = t('unsubscribe.title');
  const body =
    state === 'ask'
      ? html`<p>${t('unsubscribe.ask', { email })}</p><form method="post"><button class="primary">${t('unsubscribe.submit')}</button></form>`
      : html`<p>${t(state === 'done' ? 'unsubscribe.done' : 'unsubscribe.unknown')}</p>`;
  return renderLayout(viewer, {
    title,
    body: html`<section class="card narrow"><h1>${title}</h1>${body}</section>`,
  });
}
