import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import { renderLayout } from './layout.ts';

interface Asked {
  /** Of the half login. null: it is over, and one begins again. */
  token: string | null;
  next: string;
  failed: boolean;
}

/** The second page of a login. */
export function renderLoginCode(viewer: Viewer, { token, next, failed }: Asked): Markup {
  const { t } = viewer;
  const title = t('factor.login.title');
  const form = html`<p>${t('factor.login.lead')}</p>
      ${failed ? html`<p class="error" role="alert">${t('factor.login.failed')}</p>` : ''}
      <form method="post" action="/login/code" class="stack">
        <input type="hidden" name="next" value="${next}"><input type="hidden" name="token" value="${token}">
        <label>${t('factor.code')}<input name="code" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" maxlength="40" required autofocus></label>
        <button class="primary">${t('login.submit')}</button>
      </form>`;
  const over = html`<p class="error" role="alert">${t('factor.login.over')}</p>`;
  return renderLayout(viewer, {
    title,
    body: html`<section class="card narrow"><h1>${title}</h1>${token === null ? over : form}<p><a href="/login">${t('factor.login.again')}</a></p></section>`,
  });
}
