import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import { renderLayout } from './layout.ts';

/** `email`: whose password it sets; null for a link that does not work any more. */
export function renderPasswordLink(
  viewer: Viewer,
  { email, refused }: { email: string | null; refused: boolean },
): Markup {
  const { t } = viewer;
  const title = t('password.title');
  if (email === null)
    return renderLayout(viewer, {
      title,
      body: html`<section class="card narrow"><h1>${title}</h1><p>${t('password.invalid')}</p></section>`,
    });
  // The read-only address lets the browser's password store know whose password this is.
  return renderLayout(viewer, {
    title,
    body: html`<section class="card narrow"><h1>${title}</h1><p>${t('password.lead')}</p>
      ${refused ? html`<p class="error" role="alert">${t('setup.mistake.password')}</p>` : ''}
      <form method="post" class="stack">
        <label>${t('login.email')}<input type="email" autocomplete="username" readonly value="${email}"></label>
        <label>${t('setup.password')}<input type="password" name="password" autocomplete="new-password" minlength="12" maxlength="256" required autofocus></label>
        <button class="primary">${t('password.submit')}</button>
      </form></section>`,
  });
}
