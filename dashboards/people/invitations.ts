import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import { ROLES } from '../../src/model/rights.ts';
import { LANGUAGES } from '../../src/model/user.ts';
import type { Invitation } from '../../src/store/invitations.ts';
import type { Team } from '../../src/store/teams.ts';
import type { Viewer } from '../auth/session.ts';
import { listSchema } from '../params.ts';
import { time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderTable } from '../views/table.ts';

export const inviteSchema = z.object({
  email: z.email(),
  name: z.string().trim().min(1).max(200),
  role: z.enum(ROLES),
  language: z.enum(LANGUAGES),
  teams: listSchema(z.coerce.number().int().positive()),
});

function option(value: string, words: string): Markup {
  return html`<option value="${value}">${words}</option>`;
}

export function renderInvite(viewer: Viewer, teams: readonly Team[]): Markup {
  const { t } = viewer;
  const boxes = teams.map(
    ({ id, name }) =>
      html`<label class="check"><input type="checkbox" name="teams" value="${id}"> ${name}</label>`,
  );
  return html`<section class="card"><h2>${t('invite.title')}</h2><p>${t('invite.lead')}</p>
    <form method="post" action="/users/invite" class="stack">${csrfField(viewer)}
      <label>${t('setup.name')}<input name="name" required maxlength="200"></label>
      <label>${t('login.email')}<input type="email" name="email" autocomplete="off" required></label>
      <label>${t('user.role')}<select name="role">${ROLES.map((role) => option(role, t(`role.${role}`)))}</select></label>
      ${teams.length > 0 ? html`<fieldset><legend>${t('teams.title')}</legend>${boxes}</fieldset>` : ''}
      <label>${t('settings.language')}<select name="language">${LANGUAGES.map((code) => option(code, t(`language.${code}`)))}</select></label>
      <button class="primary">${t('invite.make')}</button></form></section>`;
}

export function renderInvitations(viewer: Viewer, invitations: readonly Invitation[]): Markup {
  const { t } = viewer;
  if (invitations.length === 0) return html``;
  const rows = invitations.map((one) => [
    one.email,
    t(`role.${one.role}`),
    html`${time(viewer, one.invitedAt)}<br><small class="muted">${one.invitedBy}</small>`,
    one.until ? time(viewer, one.until) : t('invite.over'),
    html`<form method="post" action="/users/${one.id}/uninvite">${csrfField(viewer)}<button aria-label="${t('invite.back.one', { email: one.email })}">${t('invite.back')}</button></form>`,
  ]);
  const head = [t('user.email'), t('user.role'), t('invite.made'), t('invite.until'), t('invite.back')];
  return html`<h2>${t('invite.open')}</h2>${renderTable(head, rows, '')}`;
}

/** The only time that the link is shown; one's own mail program sends it, so that no queue keeps it. */
export function renderInvited({ t }: Viewer, email: string, url: string): Markup {
  const mail = `mailto:${encodeURIComponent(email)}?subject=${encodeURIComponent(t('invite.subject'))}&body=${encodeURIComponent(t('invite.body', { url }))}`;
  return html`<div class="note done" role="status"><p>${t('invite.done', { email })}</p><p><code>${url}</code></p><p><a href="${mail}">${t('invite.mail')}</a></p></div>`;
}
