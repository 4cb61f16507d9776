import { html, type Markup } from '../../src/lib/html.ts';
import type { Language } from '../../src/model/user.ts';
import type { Reply } from '../loopback.ts';
import type { ParsedMail } from '../mime.ts';
import { type Say, sayIn } from '../texts/screens.ts';
import { screen, shortTime } from './screen.ts';

export interface ReceivedMail extends ParsedMail {
  /** 1 for the first. */
  number: number;
  receivedAt: Date;
  /** Envelope. */
  recipients: string[];
}

/** All mails, the newest of them whole. */
export function mailListPage(mails: readonly ReceivedMail[], language: Language): Reply {
  const say = sayIn(language);
  const newest = mails.at(-1);
  const rows = [...mails]
    .reverse()
    .map(
      (mail) =>
        html`<li><a href="/mail/${mail.number}">${mail.subject || '—'}</a><br><span class="soft">${mail.recipients.join(', ')} · ${shortTime(mail.receivedAt, language)}</span></li>`,
    );
  const content = html`<h1>${say('boxTitle')}</h1>
${newest ? html`<ul class="mails">${rows}</ul>${mailBlock(newest, language, say)}` : html`<div class="card">${say('boxEmpty')}</div>`}`;
  return screen(language, `${say('boxTitle')} (${mails.length})`, content, newest ? 15 : 3);
}

export function mailPage(mail: ReceivedMail, language: Language): Reply {
  const say = sayIn(language);
  const content = html`<p><a href="/">← ${say('allMails')}</a></p>${mailBlock(mail, language, say)}`;
  return screen(language, mail.subject, content, null);
}

function mailBlock(mail: ReceivedMail, language: Language, say: Say): Markup {
  const headers = mail.headers.map(([name, value]) => `${name}: ${value}`).join('\n');
  return html`<section class="card">
<h2>${mail.subject}</h2>
<p class="soft">${say('from')}: ${mail.from}<br>${say('to')}: ${mail.to}<br>${shortTime(mail.receivedAt, language)}</p>
${mail.html === null ? html`<p>${say('noHtml')}</p>` : html`<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" src="/mail/${mail.number}.html" title="${say('htmlPart')}"></iframe>`}
<details><summary>${say('textPart')}</summary><pre>${mail.text ?? ''}</pre></details>
<details><summary>${say('headers')}</summary><pre>${headers}</pre></details>
</section>`;
}

/** The mail's own HTML: it runs nothing, loads nothing, and its links open elsewhere. */
export function mailFrame(mail: ReceivedMail): Reply {
  return {
    type: 'text/html; charset=utf-8',
    body: (mail.html ?? '').replace(/<head>/i, '<head><base target="_blank">'),
    headers: {
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  };
}
