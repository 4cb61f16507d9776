import type { DateContext } from '../../dates.ts';
import type { TreeElement } from '../../page-tree.ts';
import { dateIn, readStamp } from '../stamp.ts';
import { elementsIn, lineOf } from '../tree-text.ts';
import type { Outline } from './outline.ts';
import { parentOf } from './outline.ts';

/** A short element that may tell when or by whom a post was written. */
export interface Fact {
  element: TreeElement;
  key: string;
  text: string;
}

export interface DateFact extends Fact {
  date: Date;
  /** Written for machines, or with the time of day. */
  isExact: boolean;
}

export interface AuthorFact extends Fact {
  /** How much its class, name and link speak of a person. */
  hints: number;
  href?: string;
}

const MONTHS =
  'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|мая|май|июн|июл|авг|сен|окт|ноя|дек';
const DATE_LIKE = new RegExp(
  String.raw`\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}\s*(?:st|nd|rd|th)?[\s.-]+(?:${MONTHS})[а-яa-z]*|(?:${MONTHS})[а-яa-z]*\.?,?\s+'?\d{1,4}|\d+\s*(?:\S+\s+)?(?:ago|назад)|^\d{1,3}\s?(?:y|yr|mo|w|d|h|m|min|ч|мин|дн)\.?$|(?:today|yesterday|сегодня|вчера|позавчера)\b|(?:today|yesterday|сегодня|вчера),?|только что|just now`,
  'i',
);
/** When someone joined, was last seen, or changed the post. */
const OTHER_DATE =
  /join|regist|member since|зарег|с нами|на форуме|last (?:edit|seen|visit|activity|modified)|edited|modified|редакт|измен|был[аи]? |updated|birthday|since|viewed/i;
const MAX_DATE_CHARS = 90;
const MAX_FACTS = 6000;

const HAS_NOTE = /date|time|posted/i;

/** A date may be followed by a note on a later edit. */
function withoutNote(text: string): string {
  const note = OTHER_DATE.exec(text);
  return note && note.index > 7 ? text.slice(0, note.index) : text;
}

/** What stands around a date is a label only where it is short: a list of thousands must not be read for each of its dates. */
const MAX_AROUND_LABEL = 600;

function isOtherDate(element: TreeElement, text: string, outline: Outline): boolean {
  const parent = parentOf(element);
  if (OTHER_DATE.test(`${text} ${element.attribs.itemprop ?? ''}`)) return true;
  if (!parent || (outline.chars.get(parent) ?? 0) > MAX_AROUND_LABEL) return false;
  const line = lineOf(parent);
  return line.length < 60 && OTHER_DATE.test(withoutNote(line));
}

function dateFact(element: TreeElement, outline: Outline, dates: DateContext): DateFact | undefined {
  const { datetime, title = '', content = '', itemprop = '' } = element.attribs;
  const size = outline.chars.get(element) ?? 0;
  const isTime =
    datetime !== undefined ||
    element.name === 'time' ||
    /date(?:Created|Published)|commentTime/i.test(itemprop);
  if (size > MAX_DATE_CHARS + 60 || (size < 2 && !isTime)) return undefined;
  const whole = size > 0 ? lineOf(element) : content;
  const text = withoutNote(whole);
  if (text.length > MAX_DATE_CHARS) return undefined;
  const isLike = isTime || DATE_LIKE.test(text) || (DATE_LIKE.test(title) && title.length < 60);
  if (!isLike || isOtherDate(element, text, outline)) return undefined;
  const date = text === whole ? readStamp(element, dates) : dateIn(text, dates);
  if (!date) return undefined;
  const isExact = isTime || /\d{1,2}:\d{2}/.test(`${text} ${title}`);
  return { element, key: outline.keyOf(element), text, date, isExact };
}

const HOLDER_LEVELS = 12;
/** How much more than the inner date's text the text around it may be. */
const MAX_AROUND = 30;

/** The innermost elements that tell a date; one around them when it alone has the time of day («Сегодня», 15:30). */
export function dateFacts(outline: Outline, dates: DateContext): DateFact[] {
  const found = new Map<TreeElement, DateFact>();
  const inner = new Map<TreeElement, DateFact>();
  for (let at = outline.elements.length - 1; at >= 0 && found.size < MAX_FACTS; at -= 1) {
    const element = outline.elements[at];
    if (!element || outline.isQuoted(element) || !MAY_DATE.has(element.name)) continue;
    const within = inner.get(element);
    if (within && (within.isExact || !completes(element, within, outline))) continue;
    const fact = dateFact(element, outline, dates);
    if (!fact) continue;
    if (within) found.delete(within.element);
    found.set(element, fact);
    let above = parentOf(element);
    for (let level = 0; above && level < HOLDER_LEVELS; level += 1) {
      inner.set(above, fact);
      above = parentOf(above);
    }
  }
  return [...found.values()].reverse();
}

function completes(element: TreeElement, inner: DateFact, outline: Outline): boolean {
  const size = outline.chars.get(element) ?? 0;
  if (size > inner.text.length + MAX_AROUND + (HAS_NOTE.test(element.attribs.class ?? '') ? 60 : 0))
    return false;
  return /\d{1,2}:\d{2}/.test(withoutNote(lineOf(element)));
}

const MAY_DATE = new Set(
  'time abbr span a div p td th li dd dt small em i b strong font meta h2 h3 h4 h5 h6 header cite center nobr'.split(
    ' ',
  ),
);

const PROFILE =
  /(?:^|[/?&=_.-])(?:users?|members?|profiles?|people|u|authors?|accounts?|showuser|viewprofile|memberlist|uid|userinfo|person|nick|blogger|commenter|by)(?:$|[/?&=_.:-])|\/@|\/~[a-z]|action=profile/i;
const PERSON =
  /author|user-?_?(?:name|link|info)?(?:$|[\s_-])|nick|poster|member-?name|creator|commenter|handle|byline|fn(?:$|\s)|owner|persona|login/i;
const NO_PERSON =
  /avatar|title|rank|count|group|stat|badge|role|posts|time|date|foot|menu|control|button|pag|reply|quote|share/i;
const NO_NAME =
  /^(?:reply|quote|report|share|like|edit|link|permalink|top|guest book|profile|pm|send message|view profile|цитата|ответить|жалоба|цитировать|наверх|профиль|личное сообщение|поделиться|нравится|join(?:ed)?|posts?|online|offline|member|admin(?:istrator)?|moderator|new|op|author|автор|участник|модератор|администратор|[\d\s.,:#+/-]+)$/i;
const MAX_NAME_CHARS = 45;

function authorFact(element: TreeElement, outline: Outline): AuthorFact | undefined {
  const size = outline.chars.get(element) ?? 0;
  if (size < 2 || size > MAX_NAME_CHARS || DATE_LIKE.test(element.attribs.datetime ?? '')) return undefined;
  const text = lineOf(element);
  if (text === '' || NO_NAME.test(text) || text.split(' ').length > 5) return undefined;
  const link = element.name === 'a' ? element : elementsIn(element).find(({ name }) => name === 'a');
  const href = link?.attribs.href;
  const marks = `${element.attribs.class ?? ''} ${element.attribs.itemprop ?? ''} ${element.attribs.rel ?? ''}`;
  const around = parentOf(element)?.attribs.class ?? '';
  let hints = 0;
  if (href !== undefined && PROFILE.test(href)) hints += 3;
  if (PERSON.test(marks) && !NO_PERSON.test(marks)) hints += 3;
  else if (PERSON.test(around) && !NO_PERSON.test(`${marks} ${around}`)) hints += 2;
  if (/^(?:b|strong|h[2-6]|cite|dt)$/.test(element.name)) hints += 1;
  if (NO_PERSON.test(marks)) hints -= 2;
  if (DATE_LIKE.test(text)) hints -= 3;
  if (hints <= 0) return undefined;
  return { element, key: outline.keyOf(element), text, hints, ...(href === undefined ? {} : { href }) };
}

const MAY_NAME = new Set('a span b strong h2 h3 h4 h5 h6 cite dt div td li font p address em bdi'.split(' '));

/** Short elements that may name who wrote: of two around each other the inner one, when it links to a person. */
export function authorFacts(outline: Outline): AuthorFact[] {
  const found = new Map<TreeElement, AuthorFact>();
  for (const element of outline.elements) {
    if (!MAY_NAME.has(element.name) || outline.isQuoted(element) || found.size >= MAX_FACTS) continue;
    const fact = authorFact(element, outline);
    if (!fact) continue;
    found.set(element, fact);
    let above = parentOf(element);
    for (let level = 0; above && level < 5; level += 1) {
      const outer = found.get(above);
      if (outer && outer.text !== fact.text && (fact.hints >= 3 || fact.hints >= outer.hints))
        found.delete(above);
      above = parentOf(above);
    }
  }
  return [...found.values()];
}
