import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import { renderLayout } from './layout.ts';

export function renderLogin(viewer: Viewer, { next, failed }: { next: string; failed: boolean }): Markup {
  const { t } = viewer;
  return renderLayout(viewer, {
    title: t('login.title'),
    body: html`<section class="card narrow"><h1>${t('login.title')}</h1>
      ${failed ? html`<p class="error" role="alert">${t('login.failed')}</p>` : ''}
      <form method="post" action="/login" class="stack">
        <input type="hidden" name="next" value="${next}">
        <label>${t('login.email')}<input type="email" name="email" autocomplete="username" required autofocus></label>
        <label>${t('login.password')}<input type="password" name="password" autocomplete="current-password" required></label>
        <button class="primary">${t('login.submit')}</button>
      </form></section>`,
  });
}
