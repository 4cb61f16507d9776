import type { Language } from '../../src/model/user.ts';

type Wording = Record<Language, string>;

export const TALK_TEXTS = {
  'menu.talk': { ru: 'О чём говорят', en: 'Talk' },
  'talk.title': { ru: 'О чём говорят', en: 'What people talk about' },
  'talk.lead': {
    ru: 'Слова и словосочетания из упоминаний темы. Каждый автор и каждый сюжет считается один раз.',
    en: 'Words and phrases from the mentions of a topic. Each author and each story counts once.',
  },
  'talk.topic': { ru: 'Тема', en: 'Topic' },
  'talk.days': { ru: 'За последние', en: 'In the last' },
  'talk.days.1': { ru: 'сутки', en: 'day' },
  'talk.days.7': { ru: '7 дней', en: '7 days' },
  'talk.days.30': { ru: '30 дней', en: '30 days' },
  'talk.show': { ru: 'Показать', en: 'Show' },
  'talk.fresh': { ru: 'Что нового', en: 'What is new' },
  'talk.fresh.how': {
    ru: 'Чаще, чем {from} – {to}, и не случайно: ложная находка бывает самое большее в одном периоде из двадцати.',
    en: 'More than in {from} – {to}, and beyond chance: a false one comes in one period of twenty at most.',
  },
  'talk.fresh.none': {
    ru: 'Ничего нового: говорят о том же, что и {from} – {to}.',
    en: 'Nothing new: people say what they said in {from} – {to}.',
  },
  'talk.fresh.little': {
    ru: 'Пока мало, чтобы сравнивать: авторов и сюжетов сейчас {now}, до того {before}, а нужно хотя бы по 20.',
    en: 'Too little to compare yet: {now} authors and stories now, {before} before; 20 each are needed.',
  },
  'talk.key': { ru: 'Ключевые фразы', en: 'Key phrases' },
  'talk.key.how': {
    ru: 'Чем упоминания темы отличаются от остальных текстов того же времени.',
    en: 'What sets the mentions apart from all other texts of the time.',
  },
  'talk.key.none': {
    ru: 'Пока мало упоминаний: фраза попадает сюда, когда её повторили хотя бы трое.',
    en: 'Too few mentions yet: a phrase comes here once three people have said it.',
  },
  'talk.voices': { ru: 'авторов и сюжетов: {n}', en: 'authors and stories: {n}' },
  'talk.share': { ru: '{now}, было {before}', en: '{now}, before {before}' },
  'talk.share.how': {
    ru: 'Доля авторов и сюжетов за период и за время до него',
    en: 'Share of authors and stories in the period and in the time before it',
  },
  'talk.never': { ru: 'раньше не было', en: 'not said before' },
  'talk.longer': { ru: 'в том числе: {phrases}', en: 'also as: {phrases}' },
  'talk.examples': { ru: 'Примеры', en: 'Examples' },
  'talk.sample': {
    ru: 'Упоминаний много, прочитано {read} из {mentions}, равномерно за всё время; числа со знаком ≈ пересчитаны на все.',
    en: 'There are many mentions: {read} of {mentions} were read, spread evenly over the time; numbers with ≈ are scaled up to all.',
  },
  'talk.at': { ru: 'как было', en: 'as it was' },
  'talk.size': { ru: 'За период', en: 'In the period' },
} as const satisfies Record<string, Wording>;
