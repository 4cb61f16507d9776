import { html } from '../../lib/html.ts';
import type { AlertWords } from '../../model/alert.ts';
import type { Mail } from '../../model/ports.ts';
import type { Language } from '../../model/user.ts';
import { sayAlert } from './words.ts';

const STYLE =
  "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;font-size:15px;line-height:22px;max-width:600px;";

export interface MailTo {
  email: string;
  language: Language;
}

/** An incident as a mail. `take`: a page on which it can be acknowledged. `id`: of the delivery. */
export function incidentMail(
  id: string,
  words: AlertWords,
  { email, language }: MailTo,
  from: { alert: { name: string; link: string } | null; take: string | null; dashboardUrl: string },
): Mail {
  const host = new URL(from.dashboardUrl).hostname;
  const why = from.alert ? sayAlert(language, 'why', from.alert) : '';
  const links: [string, string][] = [
    ...(from.take ? [[from.take, sayAlert(language, 'take')] as [string, string]] : []),
    ...words.links,
  ];
  const page = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${words.title}</title></head>
<body style="margin:0;padding:16px;"><div style="${STYLE}">
<p style="margin:0 0 12px;"><strong>${words.title}</strong></p>
${words.lines.map((line) => html`<p style="margin:0 0 12px;">${line}</p>`)}
${links.map(([address, text]) => html`<p style="margin:0 0 8px;"><a href="${address}">${text}</a></p>`)}
<p style="margin:24px 0 0;font-size:13px;line-height:18px;color:#5b6370;">${why}</p>
</div></body></html>
`;
  const text = [
    words.title,
    ...words.lines,
    links.map(([address, name]) => `${name}: ${address}`).join('\n'),
    why && `-- \n${why}`,
  ];
  return {
    messageId: `<${id}@${host}>`,
    to: email,
    subject: `Molva: ${words.title}`.slice(0, 200).toWellFormed(),
    html: page.value,
    text: text.filter((part) => part !== '').join('\n\n'),
    headers: { 'List-Id': `Molva alerts <alerts.${host}>`, 'Auto-Submitted': 'auto-generated' },
  };
}
