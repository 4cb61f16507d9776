import type { SentimentLabel } from '../../model/tag.ts';
import type { Language } from '../../model/user.ts';

const TEXTS = {
  subject: { ru: 'Молва, {rule}: {topic}, {site}', en: 'Molva, {rule}: {topic}, {site}' },
  subjectMany: { ru: 'Молва, {rule}: ещё {count} за час', en: 'Molva, {rule}: {count} more in an hour' },
  lead: { ru: 'Сработало правило «{rule}».', en: 'The rule “{rule}” has fired.' },
  leadMany: {
    ru: 'Правило «{rule}» срабатывало чаще, чем ему разрешено слать писем. С {from} до {to} таких упоминаний ещё {count}.',
    en: 'The rule “{rule}” fired more often than it may send mails. From {from} to {to} there were {count} more mentions.',
  },
  topic: { ru: 'Тема', en: 'Topic' },
  tone: { ru: 'Тон', en: 'Tone' },
  priority: { ru: 'Важность', en: 'Priority' },
  author: { ru: 'Автор', en: 'Author' },
  customer: { ru: 'Клиент', en: 'Customer' },
  tags: { ru: 'Метки', en: 'Tags' },
  open: { ru: 'Открыть в Молве', en: 'Open in Molva' },
  original: { ru: 'Открыть на сайте', en: 'Open on the site' },
  more: { ru: 'Остальные — в Молве.', en: 'The others are in Molva.' },
  why: {
    ru: 'Вы получили это письмо, потому что ваш адрес назван в правиле: {link}',
    en: 'You got this mail because the rule names your address: {link}',
  },
  negative: { ru: 'негативная', en: 'negative' },
  neutral: { ru: 'нейтральная', en: 'neutral' },
  positive: { ru: 'позитивная', en: 'positive' },
  unsure: { ru: 'не уверены', en: 'not sure' },
  low: { ru: 'низкая', en: 'low' },
  normal: { ru: 'обычная', en: 'normal' },
  high: { ru: 'высокая', en: 'high' },
  urgent: { ru: 'срочно', en: 'urgent' },
} as const satisfies Record<string, Record<Language, string>> & Record<SentimentLabel, unknown>;

export type AlertWord = keyof typeof TEXTS;

export function say(
  language: Language,
  word: AlertWord,
  values: Record<string, string | number> = {},
): string {
  return TEXTS[word][language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
