import { html, type Markup } from '../../src/lib/html.ts';
import { API_SCOPES, type ApiToken } from '../../src/store/api-tokens.ts';
import type { Viewer } from '../auth/session.ts';
import { TEXTS, type TextKey } from '../texts.ts';
import { time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderMistakes } from '../views/mistakes.ts';
import { renderTable } from '../views/table.ts';

/** Days for which a token is good; '': until it is revoked. */
export const VALIDITIES = ['', '30', '90', '365'] as const;

/** What stood in the form when it was refused. */
export interface TypedToken {
  name: string;
  scopes: readonly string[];
  days: string;
}

/** In words, the name for machines beside it. */
function scopeWords({ t }: Viewer, scope: string): Markup {
  const key = `scope.${scope}`;
  return html`${key in TEXTS ? t(key as TextKey) : ''} <small class="muted">${scope}</small>`;
}

function stateOf(viewer: Viewer, token: ApiToken): Markup | string {
  const { t, now } = viewer;
  if (token.revokedAt) return html`${t('tokens.revoked')} ${time(viewer, token.revokedAt)}`;
  const isOver = token.expiresAt !== null && token.expiresAt <= now;
  return html`${isOver ? html`<p>${t('tokens.over')}</p>` : ''}<form method="post" action="/tokens/revoke">${csrfField(viewer)}<button name="name" value="${token.name}" aria-label="${t('tokens.revoke.one', { name: token.name })}">${t('tokens.revoke')}</button></form>`;
}

export function renderTokens(viewer: Viewer, tokens: readonly ApiToken[]): Markup {
  const { t } = viewer;
  const rows = tokens.map((token) => [
    token.name,
    html`<ul class="plain">${token.scopes.map((scope) => html`<li>${scopeWords(viewer, scope)}</li>`)}</ul>`,
    html`${time(viewer, token.createdAt)}${token.madeBy ? html`<br><small class="muted">${token.madeBy}</small>` : ''}`,
    token.lastUsedAt ? time(viewer, token.lastUsedAt) : t('tokens.never'),
    token.expiresAt ? time(viewer, token.expiresAt) : t('tokens.valid.always'),
    stateOf(viewer, token),
  ]);
  const head = ['name', 'scopes', 'made', 'used', 'until', 'state'] as const;
  return renderTable(
    head.map((word) => t(`tokens.${word}`)),
    rows,
    t('tokens.none'),
  );
}

export function renderNewToken(viewer: Viewer, mistakes: readonly TextKey[], typed: TypedToken): Markup {
  const { t } = viewer;
  const scopes = API_SCOPES.map(
    (scope) =>
      html`<label class="check"><input type="checkbox" name="scopes" value="${scope}"${typed.scopes.includes(scope) ? html` checked` : ''}> ${scopeWords(viewer, scope)}</label>`,
  );
  const validities = VALIDITIES.map(
    (days) =>
      html`<option value="${days}"${days === typed.days ? html` selected` : ''}>${days === '' ? t('tokens.valid.always') : t('tokens.valid.days', { n: days })}</option>`,
  );
  return html`<section class="card"><h2>${t('tokens.add')}</h2>${renderMistakes(mistakes.map((key) => t(key)))}
    <form method="post" action="/tokens" class="stack">${csrfField(viewer)}
      <label>${t('tokens.name')} <small class="muted">${t('tokens.name.help')}</small><input name="name" value="${typed.name}" maxlength="60" required></label>
      <fieldset class="choices"><legend>${t('tokens.scopes')}</legend>${scopes}</fieldset>
      <label>${t('tokens.valid')}<select name="days">${validities}</select></label>
      <button class="primary">${t('tokens.add')}</button></form></section>`;
}
