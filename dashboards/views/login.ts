import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import type { TextKey } from '../texts.ts';
import { renderLayout } from './layout.ts';

export interface LoginView {
  /** Where one goes then. */
  next: string;
  /** What went wrong; null at first. */
  failed: TextKey | null;
  /** How the company's login server is called; null: there is none. */
  openId: string | null;
}

/** A link, not a form: the Content-Security-Policy lets forms go nowhere else, not even by way of us. */
function renderElsewhere({ t }: Viewer, name: string, next: string): Markup {
  const query = new URLSearchParams({ next });
  return html`<p><a class="button primary wide" href="/login/openid?${query.toString()}">${t('login.openid', { name })}</a></p>
    <p class="muted">${t('login.openid.or')}</p>`;
}

export function renderLogin(viewer: Viewer, { next, failed, openId }: LoginView): Markup {
  const { t } = viewer;
  return renderLayout(viewer, {
    title: t('login.title'),
    body: html`<section class="card narrow"><h1>${t('login.title')}</h1>
      ${failed ? html`<p class="error" role="alert">${t(failed)}</p>` : ''}
      ${openId ? renderElsewhere(viewer, openId, next) : ''}
      <form method="post" action="/login" class="stack">
        <input type="hidden" name="next" value="${next}">
        <label>${t('login.email')}<input type="email" name="email" autocomplete="username" required${openId ? '' : html` autofocus`}></label>
        <label>${t('login.password')}<input type="password" name="password" autocomplete="current-password" required></label>
        <button${openId ? '' : html` class="primary"`}>${t('login.submit')}</button>
      </form></section>`,
  });
}
