import type { Language } from '../../model/user.ts';

type Text = Record<Language, string>;
type Plural = Record<Language, Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** `{name}` is replaced by the value of that name. */
export const TEXTS = {
  product: { ru: 'Молва', en: 'Molva' },
  title: { ru: 'Сводка за день', en: 'Daily digest' },
  period: { ru: '{from} — {to}', en: '{from} – {to}' },
  zone: { ru: 'Время: {zone}', en: 'Times: {zone}' },
  subjectDay: { ru: 'Молва, {day}: {what}', en: 'Molva, {day}: {what}' },
  quietSubject: { ru: 'всё спокойно', en: 'all quiet' },
  troubleSubject: { ru: 'тихо, но {sources}', en: 'quiet, but {sources}' },
  quietTitle: { ru: 'Всё спокойно', en: 'All quiet' },
  troubleTitle: { ru: 'Тихо, но слышно не всё', en: 'Quiet, but not everything is heard' },
  quietText: {
    ru: 'За это время о ваших темах никто не писал, открытых обращений нет. Источники читаются как обычно.',
    en: 'Nobody wrote about your topics in this time and no case is open. All sources are being read as usual.',
  },
  quietTrouble: {
    ru: 'Новых упоминаний и открытых обращений нет. Но часть источников не читается, поэтому тишина может быть неполной.',
    en: 'No new mentions and no open cases. But some sources cannot be read, so the quiet may not be complete.',
  },
  duties: { ru: 'Ждут ответа', en: 'Waiting for an answer' },
  complaints: { ru: 'Жалобы, автор не опознан', en: 'Complaints, author not recognised' },
  topics: { ru: 'Темы', en: 'Topics' },
  news: { ru: 'Что нового в разговоре', en: 'New in the talk' },
  newsShare: {
    ru: '{now} авторов, неделей раньше {before}',
    en: '{now} of authors, {before} the week before',
  },
  newsNever: {
    ru: '{now} авторов, неделей раньше не было',
    en: '{now} of authors, not said the week before',
  },
  openNews: { ru: 'Посмотреть упоминания', en: 'See the mentions' },
  sources: { ru: 'Источники с ошибками', en: 'Sources with errors' },
  due: { ru: 'ответить до {at}', en: 'answer by {at}' },
  overdue: { ru: 'срок прошёл: {at}', en: 'overdue since {at}' },
  opened: { ru: 'открыто {at}', en: 'opened {at}' },
  openCase: { ru: 'Открыть обращение', en: 'Open the case' },
  openComplaint: { ru: 'Посмотреть', en: 'Have a look' },
  openDashboard: { ru: 'Открыть Молву', en: 'Open Molva' },
  more: { ru: 'И ещё {count} — в Молве', en: 'And {count} more in Molva' },
  lateCount: { ru: 'просрочено: {count}', en: '{count} late' },
  soonCount: { ru: 'в ближайшие сутки: {count}', en: '{count} due within a day' },
  laterCount: { ru: 'позже: {count}', en: '{count} due later' },
  late: { ru: 'ПРОСРОЧЕНО', en: 'LATE' },
  owner: { ru: 'ведёт {name}', en: 'with {name}' },
  nobody: { ru: 'никто не ведёт', en: 'nobody has taken it' },
  openReviews: { ru: 'Решить, кто это', en: 'Decide who they are' },
  changes: { ru: 'Что изменилось', en: 'What changed' },
  changesHint: {
    ru: 'Сравнение с теми же днями недели прежде.',
    en: 'Compared with the same weekdays before.',
  },
  changesNone: {
    ru: 'Всё в пределах обычного для этих дней недели.',
    en: 'All within what is usual on these weekdays.',
  },
  changesLittle: {
    ru: 'Пока мало истории, чтобы сказать, что обычно: {times} из {needed} таких отрезков. До тех пор показаны только числа.',
    en: 'Not enough history yet to say what is usual: {times} of {needed} such times. Until then there are only numbers.',
  },
  totalAbove: { ru: 'упоминаний больше обычного', en: 'more mentions than usual' },
  totalBelow: { ru: 'упоминаний меньше обычного', en: 'fewer mentions than usual' },
  negativeAbove: { ru: 'негатива больше обычного', en: 'more negative than usual' },
  negativeBelow: { ru: 'негатива меньше обычного', en: 'less negative than usual' },
  now: { ru: 'сейчас', en: 'now' },
  usually: { ru: 'обычно', en: 'usually' },
  usualRange: { ru: 'обычно {low}–{high}', en: 'usually {low}–{high}' },
  usualSame: { ru: 'обычно {low}', en: 'usually {low}' },
  usualLittle: {
    ru: 'мало истории для сравнения: {times} из {needed}',
    en: 'not enough history to compare: {times} of {needed}',
  },
  voice: { ru: 'Доли тем', en: 'Share of voice' },
  voiceUsual: { ru: 'обычно {share}', en: 'usually {share}' },
  stories: { ru: 'Сюжеты', en: 'Stories' },
  reach: {
    ru: 'охват ≈ {reach} (известен для {of} из {all})',
    en: 'reach ≈ {reach} (known of {of} of {all})',
  },
  reachUnknown: { ru: 'охват неизвестен', en: 'reach unknown' },
  storyAdded: { ru: 'из них за это время {count}', en: '{count} of them in this time' },
  openStory: { ru: 'Весь сюжет', en: 'The whole story' },
  readFirst: { ru: 'Прочитать', en: 'Read it' },
  say: { ru: 'Отметить', en: 'Mark as' },
  sayTone: { ru: 'не тот тон', en: 'wrong sentiment' },
  sayNotUs: { ru: 'не о нас', en: 'not us' },
  sayAnswered: { ru: 'ответили', en: 'answered' },
  noMentions: { ru: 'упоминаний нет', en: 'no mentions' },
  reportWeek: { ru: 'Отчёт за неделю', en: 'Weekly report' },
  reportMonth: { ru: 'Отчёт за месяц', en: 'Monthly report' },
  reportHand: { ru: 'Отчёт', en: 'Report' },
  reportSubject: { ru: 'Молва: {title}, {when}', en: 'Molva: {title}, {when}' },
  reportAll: { ru: 'Всего', en: 'In all' },
  openReport: { ru: 'Открыть отчёт', en: 'Open the report' },
  frozen: {
    ru: 'Числа такие, какими были в день составления, и больше не пересчитываются.',
    en: 'The numbers are as they were on the day of writing and are never worked out again.',
  },
  barsHint: { ru: 'Упоминания, после ▼ негатив из них.', en: 'Mentions, after ▼ the negative among them.' },
  byDays: { ru: 'По дням', en: 'By days' },
  bySteps: { ru: 'По отрезкам, дней в каждом: {days}', en: 'In steps of {days} days' },
  places: { ru: 'Где говорили', en: 'Where it was said' },
  work: { ru: 'Работа с обращениями', en: 'Work on cases' },
  workOpened: { ru: 'Открыто', en: 'Opened' },
  workAnswered: { ru: 'Отвечено', en: 'Answered' },
  workClosed: { ru: 'Закрыто', en: 'Closed' },
  workMissed: { ru: 'Срок прошёл без ответа', en: 'Deadline passed without an answer' },
  workMedian: { ru: 'До ответа, половина быстрее', en: 'Until the answer, half were faster' },
  workHours: { ru: '{hours} ч', en: '{hours} h' },
  workNone: { ru: 'ответов не было', en: 'none was answered' },
  untitled: { ru: 'Без заголовка', en: 'Untitled' },
  why: {
    ru: 'Это письмо приходит на {email}, потому что вы подписаны на сводку Молвы.',
    en: 'This mail goes to {email} because you are subscribed to the Molva digest.',
  },
  unsubscribe: { ru: 'Отписаться', en: 'Unsubscribe' },
} as const satisfies Record<string, Text>;

export const PLURALS = {
  dutyCount: {
    ru: { one: '{count} обращение ждёт', few: '{count} обращения ждут', other: '{count} обращений ждут' },
    en: { one: '{count} case waiting', other: '{count} cases waiting' },
  },
  complaintCount: {
    ru: { one: '{count} жалоба', few: '{count} жалобы', other: '{count} жалоб' },
    en: { one: '{count} complaint', other: '{count} complaints' },
  },
  mentionCount: {
    ru: { one: '{count} упоминание', few: '{count} упоминания', other: '{count} упоминаний' },
    en: { one: '{count} mention', other: '{count} mentions' },
  },
  reviewCount: {
    ru: {
      one: '{count} автор ждёт решения, клиент ли это',
      few: '{count} автора ждут решения, клиенты ли это',
      other: '{count} авторов ждут решения, клиенты ли это',
    },
    en: {
      one: '{count} author waits for a decision whether this is a customer',
      other: '{count} authors wait for a decision whether they are customers',
    },
  },
  lateCases: {
    ru: { one: '{count} просрочено', few: '{count} просрочено', other: '{count} просрочено' },
    en: { one: '{count} late', other: '{count} late' },
  },
  carrierCount: {
    ru: { one: '{count} публикация', few: '{count} публикации', other: '{count} публикаций' },
    en: { one: '{count} post', other: '{count} posts' },
  },
  placeCount: {
    ru: { one: 'в {count} источнике', few: 'в {count} источниках', other: 'в {count} источниках' },
    en: { one: 'in {count} source', other: 'in {count} sources' },
  },
  sourceCount: {
    ru: {
      one: '{count} источник не читается',
      few: '{count} источника не читаются',
      other: '{count} источников не читаются',
    },
    en: { one: '{count} source cannot be read', other: '{count} sources cannot be read' },
  },
} as const satisfies Record<string, Plural>;

/** Tone is never told by colour alone: a mark and a word go with it. */
export const TONES = {
  negative: { mark: '▼', ru: 'негатив', en: 'negative' },
  neutral: { mark: '■', ru: 'нейтрально', en: 'neutral' },
  positive: { mark: '▲', ru: 'позитив', en: 'positive' },
  unsure: { mark: '◇', ru: 'не уверены', en: 'not sure' },
} as const;

export const SEVERITIES = {
  1: { ru: 'лёгкая', en: 'mild' },
  2: { ru: 'серьёзная', en: 'serious' },
  3: { ru: 'срочная', en: 'urgent' },
} as const satisfies Record<number, Text>;

export const REASONS = {
  delivery: { ru: 'доставка', en: 'delivery' },
  price: { ru: 'деньги', en: 'money' },
  staff: { ru: 'сотрудники', en: 'staff' },
  quality: { ru: 'качество', en: 'quality' },
  service: { ru: 'обслуживание', en: 'service' },
  app: { ru: 'приложение', en: 'app' },
  fraud: { ru: 'обман', en: 'fraud' },
  other: { ru: 'другое', en: 'other' },
} as const satisfies Record<string, Text>;

export const TIER_NAMES = {
  MVC: { ru: 'самый ценный клиент', en: 'most valuable customer' },
  MGC: { ru: 'клиент с потенциалом', en: 'most growable customer' },
  BZC: { ru: 'убыточный клиент', en: 'below-zero customer' },
} as const satisfies Record<string, Text>;

export type TextKey = keyof typeof TEXTS;
export type PluralKey = keyof typeof PLURALS;
