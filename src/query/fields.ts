import type { TextField } from './ast.ts';
import { typedInRussian } from './suggest/keyboard.ts';

export interface Field {
  name: string;
  /** What stands after it: words and groups, a name, one of `choices`, a number, a day. */
  takes: 'words' | 'name' | 'choice' | 'number' | 'date';
  choices?: readonly string[];
  /** Known when a document arrives, or only later, when people or other stages have said something of it. */
  known: 'arrival' | 'later';
  /** Narrow enough for a query of nothing else. */
  isNarrow: boolean;
  /** `tone(лютик):negative`: it can be asked towards a topic. */
  canNameTopic: boolean;
  /** A value that can be written, for messages and the syntax page. */
  example: string;
  ru: string;
  en: string;
}

type Row = [
  name: string,
  takes: Field['takes'] | string,
  flags: string,
  example: string,
  ru: string,
  en: string,
];

// Flags: l known later, n narrow, t can name a topic. In place of a type, the choices.
const ROWS: readonly Row[] = [
  ['title', 'words', 'n', 'ромашка', 'слова в заголовке', 'words of the title'],
  [
    'text',
    'words',
    'n',
    '"плохой сервис"',
    'слова в тексте, без заголовка',
    'words of the text, not the title',
  ],
  ['author', 'words', 'n', 'иванов', 'имя или ник автора', 'name or handle of the author'],
  ['handle', 'words', 'n', '@sber', 'ник автора', 'handle of the author'],
  ['site', 'name', 'n', 'example.com', 'сайт вместе с поддоменами', 'the site with its subdomains'],
  ['url', 'name', 'n', '/otzyvy/', 'часть адреса', 'a part of the address'],
  [
    'link',
    'name',
    'n',
    'example.com/sale',
    'часть адреса, на который ссылается текст',
    'a part of an address that the text links to',
  ],
  ['source', 'name', 'n', 'forum', 'источник, по его имени', 'the source, by its name'],
  ['kind', 'article post comment', '', 'comment', 'вид документа', 'kind of document'],
  ['lang', 'name', '', 'ru', 'язык', 'language'],
  [
    'tone',
    'negative neutral positive unsure',
    'lt',
    'negative',
    'тон по отношению к теме',
    'tone towards the topic',
  ],
  [
    'intent',
    'complaint question thanks recommendation comparison news advert vacancy giveaway reply spam other',
    't',
    'question',
    'вид сообщения: чего хочет автор',
    'kind of post: what the author wants',
  ],
  ['sure', 'number', '', '>=90', 'насколько вид ясен, в процентах', 'how sure that kind is, in percent'],
  [
    'complaint',
    'alert review none',
    'lt',
    'review',
    'насколько сообщение похоже на жалобу',
    'how much the post looks like a complaint',
  ],
  ['topic', 'name', 'l', 'romashka', 'другая тема, по ключу', 'another topic, by its key'],
  ['customer', 'name', 'l', 'C-1024', 'клиент из CRM, по номеру', 'a customer of the CRM, by number'],
  ['tier', 'MVC MGC BZC', 'l', 'MVC', 'ценность клиента', 'value tier of the customer'],
  ['segment', 'name', 'l', 'wholesale', 'сегмент клиента', 'a segment that the customer is in'],
  ['tag', 'name', 'l', 'важное', 'метка', 'a tag'],
  [
    'status',
    'new seen in_work answered closed not_us',
    'l',
    'new',
    'что с упоминанием',
    'what is done with the mention',
  ],
  ['assigned', 'name', 'l', 'anna@example.com', 'кому поручено', 'whom it is assigned to'],
  ['story', 'name', 'l', '512', 'сюжет, по номеру', 'the story, by number'],
  ['reach', 'number', '', '>=1000', 'сколько людей могло увидеть', 'how many people may have seen it'],
  ['followers', 'number', '', '100..5000', 'сколько подписчиков у автора', 'followers of the author'],
  ['replies', 'number', 'l', '>=10', 'сколько ответов', 'how many replies'],
  ['published', 'date', '', '2026-11-01..2026-11-20', 'когда опубликовано', 'when it was published'],
  ['found', 'date', '', '-7d', 'когда найдено', 'when it was found'],
  [
    'has',
    'image link phone email fault customer case',
    '',
    'phone',
    'что есть в тексте',
    'what there is in it',
  ],
  [
    'is',
    'repost reply official duplicate edited deleted unanswered matched',
    '',
    'reply',
    'что это за документ',
    'what sort of document it is',
  ],
];

/** Conditions that become known later than others of their field: what is said of a topic waits for the topics. */
const LATER_CONDITIONS = new Set([
  'has:customer',
  'has:case',
  'is:duplicate',
  'is:edited',
  'is:deleted',
  'is:unanswered',
  'is:matched',
  'intent:complaint',
]);

function readRow([name, takes, flags, example, ru, en]: Row): Field {
  const isType = ['words', 'name', 'number', 'date'].includes(takes);
  return {
    name,
    takes: isType ? (takes as Field['takes']) : 'choice',
    ...(isType ? {} : { choices: takes.split(' ') }),
    known: flags.includes('l') ? 'later' : 'arrival',
    isNarrow: flags.includes('n'),
    canNameTopic: flags.includes('t'),
    example,
    ru,
    en,
  };
}

/** Everything that can stand before a colon, in the order of the syntax page. */
export const FIELDS: ReadonlyMap<string, Field> = new Map(ROWS.map((row) => [row[0], readRow(row)]));

export function isTextField(name: string): name is TextField {
  return FIELDS.get(name)?.takes === 'words';
}

/** Is the value known only after the document was matched? */
export function isKnownLater({ known, name }: Field, value: string): boolean {
  return known === 'later' || LATER_CONDITIONS.has(`${name}:${value}`);
}

/** What a field is called by those who write Russian: the name that was meant. */
const RUSSIAN_NAMES: ReadonlyMap<string, string> = new Map(
  (
    'заголовок title|текст text|автор author|ник handle|сайт site|адрес url|ссылка link|источник source|вид kind|' +
    'тип kind|язык lang|тон tone|тональность tone|намерение intent|уверенность sure|жалоба complaint|тема topic|клиент customer|ценность tier|сегмент segment|метка tag|' +
    'тег tag|статус status|поручено assigned|сюжет story|охват reach|подписчики followers|ответы replies|' +
    'опубликовано published|дата published|найдено found|есть has|это is|запрос saved'
  )
    .split('|')
    .map((pair) => pair.split(' ') as [string, string]),
);

/** The field that was probably meant: called in Russian, typed in the Russian layout, or one typing error away; or null. */
export function fieldMeant(name: string): string | null {
  const names = [...FIELDS.keys(), 'saved'];
  const typed = names.find((one) => typedInRussian(one) === name);
  return RUSSIAN_NAMES.get(name) ?? typed ?? nearest(names, name);
}

export function exampleOf({ name, example }: Field): string {
  return /^[<>]/.test(example) ? name + example : `${name}:${example}`;
}

/** Of the words, the one that was probably meant: one typing error away, or null. */
export function nearest(known: Iterable<string>, word: string): string | null {
  for (const one of known) if (isOneErrorAway(one, word)) return one;
  return null;
}

function isOneErrorAway(one: string, two: string): boolean {
  let head = 0;
  while (head < one.length && one[head] === two[head]) head += 1;
  const tails = [one.slice(head + 1) === two.slice(head + 1), one.slice(head) === two.slice(head + 1)];
  const swapped = one[head] === two[head + 1] && one[head + 1] === two[head];
  return (
    tails.includes(true) ||
    one.slice(head + 1) === two.slice(head) ||
    (swapped && one.slice(head + 2) === two.slice(head + 2))
  );
}
