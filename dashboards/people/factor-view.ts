import encodeQR from 'qr';
import { html, type Markup } from '../../src/lib/html.ts';
import { otpauthUri, toBase32 } from '../../src/lib/totp.ts';
import type { SecondFactor } from '../../src/store/second-factors.ts';
import type { Viewer } from '../auth/session.ts';
import type { TextKey } from '../texts.ts';
import { time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';

/** Empty squares around the code, by which cameras find it. */
const MARGIN = 4;

/** A picture that holds the text; black on white in the dark too, for cameras. */
export function renderQr(text: string, label: string): Markup {
  const rows = encodeQR(text, 'raw', { border: MARGIN });
  const dots = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  const size = rows.length;
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" width="232" height="232" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#ffffff"></rect><path fill="#000000" d="${dots.join('')}"></path></svg>`;
}

function passwordForm(viewer: Viewer, action: string, words: TextKey): Markup {
  const { t } = viewer;
  return html`<form method="post" action="/second-factor/${action}" class="stack narrow">${csrfField(viewer)}
    <input type="email" autocomplete="username" value="${viewer.user?.email}" hidden>
    <label>${t('password.present')}<input type="password" name="present" autocomplete="current-password" maxlength="256" required></label>
    <button>${t(words)}</button></form>`;
}

/** None is in force. */
export function renderOff(viewer: Viewer, isRequired: boolean): Markup {
  const { t } = viewer;
  const must = isRequired ? html`<p class="note">${t('factor.required')}</p>` : '';
  return html`${must}<p>${t('factor.lead')}</p>${passwordForm(viewer, 'begin', 'factor.begin')}`;
}

/** The only time that the secret is shown. */
export function renderBegun(viewer: Viewer, secret: Buffer, failed: boolean): Markup {
  const { t, user } = viewer;
  const uri = otpauthUri(secret, 'Molva', user?.email ?? '');
  const key = (toBase32(secret).match(/.{4}/g) ?? []).join(' ');
  return html`${failed ? html`<p class="error" role="alert">${t('factor.confirm.failed')}</p>` : ''}
    <ol><li><p>${t('factor.scan')}</p>${renderQr(uri, t('factor.qr'))}
      <p><a href="${uri}">${t('factor.open')}</a></p><p>${t('factor.key')} <code>${key}</code></p></li>
    <li><form method="post" action="/second-factor/confirm" class="stack narrow">${csrfField(viewer)}
      <label>${t('factor.confirm.code')}<input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10" required autofocus></label>
      <button class="primary">${t('factor.confirm')}</button></form></li></ol>`;
}

/** The only time that they are shown. */
export function renderCodes({ t }: Viewer, codes: readonly string[]): Markup {
  return html`<div class="note done" role="status"><p>${t('factor.codes.made')}</p><ul class="plain">${codes.map((code) => html`<li><code>${code}</code></li>\n`)}</ul></div>`;
}

/** One is in force. */
export function renderOn(viewer: Viewer, factor: SecondFactor, isRequired: boolean): Markup {
  const { t } = viewer;
  const off = isRequired
    ? html`<p class="note">${t('factor.required')}</p>`
    : passwordForm(viewer, 'off', 'factor.off');
  return html`<p>${t('factor.since')} ${time(viewer, factor.confirmedAt)}. ${t('factor.codes.left', { n: factor.codes })}</p>
    <h2>${t('factor.codes.new')}</h2><p>${t('factor.codes.new.help')}</p>${passwordForm(viewer, 'codes', 'factor.codes.new')}
    <h2>${t('factor.off')}</h2>${off}`;
}
