import { html, type Markup } from '../../src/lib/html.ts';
import { ROLES } from '../../src/model/rights.ts';
import { LANGUAGES } from '../../src/model/user.ts';
import type { ListedUser } from '../../src/store/users.ts';
import type { Viewer } from '../auth/session.ts';
import type { TextKey } from '../texts.ts';
import { csrfField } from './layout.ts';
import { renderMistakes } from './mistakes.ts';

/** What stood in the form when it was refused: nobody types it twice, save the password. */
export interface Typed {
  name: string;
  email: string;
}

export function renderNewUser(viewer: Viewer, mistakes: readonly TextKey[], typed: Typed): Markup {
  const { t } = viewer;
  return html`<section class="card"><h2>${t('user.add')}</h2>
    ${renderMistakes(mistakes.map((key) => t(key)))}
    <form method="post" action="/users" class="stack">${csrfField(viewer)}
      <label>${t('setup.name')}<input name="name" required maxlength="200" value="${typed.name}"></label>
      <label>${t('login.email')}<input type="email" name="email" autocomplete="off" required value="${typed.email}"></label>
      <label>${t('setup.password')}<input type="password" name="password" autocomplete="new-password" minlength="12" maxlength="256" required></label>
      <label>${t('user.role')}<select name="role">${ROLES.map((role) => html`<option value="${role}">${t(`role.${role}`)}</option>`)}</select></label>
      <label>${t('settings.language')}<select name="language">${LANGUAGES.map((code) => html`<option value="${code}">${t(`language.${code}`)}</option>`)}</select></label>
      <button class="primary">${t('user.add')}</button></form></section>`;
}

/** Nobody can lock himself out or lower himself: then nobody could let him in again. */
function isViewer(viewer: Viewer, user: ListedUser): boolean {
  return user.id === viewer.user?.id;
}

export function renderRole(viewer: Viewer, user: ListedUser): Markup {
  const { t } = viewer;
  const closed = user.disabledAt ? html`<p class="muted">${t('user.disabled')}</p>` : '';
  if (isViewer(viewer, user)) return html`${t(`role.${user.role}`)}`;
  const options = ROLES.map(
    (role) =>
      html`<option value="${role}"${role === user.role ? html` selected` : ''}>${t(`role.${role}`)}</option>`,
  );
  return html`<form method="post" action="/users/${user.id}/role" class="row">${csrfField(viewer)}<select name="role" aria-label="${t('user.role')}">${options}</select><button>${t('user.role.save')}</button></form>${closed}`;
}

export function renderAccess(viewer: Viewer, user: ListedUser): Markup {
  const { t } = viewer;
  if (isViewer(viewer, user)) return html`<span class="muted">${t('user.you')}</span>`;
  const word = t(user.disabledAt ? 'user.enable' : 'user.disable');
  return html`<form method="post" action="/users/${user.id}/access">${csrfField(viewer)}<button name="open" value="${user.disabledAt ? '1' : '0'}">${word}</button></form>`;
}

/** One's own password is changed on the settings page, where the present one is asked for. */
export function renderLinkButton(viewer: Viewer, user: ListedUser): Markup {
  if (user.disabledAt || isViewer(viewer, user)) return html``;
  return html`<form method="post" action="/users/${user.id}/link">${csrfField(viewer)}<button>${viewer.t('user.link')}</button></form>`;
}

/** The only time that the link is shown: the store has no more than its hash. */
export function renderLink({ t }: Viewer, email: string, url: string): Markup {
  return html`<div class="note done" role="status"><p>${t('user.link.made', { email })}</p><p><code>${url}</code></p></div>`;
}
