import { html } from '../../lib/html.ts';
import type { AlertWords } from '../../model/alert.ts';
import type { Mail } from '../../model/ports.ts';
import type { Language } from '../../model/user.ts';
import { automaticMail, noticePage } from '../mail/notice.ts';
import { sayAlert } from './words.ts';

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
  const why = from.alert ? sayAlert(language, 'why', from.alert) : '';
  const links: [string, string][] = [
    ...(from.take ? [[from.take, sayAlert(language, 'take')] as [string, string]] : []),
    ...words.links,
  ];
  const body = html`${words.lines.map((line) => html`<p style="margin:0 0 12px;">${line}</p>`)}
${links.map(([address, text]) => html`<p style="margin:0 0 8px;"><a href="${address}">${text}</a></p>`)}`;
  const text = [
    words.title,
    ...words.lines,
    links.map(([address, name]) => `${name}: ${address}`).join('\n'),
    why && `-- \n${why}`,
  ];
  return automaticMail(
    {
      subject: `Molva: ${words.title}`.slice(0, 200).toWellFormed(),
      html: noticePage({ subject: words.title, lead: words.title, why }, body, language),
      text: text.filter((part) => part !== '').join('\n\n'),
    },
    { id, to: email, list: 'alerts', dashboardUrl: from.dashboardUrl },
  );
}
