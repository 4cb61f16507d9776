import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import { TEXTS, type TextKey } from '../texts.ts';
import { renderLayout } from './layout.ts';
import { renderMistakes } from './mistakes.ts';

export interface SetupView {
  valid: boolean;
  /** Names of the fields that are wrong. */
  mistakes: readonly string[];
  email: string;
  name: string;
}

export function renderSetup(viewer: Viewer, { valid, mistakes, email, name }: SetupView): Markup {
  const { t } = viewer;
  const title = t('setup.title');
  if (!valid)
    return renderLayout(viewer, {
      title,
      body: html`<section class="card narrow"><h1>${title}</h1><p>${t('setup.invalid')}</p></section>`,
    });
  const words = mistakes
    .map((field) => `setup.mistake.${field}`)
    .filter((key): key is TextKey => key in TEXTS);
  return renderLayout(viewer, {
    title,
    body: html`<section class="card narrow"><h1>${title}</h1><p>${t('setup.lead')}</p>
      ${renderMistakes(words.map((key) => t(key)))}
      <form method="post" class="stack">
        <label>${t('setup.name')}<input name="name" autocomplete="name" required maxlength="200" value="${name}" autofocus></label>
        <label>${t('login.email')}<input type="email" name="email" autocomplete="username" required value="${email}"></label>
        <label>${t('setup.password')}<input type="password" name="password" autocomplete="new-password" minlength="12" maxlength="256" required></label>
        <button class="primary">${t('setup.submit')}</button>
      </form></section>`,
  });
}
