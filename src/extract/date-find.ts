import * as chronoEn from 'chrono-node/en';
import * as chronoRu from 'chrono-node/ru';
import * as chronoUk from 'chrono-node/uk';
import { findDuration } from './date-duration.ts';
import { monthOf } from './date-words.ts';
import type { DateContext } from './dates.ts';

export interface FindContext extends DateContext {
  /** Take a day without a year, or a lone weekday, for the next one; else the nearest. */
  isForward?: boolean;
}

const MAX_CHARS = 2000;

/** Belarusian, as chrono's Russian reads it. */
const BELARUSIAN: readonly [RegExp, string][] = [
  [/(?<![а-яў])(?:сёння|сення)(?![а-яў])/g, 'сегодня'],
  [/(?<![а-яў])(?:учора|ўчора)(?![а-яў])/g, 'вчера'],
  [/(?<![а-яў])(?:пазаўчора|заўчора)(?![а-яў])/g, 'позавчера'],
  [/(?<![а-яў])заўтра(?![а-яў])/g, 'завтра'],
  [/(?<![а-яў])паслязаўтра(?![а-яў])/g, 'послезавтра'],
  [/студзен[ья]/g, 'января'],
  [/лют(?:ы|ага)(?![а-яў])/g, 'февраля'],
  [/сакавіка?/g, 'марта'],
  [/красавіка?/g, 'апреля'],
  [/траў(?:ня|ень)|(?<![а-яў])май(?![а-яў])/g, 'мая'],
  [/чэрвен[ья]/g, 'июня'],
  [/ліпен[ья]/g, 'июля'],
  [/жні(?:ўня|вень)/g, 'августа'],
  [/верас(?:ня|ень)/g, 'сентября'],
  [/кастрычніка?/g, 'октября'],
  [/лістапада?/g, 'ноября'],
  [/снеж(?:ня|ань)/g, 'декабря'],
  [/панядзел(?:ак|ка)/g, 'понедельник'],
  [/аўтор(?:ак|ка)/g, 'вторник'],
  [/серад[ау]/g, 'среда'],
  [/чацв(?:ер|ярга)/g, 'четверг'],
  [/пятніц[ау]/g, 'пятница'],
  [/субот[ау]/g, 'суббота'],
  [/нядзел[яю]/g, 'воскресенье'],
  [/(?<![а-яў])нд(?![а-яў])/g, 'вс'],
];
const IS_BELARUSIAN =
  /ў|(?<![а-я])(?:сёння|сення|учора|заўтра|студзен|лют(?:ы|ага)|сакаві|красаві|чэрвен|ліпен|жні|верас(?:ня|ень)|кастрычні|лістапад|снеж|панядзел|чацв|пятніц|нядзел|тыдз|тыдн|гадзін|хвілін)/;

/** Ways to write what chrono knows otherwise. */
const REWRITES: readonly [RegExp, string][] = [
  [/[[\]]/g, ' '],
  [/(\d{4})\s*(?:г\.?|года|год|р\.?|року|year)(?=[\s,]|$)/g, '$1'],
  [/(?<=^|[\s,])(?:пнд|втр|срд|чтв|птн|сбт|вск)\.?,?\s+(?=\d)/g, ''],
  [/(\d{1,2})h(\d{2})(?!\d)/g, '$1:$2'],
  [
    /(?<=(?:^|\s)[увоa] )(\d{1,2})\s*(?:годин[аиу]?|гадзін[аыу]?|час(?:а|ов)?)\s+(\d{1,2})\s*(?:хвилин[аиу]?|хвілін[аыу]?|минут[аыу]?)/g,
    '$1:$2',
  ],
  [/(?<=\d{4} )[ув] (?=\d{1,2}:)/g, ''],
  [/\btill date\b/g, 'today'],
  [/\b(?:the )?day after tomorrow\b/g, 'in 2 days'],
  [/\blast decade\b/g, 'a decade ago'],
  [/\bnext decade\b/g, 'in a decade'],
  [/(?<![а-яіїєґ])(?:сьогодні|сегодня) (?:вночі|ночью)/g, 'цієї ночі'],
];

const NAMED_ISO = /(\d{4})[-/]([а-яіїєґa-z]{3,9})[-/](\d{1,2})(?!\d)/;
/** Day, month and year parted by points, a blank behind one of them; perhaps a time with a point. */
const POINTED = /(?<![\d.])(\d{1,2})\.\s+(\d{1,2})\.\s?(\d{4}|\d{2})(?![\d.])(?:\s+(\d{1,2})[.:](\d{2}))?/;

/** «21 чер 2013», «Авг 26, 2015»: chrono knows few of the short names, and no month before its day in Cyrillic. */
const DAY_FIRST = /(?<![\d.])(\d{1,2})[\s-]+([а-яіїєґў]{3,11})\.?,?\s+(\d{4})(?!\d)/g;
const MONTH_FIRST = /(?<![а-яіїєґў\d])(?<!\d )([а-яіїєґў]{3,11})\.?\s+(\d{1,2}),?\s+(\d{4})(?!\d)/g;
const RANGE = /[-–—]\s|(?<![а-яіїєґў])(?:с|со|по|до|від|із|з)\s+\d/;

function namedAsIso(text: string): string {
  if (RANGE.test(text)) return text;
  const iso = (whole: string, day: string, word: string, year: string): string => {
    const number = monthOf(word.replaceAll('ё', 'е'));
    return number === undefined || Number(day) < 1 || Number(day) > 31 ? whole : asIso(year, number, day);
  };
  return text
    .replace(DAY_FIRST, iso)
    .replace(MONTH_FIRST, (whole, word: string, day: string, year: string) => iso(whole, day, word, year));
}

function pad(text: string | number): string {
  return String(text).padStart(2, '0');
}

function asIso(year: string, monthNumber: number, day: string): string {
  const full = year.length === 2 ? (Number(year) < 70 ? `20${year}` : `19${year}`) : year;
  return `${full}-${pad(monthNumber)}-${pad(day)}`;
}

function rewrite(text: string): string {
  let plain = text.slice(0, MAX_CHARS).toLowerCase().replace(/\s+/g, ' ').trim();
  for (const [pattern, replacement] of REWRITES) plain = plain.replace(pattern, replacement);
  if (IS_BELARUSIAN.test(plain))
    for (const [pattern, replacement] of BELARUSIAN) plain = plain.replace(pattern, replacement);
  return namedAsIso(plain)
    .replace(NAMED_ISO, (whole, year: string, word: string, day: string) => {
      const number = monthOf(word);
      return number === undefined ? whole : asIso(year, number, day);
    })
    .replace(POINTED, (whole, day: string, number: string, year: string, hour?: string, minute?: string) =>
      Number(number) > 12 || Number(day) > 31
        ? whole
        : `${asIso(year, Number(number), day)}${hour === undefined ? '' : ` ${pad(hour)}:${minute}`}`,
    );
}

/** chrono's Cyrillic languages know nothing of each other's words: the one that understands more is right. */
function chronosFor(text: string): readonly (typeof chronoRu | typeof chronoUk | typeof chronoEn)[] {
  if (!/[а-яіїєґ]/.test(text)) return [chronoEn];
  return /[іїєґ]/.test(text) ? [chronoUk, chronoRu] : [chronoRu, chronoUk];
}

/** The first date that a text in English, Russian, Ukrainian or Belarusian speaks of, past or future. */
export function findDate(text: string, context: FindContext): Date | undefined {
  const plain = rewrite(text);
  const { now, zone, isForward = false } = context;
  const moved = findDuration(plain, now);
  if (moved !== undefined) return moved;
  let best: { text: string; date: Date } | undefined;
  for (const chrono of chronosFor(plain)) {
    const [found] = chrono.parse(plain, { instant: now, timezone: zone }, { forwardDate: isForward });
    if (found !== undefined && found.text.length > (best?.text.length ?? 0))
      best = { text: found.text, date: found.start.date() };
  }
  return best?.date;
}
