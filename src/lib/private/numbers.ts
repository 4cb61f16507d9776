import { isIban, isInn } from './checksums.ts';
import type { FoundPrivate } from './found.ts';

/** A number, letters before it included, that may be somebody's. Bounded, so that the search is linear. */
const NUMBER = /(?<![\p{L}\p{Nd}_])\p{L}{0,4}[-/]?\p{Nd}[\p{L}\p{Nd}\-/]{2,33}(?![\p{L}\p{Nd}])/gu;
/** Accounts of Russian banks are written in one or in groups: 40817 810 0 0000 0000001. */
const ACCOUNT = /(?<!\p{Nd})(?:40[5-8]|42\p{Nd}|30[1-3]|20[1-4])(?:[ .\u00a0]?\p{Nd}){17}(?!\p{Nd})/gu;
const IBAN = /(?<![\p{L}\p{Nd}])[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,4})?(?![\p{L}\p{Nd}])/gu;
const ORDER_WORD =
  /(?:заказ|заявк|обращени|накладн|отправлени|посылк|бронировани|договор|билет|тикет|чек|трек|order|ticket|booking|reservation|invoice|tracking|parcel|case|claim|receipt)\p{L}{0,4}-?$/iu;
/** What may stand between the word and the number. */
const BETWEEN =
  /(?:\s|№|#|:|\(|(?<!\p{L})(?:номер\p{L}{0,3}|number|num|no|nr|id|is|с|по|под|за)\.?(?!\p{L}))+$/iu;
const ACCOUNT_WORD =
  /(?:инн|р\/с|сч[её]т\p{L}{0,3}|снилс|account|iban|acct)(?:\s|№|#|:|номер\p{L}{0,3}|number|no\.?)*$/iu;
const LOOKED_BACK = 40;
const LEAST_ORDER_DIGITS = 4;

/** Bank accounts, taxpayers' numbers (after their name) and IBAN. */
export function findAccounts(text: string): FoundPrivate[] {
  const plain = [ACCOUNT, IBAN].flatMap((pattern) =>
    [...text.matchAll(pattern)]
      .map(({ 0: written, index }) => toFound('account', written, index))
      .filter(({ value }) => !/^[A-Z]/.test(value) || isIban(value)),
  );
  const named = numbersAfter(text, (before) => ACCOUNT_WORD.test(before)).filter(
    ({ value }) => /^\d{8,30}$/.test(value) && (value.length > 12 || isInn(value) || value.length === 11),
  );
  return [...plain, ...named.map((one) => ({ ...one, kind: 'account' as const }))];
}

/** Numbers of orders, parcels, bookings …: those that a word before them says to be such. */
export function findOrders(text: string): FoundPrivate[] {
  return numbersAfter(text, isAfterOrder).filter(
    ({ value }) => value.replace(/\D/g, '').length >= LEAST_ORDER_DIGITS,
  );
}

function isAfterOrder(before: string): boolean {
  const gap = BETWEEN.exec(before)?.[0] ?? '';
  return gap !== '' && ORDER_WORD.test(before.slice(0, before.length - gap.length));
}

function numbersAfter(text: string, isNamed: (before: string) => boolean): FoundPrivate[] {
  const found: FoundPrivate[] = [];
  for (const { 0: written, index } of text.matchAll(NUMBER))
    if (isNamed(text.slice(Math.max(0, index - LOOKED_BACK), index)))
      found.push(toFound('order', written, index));
  return found;
}

function toFound(kind: FoundPrivate['kind'], written: string, start: number): FoundPrivate {
  const value = written
    .normalize('NFKC')
    .replace(/[^\p{L}\p{Nd}]/gu, '')
    .toUpperCase();
  return { kind, value, start, end: start + written.length };
}
