import { sha256 } from '../../lib/hash.ts';
import { normaliseEmail, normalisePhone } from '../../lib/private/contacts.ts';
import { linesOf, type TextLine } from './lines.ts';
import type { Mistake } from './mistakes.ts';
import type { ImportRow, Table } from './table.ts';
import { type CardProperty, decodeValue, readProperty, splitValue, unescapeValue } from './vcard-line.ts';

/** Longer properties are pictures, keys and sounds. */
const MAX_PROPERTY = 20_000;
const MAX_VALUES = 200;

const COLUMNS = [
  'UID',
  'FN',
  'N.last',
  'N.first',
  'N.patronymic',
  'EMAIL',
  'TEL',
  'IMPP',
  'X-SOCIALPROFILE',
  'ORG',
  'TITLE',
  'ADR',
  'ADR.city',
  'BDAY',
  'CATEGORIES',
  'LANG',
  'URL',
  'NOTE',
] as const;
type Column = (typeof COLUMNS)[number];
/** Where a card has several and one is meant, the first counts. */
const SINGLE = new Set<Column>([
  'UID',
  'FN',
  'N.last',
  'N.first',
  'N.patronymic',
  'ORG',
  'TITLE',
  'ADR.city',
  'BDAY',
  'LANG',
]);

type Card = Map<Column, string[]>;

function put(card: Card, column: Column, value: string): void {
  if (value === '') return;
  const values = card.get(column) ?? [];
  if (values.length < (SINGLE.has(column) ? 1 : MAX_VALUES)) card.set(column, [...values, value]);
}

function putAddress(card: Card, value: string): void {
  const [box = '', extra = '', street = '', city = '', region = '', zip = '', country = ''] = splitValue(
    value,
    ';',
  );
  put(card, 'ADR', [zip, country, region, city, street, extra, box].filter((part) => part !== '').join(', '));
  put(card, 'ADR.city', city);
}

/** `tel:`, `mailto:`, `x-apple:` and such before what is meant. */
const withoutScheme = (value: string): string => value.replace(/^(?:tel|mailto|x-apple):/i, '');

/** `telegram:@anna` is an account at telegram. */
function toHandle(value: string): string {
  const scheme = /^([a-z][a-z0-9-]{1,20}):(?!\/\/)@?(.+)$/i.exec(value);
  return scheme?.[1] && scheme[2] ? `${scheme[1].toLowerCase()}/${scheme[2]}` : value;
}

const READERS: Readonly<Record<string, (card: Card, value: string) => void>> = {
  UID: (card, value) => put(card, 'UID', unescapeValue(value).replace(/^urn:uuid:/i, '')),
  FN: (card, value) => put(card, 'FN', unescapeValue(value)),
  N: (card, value) => {
    const [last = '', first = '', middle = ''] = splitValue(value, ';');
    put(card, 'N.last', last);
    put(card, 'N.first', first);
    put(card, 'N.patronymic', middle);
  },
  EMAIL: (card, value) => put(card, 'EMAIL', withoutScheme(unescapeValue(value))),
  TEL: (card, value) => put(card, 'TEL', withoutScheme(unescapeValue(value))),
  IMPP: (card, value) => put(card, 'IMPP', toHandle(unescapeValue(value))),
  'X-SOCIALPROFILE': (card, value) => put(card, 'X-SOCIALPROFILE', withoutScheme(unescapeValue(value))),
  ORG: (card, value) =>
    put(
      card,
      'ORG',
      splitValue(value, ';')
        .filter((part) => part !== '')
        .join(', '),
    ),
  TITLE: (card, value) => put(card, 'TITLE', unescapeValue(value)),
  ADR: putAddress,
  BDAY: (card, value) => put(card, 'BDAY', unescapeValue(value)),
  CATEGORIES: (card, value) => {
    for (const one of splitValue(value, ',')) put(card, 'CATEGORIES', one);
  },
  LANG: (card, value) => put(card, 'LANG', unescapeValue(value)),
  URL: (card, value) => put(card, 'URL', unescapeValue(value)),
  NOTE: (card, value) => put(card, 'NOTE', unescapeValue(value)),
};

const MADE = 'vcard-made-';

/** With a number that tells nothing of the person to whoever has not the key. */
export function numbered<Stated extends { externalId: string }>(
  record: Stated,
  hash: (text: string) => string,
): Stated {
  const { externalId } = record;
  return externalId.startsWith(MADE) ? { ...record, externalId: `vcard-${hash(externalId)}` } : record;
}

/**
 * Cards without a UID are told by the e-mail, or by the name and the phone, for spouses share one: the same card is the same customer the next time.
 * A name alone tells too little. To be hashed with the vault's key before it is stored: see `numbered`.
 */
function uidOf(card: Card): string | undefined {
  const email = card.get('EMAIL')?.map(normaliseEmail).find(Boolean);
  const phone = card.get('TEL')?.map(normalisePhone).find(Boolean);
  const name =
    card.get('FN')?.[0] ?? [card.get('N.first')?.[0], card.get('N.last')?.[0]].filter(Boolean).join(' ');
  const known = email ?? (phone && name !== '' ? `${name}\n${phone}` : undefined);
  return known === undefined ? undefined : `${MADE}${sha256(known)}`;
}

function toRow(line: number, card: Card): ImportRow {
  const uid = card.get('UID')?.[0] ?? uidOf(card);
  const full = card.has('UID') || uid === undefined ? card : new Map(card).set('UID', [uid]);
  return {
    line,
    cells: COLUMNS.map((column) => (SINGLE.has(column) ? full.get(column)?.[0] : full.get(column))),
  };
}

interface Unfolded {
  line: number;
  text: string;
  isCut: boolean;
  /** Quoted-printable, whose lines go on after `=`. */
  isQuoted: boolean;
}

const isQuoted = (text: string): boolean => /;(?:ENCODING=)?QUOTED-PRINTABLE[;:]/i.test(text.slice(0, 500));

function goOn(property: Unfolded, text: string, isCut: boolean, isSoft: boolean): void {
  if (property.text.length < MAX_PROPERTY)
    property.text = isSoft ? property.text.slice(0, -1) + text : property.text + text.slice(1);
  property.isCut ||= isCut || property.text.length >= MAX_PROPERTY;
}

/** Properties whole: a line that begins with a blank goes on with the one before, and so does the next of quoted-printable after `=`. */
async function* unfold(lines: AsyncIterable<TextLine>): AsyncGenerator<Unfolded> {
  let now: Unfolded | null = null;
  let isSoft = false;
  for await (const { number, text, isCut } of lines) {
    if (now && (isSoft || text[0] === ' ' || text[0] === '\t')) goOn(now, text, isCut, isSoft);
    else {
      if (now) yield now;
      const begun = text.replace(/^\uFEFF/, '');
      now = { line: number, text: begun, isCut, isQuoted: isQuoted(begun) };
    }
    isSoft = now.isQuoted && text.endsWith('=');
  }
  if (now) yield now;
}

function readInto(card: Card, property: CardProperty): void {
  const read = Object.hasOwn(READERS, property.name) ? READERS[property.name] : undefined;
  read?.(card, decodeValue(property));
}

async function* readCards(lines: AsyncIterable<TextLine>): AsyncGenerator<ImportRow | Mistake> {
  let begun = 0;
  let card: Card = new Map();
  const open = (): Mistake => ({ line: begun, column: null, code: 'card-open' });
  for await (const { line, text, isCut } of unfold(lines)) {
    const property = isCut ? null : readProperty(text);
    const marks = property && `${property.name}:${property.value.trim().toUpperCase()}`;
    if (marks === 'BEGIN:VCARD') {
      if (begun > 0) yield open();
      begun = line;
      card = new Map();
    } else if (marks === 'END:VCARD' && begun > 0) {
      yield toRow(begun, card);
      begun = 0;
    } else if (property && begun > 0) readInto(card, property);
  }
  if (begun > 0) yield open();
}

/** vCard 2.1 (versit), 3.0 (RFC 2426) and 4.0 (RFC 6350), one card after another. */
export async function readVcards(content: AsyncIterable<string>): Promise<Table> {
  return { columns: COLUMNS, rows: readCards(linesOf(content, MAX_PROPERTY)) };
}
