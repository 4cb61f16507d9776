import { pick, type Random } from '../copies/grammar.ts';

/** What people write when an app breaks, in words that change from post to post. */
const PARTS = {
  ru: {
    what: [
      'приложение',
      'мобильное приложение',
      'ваше приложение',
      'приложение на айфоне',
      'их приложение',
      'приложение для андроида',
    ],
    fault: [
      'не работает',
      'вылетает',
      'опять вылетело',
      'не открывается',
      'зависает',
      'не запускается',
      'постоянно падает',
      'глючит',
      'не грузится',
    ],
    when: [
      'с утра',
      'после обновления',
      'второй день',
      'как обычно',
      'прямо на оплате',
      'с прошлой среды',
      'при входе',
      '',
    ],
    comment: [
      'кошмар',
      'почините уже',
      'у кого так же?',
      'что происходит',
      'удалила и поставила заново, толку ноль',
      'зла не хватает',
      '',
    ],
  },
  en: {
    what: ['the app', 'your app', 'the mobile app', 'app on my iphone', 'their app', 'the android app'],
    fault: [
      'crashes',
      'keeps crashing',
      "doesn't open",
      'is not working',
      'freezes',
      "won't start",
      'crashed again',
      'is broken',
    ],
    when: [
      'since this morning',
      'after the update',
      'for the second day',
      'as usual',
      'right at the payment',
      'since wednesday',
      '',
    ],
    comment: ['what a mess', 'please fix it', 'anyone else?', 'reinstalled it, no luck', 'so annoying', ''],
  },
} as const;

/** Any of these in a phrase says that the theme was found. */
export const THEME_WORDS =
  /приложени|вылет|открыва|завис|запуска|падает|глюч|груз|айфон|андроид|обновлен|crash|app\b|freez|iphone|android|open|broken|update|working|start/;

export function writeTheme(language: 'ru' | 'en', brand: string, random: Random): string {
  const { what, fault, when, comment } = PARTS[language];
  const told = [pick(random, what), pick(random, fault)];
  if (language === 'ru' && random() < 0.3) told.reverse();
  const sentence = [...told, pick(random, when)].filter(Boolean).join(' ');
  return [`${brand}, ${sentence}`, pick(random, comment)].filter(Boolean).join('. ');
}
