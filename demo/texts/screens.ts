import type { IncomingMessage } from 'node:http';
import type { Language } from '../../src/model/user.ts';

/** Words of the two demo screens, the CRM and the mailbox. */
const SCREEN_TEXTS = {
  crmTitle: { ru: 'Учебная CRM', en: 'Practice CRM' },
  crmAbout: {
    ru: 'Сюда Молва присылает жалобы известных клиентов. Подпись каждого сообщения проверяется, повтор под тем же номером второй раз не показывается.',
    en: 'Molva sends the complaints of known customers here. The signature of every message is checked; a repeat under the same id is not shown twice.',
  },
  crmEmpty: {
    ru: 'Пока тихо. Обращение появится здесь, как только известный клиент пожалуется на людях.',
    en: 'Quiet so far. A case appears here as soon as a known customer complains in public.',
  },
  refused: { ru: 'отказано из-за подписи', en: 'refused for their signature' },
  cases: { ru: 'получено', en: 'received' },
  signature: { ru: '✓ подпись верна', en: '✓ signature valid' },
  times: { ru: 'доставлено раз', en: 'times delivered' },
  toPost: { ru: 'Открыть публикацию', en: 'Open the post' },
  toCase: { ru: 'Открыть в Молве', en: 'Open in Molva' },
  opened: { ru: 'открыто', en: 'opened' },
  due: { ru: 'ответить до', en: 'answer by' },
  arrived: { ru: 'пришло', en: 'arrived' },
  recognised: { ru: 'узнан по', en: 'recognised by' },
  severity: { ru: 'Важность', en: 'Severity' },
  reason: { ru: 'Причина', en: 'Reason' },
  boxTitle: { ru: 'Учебный почтовый ящик', en: 'Practice mailbox' },
  boxEmpty: {
    ru: 'Писем пока нет. Сводка придёт сюда, как только наступит её время или её отправят вручную.',
    en: 'No mail yet. The digest arrives here at its hour, or when somebody sends it by hand.',
  },
  allMails: { ru: 'Все письма', en: 'All mails' },
  textPart: { ru: 'Текстовая часть', en: 'Text part' },
  headers: { ru: 'Заголовки', en: 'Headers' },
  htmlPart: { ru: 'HTML-часть', en: 'HTML part' },
  noHtml: { ru: 'HTML-части нет', en: 'No HTML part' },
  from: { ru: 'От', en: 'From' },
  to: { ru: 'Кому', en: 'To' },
} as const satisfies Record<string, Record<Language, string>>;

export type Say = (key: keyof typeof SCREEN_TEXTS) => string;

export function screenLanguage(request: IncomingMessage): Language {
  return /^ru\b/i.test(request.headers['accept-language'] ?? '') ? 'ru' : 'en';
}

export function sayIn(language: Language): Say {
  return (key) => SCREEN_TEXTS[key][language];
}
