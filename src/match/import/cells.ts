import { CONSENT_PURPOSES, CONSENT_STATES, CONTACT_KINDS } from '../../model/customer.ts';
import type { MistakeCode } from './mistakes.ts';

/** What is wrong with a value. */
export class CellError extends Error {
  readonly code: MistakeCode;
  readonly values: Readonly<Record<string, string | number>>;

  constructor(code: MistakeCode, values: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

export const MAX_CELL = 500;
const MAX_ITEMS = 100;
/** Fits the column with room to spare. */
const MAX_AMOUNT = 1e11;

/** PostgreSQL holds neither NUL nor lone surrogates. */
const clean = (value: string): string => value.replaceAll('\0', '').toWellFormed().trim();

/** '' where nothing is said. */
export function toText(value: unknown, max = MAX_CELL): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'string' && typeof value !== 'number') throw new CellError('not-text');
  const text = typeof value === 'string' ? clean(value) : String(value);
  if (text.length > max) throw new CellError('too-long', { max });
  return text;
}

export function toNeeded(value: unknown): string {
  const text = toText(value);
  if (text === '') throw new CellError('missing');
  return text;
}

export const toOptional = (value: unknown): string | null => toText(value) || null;

/** Values of a list, or of a text in which `by` parts them. */
export function toItems(value: unknown, by: RegExp): unknown[] {
  const given = Array.isArray(value) ? value : typeof value === 'string' ? clean(value).split(by) : [value];
  const items = given.filter(
    (item) => item !== null && item !== undefined && (typeof item !== 'string' || item.trim() !== ''),
  );
  if (items.length > MAX_ITEMS) throw new CellError('too-many', { max: MAX_ITEMS });
  return items;
}

/** Without repetitions. */
export const toTexts = (value: unknown, by: RegExp): string[] => [
  ...new Set(
    toItems(value, by)
      .map((item) => toText(item))
      .filter((item) => item !== ''),
  ),
];

const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);
/** JSON may say a time in milliseconds; smaller numbers are days of a spreadsheet, or nothing. */
const LEAST_MS = 1e11;
const DATE =
  /^(?:(\d{4})[-./](\d{1,2})[-./](\d{1,2})|(\d{1,2})([./-])(\d{1,2})[./-](\d{4}|\d{2}))(?:[T,\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s*([ap]m)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

function offsetMs(zone: string | undefined): number {
  if (!zone || /z/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -1 : 1) * minutes * 60_000;
}

function hourOf(hour: string | undefined, half: string | undefined): number {
  const given = Number(hour ?? 0);
  if (!half) return given;
  return (given % 12) + (/p/i.test(half) ? 12 : 0);
}

/** Days and months that do not exist would roll over to the next. */
function moment(
  parts: readonly [number, number, number, number, number, number],
  zone: string | undefined,
): Date | null {
  const [year, month, day, hour, minute, second] = parts;
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal =
    at.getUTCMonth() === month - 1 && at.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return isReal ? new Date(at.getTime() - offsetMs(zone)) : null;
}

/** A time as ISO 8601 or as Russians and Americans write it; without a zone it is UTC. @throws CellError */
export function toDate(value: unknown, order: 'dmy' | 'mdy'): Date {
  const at =
    value instanceof Date
      ? value
      : typeof value === 'number' && value > LEAST_MS
        ? new Date(value)
        : readDate(toNeeded(value), order);
  const ms = at?.getTime() ?? Number.NaN;
  if (!at || !(ms >= EARLIEST && ms <= LATEST)) throw new CellError('bad-date');
  return at;
}

function readDate(text: string, order: 'dmy' | 'mdy'): Date | null {
  const found = DATE.exec(text.slice(0, 60));
  if (!found) return null;
  const [, year, month, day, one = '', sign, two = '', short = '', hour, minute, second, half, zone] = found;
  const time = [hourOf(hour, half), Number(minute ?? 0), Number(second ?? 0)] as const;
  if (year) return moment([Number(year), Number(month), Number(day), ...time], zone);
  const full = short.length === 2 ? Number(short) + (Number(short) < 70 ? 2000 : 1900) : Number(short);
  const isMonthFirst = sign === '/' && order === 'mdy';
  const [d, m] = isMonthFirst ? [two, one] : [one, two];
  return moment([full, Number(m), Number(d), ...time], zone);
}

/** A year alone, or that of a date. */
export function toYear(value: unknown, order: 'dmy' | 'mdy', now = new Date()): number | null {
  const text = value instanceof Date ? value.toISOString() : toText(value);
  // A birthday without its year tells nothing of it.
  if (text === '' || text.startsWith('--')) return null;
  const year = /^\d{4}$/.test(text) ? Number(text) : yearOf(value, text, order);
  if (year === null || year < 1900 || year > now.getUTCFullYear()) throw new CellError('bad-year');
  return year;
}

function yearOf(value: unknown, text: string, order: 'dmy' | 'mdy'): number | null {
  if (value instanceof Date) return value.getUTCFullYear();
  if (/^\d{8}(?:T\d{4,6}Z?)?$/.test(text)) return Number(text.slice(0, 4));
  return readDate(text, order)?.getUTCFullYear() ?? null;
}

/** 1234.5, «1 234,50 ₽», 1,234.50 @throws CellError */
export function toAmount(value: unknown): number {
  const amount = typeof value === 'number' ? value : readAmount(toText(value, 60));
  if (!Number.isFinite(amount) || Math.abs(amount) > MAX_AMOUNT) throw new CellError('bad-amount');
  return amount;
}

function readAmount(text: string): number {
  const bare = text.replace(/[\s\u00a0\u202f']|[₽$€]|(?:руб|р|rub)\.?$/giu, '').replace('−', '-');
  const last = Math.max(bare.lastIndexOf(','), bare.lastIndexOf('.'));
  const decimals = bare.length - last - 1;
  const isGrouped = last !== -1 && decimals === 3 && bare.indexOf(bare[last] ?? '') !== last;
  const whole =
    last === -1 || isGrouped ? bare.replace(/[,.]/g, '') : bare.slice(0, last).replace(/[,.]/g, '');
  const rest = last === -1 || isGrouped ? '' : `.${bare.slice(last + 1)}`;
  return /^[+-]?\d+(?:\.\d+)?$/.test(whole + rest) ? Number(whole + rest) : Number.NaN;
}

const SIGNS: Readonly<Record<string, string>> = {
  '₽': 'RUB',
  РУБ: 'RUB',
  'РУБ.': 'RUB',
  РУБЛЬ: 'RUB',
  RUR: 'RUB',
  $: 'USD',
  '€': 'EUR',
  '₸': 'KZT',
};

export function toCurrency(value: unknown): string {
  const text = toText(value);
  const code = SIGNS[text.toUpperCase()] ?? text;
  if (!/^[A-Z]{3}$/.test(code)) throw new CellError('bad-currency');
  return code;
}

type Words = Readonly<Record<string, string>>;

const KIND_WORDS: Words = {
  звонок: 'call',
  'телефонный звонок': 'call',
  письмо: 'mail',
  email: 'mail',
  'e-mail': 'mail',
  сообщение: 'message',
  чат: 'message',
  chat: 'message',
  sms: 'message',
  визит: 'visit',
  встреча: 'visit',
  meeting: 'visit',
  сервис: 'service',
  заявка: 'service',
  ticket: 'service',
  обращение: 'service',
};
const DIRECTION_WORDS: Words = {
  входящий: 'in',
  входящее: 'in',
  входящая: 'in',
  incoming: 'in',
  inbound: 'in',
  исходящий: 'out',
  исходящее: 'out',
  исходящая: 'out',
  outgoing: 'out',
  outbound: 'out',
};
const PURPOSE_WORDS: Words = {
  реклама: 'marketing',
  рассылка: 'marketing',
  рассылки: 'marketing',
  маркетинг: 'marketing',
  сервис: 'service',
  обслуживание: 'service',
  опросы: 'research',
  исследования: 'research',
  сопоставление: 'matching',
};
const STATE_WORDS: Words = {
  дано: 'given',
  да: 'given',
  согласен: 'given',
  согласна: 'given',
  yes: 'given',
  granted: 'given',
  отозвано: 'withdrawn',
  revoked: 'withdrawn',
  возражение: 'objected',
  против: 'objected',
  отказ: 'objected',
};

function toChoice<T extends string>(value: unknown, choices: readonly T[], words: Words): T {
  const text = toNeeded(value).toLowerCase();
  const known = Object.hasOwn(words, text) ? words[text] : text;
  const chosen = choices.find((choice) => choice === known);
  if (!chosen) throw new CellError('bad-choice', { choices: choices.join(', ') });
  return chosen;
}

export const toContactKind = (value: unknown) => toChoice(value, CONTACT_KINDS, KIND_WORDS);
export const toDirection = (value: unknown) => toChoice(value, ['in', 'out'] as const, DIRECTION_WORDS);
export const toPurpose = (value: unknown) => toChoice(value, CONSENT_PURPOSES, PURPOSE_WORDS);
export const toConsentState = (value: unknown) => toChoice(value, CONSENT_STATES, STATE_WORDS);

const YES = new Set(['да', 'yes', 'true', '1', 'y', 'отвечен', 'отвечено', 'answered']);
const NO = new Set(['нет', 'no', 'false', '0', 'n', 'пропущен', 'не отвечен', 'missed']);

export function toAnswered(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  const text = toText(value).toLowerCase();
  if (text === '') return null;
  if (!YES.has(text) && !NO.has(text)) throw new CellError('bad-answer');
  return YES.has(text);
}
