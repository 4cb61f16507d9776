import type { CasePayload, WithdrawalPayload } from '../../model/case-payload.ts';

type Language = 'ru' | 'en';

const MAX_SUBJECT = 200;

const WORDS = {
  ru: {
    complaint: 'Жалоба в сети',
    severity: 'Острота',
    author: 'Автор',
    published: 'Опубликовано',
    due: 'Ответить до',
    tier: 'Ценность клиента',
    post: 'Публикация',
    molva: 'В Молве',
    withdrawn: 'Молва отозвала это обращение',
    not_the_customer: 'автор публикации — не этот клиент.',
    doubtful: 'уже нет уверенности, что автор публикации — этот клиент.',
    merged: 'оно стало частью другого обращения того же клиента.',
  },
  en: {
    complaint: 'Complaint in public',
    severity: 'Severity',
    author: 'Author',
    published: 'Published',
    due: 'Answer by',
    tier: 'Value of the customer',
    post: 'Post',
    molva: 'In Molva',
    withdrawn: 'Molva has withdrawn this case',
    not_the_customer: 'who wrote the post is not this customer.',
    doubtful: 'it is no longer certain that this customer wrote the post.',
    merged: 'it has become part of another case of the same customer.',
  },
} as const;

/** One line, at most 200 letters. */
export function caseSubject({ topic, document }: CasePayload, language: Language): string {
  const about = document.title ? `: ${document.title}` : '';
  return `${WORDS[language].complaint} — ${topic.name}${about}`
    .replace(/\s+/g, ' ')
    .slice(0, MAX_SUBJECT)
    .toWellFormed();
}

/** What was written, by whom, and until when to answer; plain text of several lines. */
export function caseText(payload: CasePayload, language: Language): string {
  const words = WORDS[language];
  const { case: c, customer, document } = payload;
  const { author } = document;
  const facts = [
    [words.severity, `${c.severity}/3`],
    [words.tier, customer.tier],
    [words.author, `${author.name ?? author.handle} (${author.site})`],
    [words.published, document.published_at],
    [words.due, c.due_at],
    [words.post, document.url],
    [words.molva, c.link],
  ].flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
  return `${document.text}\n\n${facts.join('\n')}`.toWellFormed();
}

export function withdrawalText({ case: c, reason }: WithdrawalPayload, language: Language): string {
  const words = WORDS[language];
  return `${words.withdrawn}: ${words[reason]}\n${words.molva}: ${c.link}`;
}

/** For vendors that take HTML: text from the web stays text. */
export function textToHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '<br>');
}
