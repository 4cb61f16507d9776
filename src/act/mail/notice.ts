import { html, type Markup } from '../../lib/html.ts';
import type { Mail } from '../../model/ports.ts';
import type { Language } from '../../model/user.ts';

/** A short mail about one thing: what happened, what is known of it, where to go, and why one got it. */
export interface Notice {
  subject: string;
  lead: string;
  /** Name and value. */
  facts: readonly (readonly [string, string])[];
  /** Paragraphs parted by `\n`; may be empty. */
  text: string;
  /** Address and words. */
  links: readonly (readonly [string, string])[];
  why: string;
}

const STYLE =
  "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;font-size:15px;line-height:22px;max-width:600px;";

function textPart({ lead, facts, text, links, why }: Notice): string {
  return [
    lead,
    facts.map(([name, value]) => `${name}: ${value}`).join('\n'),
    text,
    links.map(([address, words]) => `${words}: ${address}`).join('\n'),
    `-- \n${why}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function lines(parts: readonly Markup[]): Markup {
  return html`${parts.map((part, at) => html`${at === 0 ? '' : html`<br>`}${part}`)}`;
}

/** The page of a short mail about one thing: the lead, what follows it, and small at the end why one got it. */
export function noticePage(
  { subject, lead, why }: Pick<Notice, 'subject' | 'lead' | 'why'>,
  body: Markup,
  language: Language,
): string {
  const page = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${subject}</title></head>
<body style="margin:0;padding:16px;"><div style="${STYLE}">
<p style="margin:0 0 12px;"><strong>${lead}</strong></p>
${body}
<p style="margin:24px 0 0;font-size:13px;line-height:18px;color:#5b6370;">${why}</p>
</div></body></html>
`;
  return page.value;
}

function bodyOf({ facts, text, links }: Notice): Markup {
  return html`${facts.length === 0 ? '' : html`<p style="margin:0 0 12px;">${lines(facts.map(([name, value]) => html`${name}: <strong>${value}</strong>`))}</p>`}
${text === '' ? '' : html`<p style="margin:0 0 12px;">${lines(text.split('\n').map((line) => html`${line}`))}</p>`}
<p style="margin:0 0 12px;">${lines(links.map(([address, words]) => html`<a href="${address}">${words}</a>`))}</p>`;
}

/** `list`: what it belongs to, in a word, for filters of mail programs. */
export interface NoticeTo {
  /** Of the delivery. */
  id: string;
  to: string;
  language: Language;
  list: string;
  dashboardUrl: string;
}

/** A mail that no person wrote. */
export function automaticMail(
  parts: Pick<Mail, 'subject' | 'html' | 'text'>,
  { id, to, list, dashboardUrl }: Omit<NoticeTo, 'language'>,
): Mail {
  const host = new URL(dashboardUrl).hostname;
  return {
    messageId: `<${id}@${host}>`,
    to,
    ...parts,
    headers: { 'List-Id': `Molva ${list} <${list}.${host}>`, 'Auto-Submitted': 'auto-generated' },
  };
}

export function noticeMail(notice: Notice, to: NoticeTo): Mail {
  const page = noticePage(notice, bodyOf(notice), to.language);
  return automaticMail({ subject: notice.subject, html: page, text: textPart(notice) }, to);
}
