import type { Response } from 'express';
import { withoutPersonalLinks } from '../../src/act/digest/action-link.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';

/** A mail's own styles are inline; nothing in it may run or be fetched. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** Its links open beside the page: inside the frame our own pages refuse to be shown. Links that are its reader's own are dead here. */
export function sendMailPart(res: Response, mail: string): void {
  res.set('content-security-policy', MAIL_POLICY).removeHeader('x-frame-options');
  res.type('html').send(withoutPersonalLinks(mail).replace(/<head>/i, '<head><base target="_blank">'));
}

/** A mail as its reader sees it, and its text part. */
export function renderMail(
  { t }: Viewer,
  { address, subject, text }: { address: string; subject: string; text: string },
): Markup {
  return html`<iframe class="mail" src="${address}" title="${subject}" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
    <p class="muted">${t('digest.links')}</p>
    <details><summary>${t('digest.text')}</summary><pre class="mail-text">${withoutPersonalLinks(text)}</pre></details>`;
}
