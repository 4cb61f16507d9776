import { safeHref } from '../../lib/html.ts';
import type { Mail } from '../../model/ports.ts';
import type { Language } from '../../model/user.ts';
import { oneLine } from '../digest/excerpt.ts';
import { type Notice, noticeMail } from '../mail/notice.ts';
import type { AlertPayload, AlertsPayload } from './alert-event.ts';
import { say } from './alert-texts.ts';

export interface AlertRecipient {
  email: string;
  language: Language;
  /** IANA. */
  zone: string;
}

const NAME = 80;
const TITLE = 160;
const EXCERPT = 600;
/** A foreign name may be an address; without its scheme mail programs make no link of it. */
function foreign(text: string, length: number): string {
  return oneLine(text, length).replace(/:\/\//g, ': //');
}

function siteOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : '';
}

function aboutOne(payload: AlertPayload, { language }: AlertRecipient): Notice {
  const { rule, mention, topic, customer, document, sentiment } = payload;
  const { author } = document;
  const facts: [string, string | null][] = [
    [say(language, 'topic'), foreign(topic.name, NAME)],
    [say(language, 'tone'), say(language, sentiment.label)],
    [say(language, 'priority'), mention.priority === 'normal' ? null : say(language, mention.priority)],
    [say(language, 'tags'), mention.tags.length > 0 ? mention.tags.join(', ') : null],
    [say(language, 'author'), author ? foreign(author.name ?? author.handle, NAME) : null],
    [
      say(language, 'customer'),
      customer ? foreign([customer.name, customer.tier].filter(Boolean).join(', '), NAME) : null,
    ],
  ];
  return {
    subject: say(language, 'subject', {
      rule: oneLine(rule.name, NAME),
      topic: oneLine(topic.name, NAME),
      site: siteOf(document.url),
    }),
    lead: say(language, 'lead', { rule: oneLine(rule.name, NAME) }),
    facts: facts.filter((fact): fact is [string, string] => fact[1] !== null),
    text: [document.title, document.text]
      .flatMap((part, at) => (part ? foreign(part, at === 0 ? TITLE : EXCERPT) : []))
      .join('\n'),
    links: [
      [mention.link, say(language, 'open')],
      [safeHref(document.url), say(language, 'original')],
    ],
    why: say(language, 'why', { link: rule.link }),
  };
}

function aboutMany(payload: AlertsPayload, { language, zone }: AlertRecipient): Notice {
  const { rule, count } = payload;
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', timeZone: zone });
  const name = oneLine(rule.name, NAME);
  const hours = { from: clock.format(new Date(payload.from)), to: clock.format(new Date(payload.to)) };
  return {
    subject: say(language, 'subjectMany', { rule: name, count }),
    lead: say(language, 'leadMany', { rule: name, count, ...hours }),
    facts: [],
    text: count > payload.mentions.length ? say(language, 'more') : '',
    links: payload.mentions.map(({ link, title, url, topic }) => [
      link,
      foreign(`${topic.name}: ${title ?? siteOf(url)}`, TITLE),
    ]),
    why: say(language, 'why', { link: rule.link }),
  };
}

/** The alert as a mail, in the recipient's language. `id`: of its delivery. */
export function alertMail(
  id: string,
  payload: AlertPayload | AlertsPayload,
  recipient: AlertRecipient,
  dashboardUrl: string,
): Mail {
  const content = 'mention' in payload ? aboutOne(payload, recipient) : aboutMany(payload, recipient);
  const { email: to, language } = recipient;
  return noticeMail(content, { id, to, language, list: 'alerts', dashboardUrl });
}
