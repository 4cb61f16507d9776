import type { Language } from '../../src/model/user.ts';

type Wording = Record<Language, string>;

export const FEED_TEXTS = {
  'menu.feeds': { ru: 'Ленты и ссылки', en: 'Feeds and links' },
  'feeds.lead': {
    ru: 'Адреса, по которым читают без входа в Молву: программа для лент, календарь, сайт совета директоров. Кто знает адрес, тот читает, поэтому давайте его только тем, кому можно. Адрес показывается один раз; отозвать его можно всегда.',
    en: 'Addresses that are read without logging in to Molva: by a feed reader, a calendar, the board’s site. Whoever knows an address can read, so give it only to those who may. An address is shown once; it can be revoked at any time.',
  },
  'feeds.searches': { ru: 'Сохранённые поиски', en: 'Saved searches' },
  'feeds.searches.what': {
    ru: 'Новые публикации поиска приходят в программу для лент. Телефоны и почта в тексте закрыты точками, о клиентах ничего нет.',
    en: 'New posts of a search come to your feed reader. Phones and e-mail in texts are dotted out, and nothing is told of customers.',
  },
  'feeds.searches.none': {
    ru: 'Сохранённых поисков пока нет. Найдите что-нибудь на странице «Упоминания» и сохраните поиск: он появится здесь.',
    en: 'No saved searches yet. Find something on the page Mentions and save the search: it will appear here.',
  },
  'feeds.search': { ru: 'Поиск', en: 'Search' },
  'feeds.owner': { ru: 'Чей', en: 'Whose' },
  'feeds.make': { ru: 'Сделать ленту', en: 'Make a feed' },
  'feeds.calendar': { ru: 'Сроки в календаре', en: 'Due times in your calendar' },
  'feeds.calendar.what': {
    ru: 'До какого времени ответить по вашим обращениям и сдержать обещания. В событии только номер обращения и тема.',
    en: 'By when your cases are to be answered and promises to be kept. An event tells the number of the case and the topic only.',
  },
  'feeds.calendar.make': { ru: 'Сделать адрес календаря', en: 'Make a calendar address' },
  'feeds.calendar.name': { ru: 'Молва: сроки', en: 'Molva: due times' },
  'feeds.due.answer': {
    ru: 'Ответить по обращению № {id} ({topic})',
    en: 'Answer case {id} ({topic})',
  },
  'feeds.due.promise': {
    ru: 'Сдержать обещание по обращению № {id} ({topic})',
    en: 'Keep the promise of case {id} ({topic})',
  },
  'feeds.reports': { ru: 'Отчёт по ссылке', en: 'A report by a link' },
  'feeds.reports.what': {
    ru: 'Отчёт таким, каким он был записан, без входа и без данных о клиентах. Можно встроить в страницы сайтов, названных в файле настроек (web.embed_in).',
    en: 'The report as it was written, without a login and without data of customers. It can be embedded in pages of the sites that the configuration names (web.embed_in).',
  },
  'feeds.reports.none': {
    ru: 'Отчётов пока нет: их пишут по расписанию или вручную на странице «Отчёты».',
    en: 'No reports yet: they are written by schedule, or by hand on the page Reports.',
  },
  'feeds.report': { ru: 'Отчёт', en: 'Report' },
  'feeds.report.good': { ru: 'Работает', en: 'Good for' },
  'feeds.report.make': { ru: 'Сделать ссылку', en: 'Make a link' },
  'feeds.made': {
    ru: 'Готово. Скопируйте адрес сейчас: больше он не покажется.',
    en: 'Done. Copy the address now: it is not shown again.',
  },
  'feeds.full': {
    ru: 'У вас уже сто действующих адресов. Отзовите ненужные и попробуйте снова.',
    en: 'You have a hundred addresses that are good. Revoke some that are not needed, and try again.',
  },
  'feeds.links': { ru: 'Выданные адреса', en: 'Addresses given out' },
  'feeds.links.none': { ru: 'Адресов пока не выдавали.', en: 'No addresses were given out yet.' },
  'feeds.what': { ru: 'Что', en: 'What' },
  'feeds.kind.feed': { ru: 'Лента', en: 'Feed' },
  'feeds.kind.calendar': { ru: 'Календарь', en: 'Calendar' },
  'feeds.kind.report': { ru: 'Отчёт', en: 'Report' },
  'feeds.created': { ru: 'Выдан', en: 'Given out' },
  'feeds.read': { ru: 'Читали', en: 'Last read' },
  'feeds.read.never': { ru: 'ещё нет', en: 'not yet' },
  'feeds.until': { ru: 'Действует', en: 'Good until' },
  'feeds.until.revoked': { ru: 'пока не отзовут', en: 'it is revoked' },
  'feeds.revoked': { ru: 'отозван', en: 'revoked' },
  'feeds.expired': { ru: 'истёк', en: 'expired' },
  'feeds.revoke': { ru: 'Отозвать', en: 'Revoke' },
  'feeds.revoke.done': {
    ru: 'Адрес отозван: по нему больше ничего не читается.',
    en: 'The address is revoked: nothing is read by it any more.',
  },
} as const satisfies Record<string, Wording>;
