import { findPhoneNumbersInText, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { FoundPrivate } from './found.ts';

const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/gu;
/** A number after one of these is no phone: tax and bank numbers have its length, orders its look. */
const NOT_A_PHONE =
  /(?:инн|кпп|огрн|снилс|бик|сч[её]т\p{L}*|р\/с|заказ\p{L}*|трек\p{L}*|договор\p{L}*|order|invoice|tracking|account|iban)\s*(?:№|#|:|no\.?)?\s*$/iu;
const LOOKED_BACK = 24;
const DEFAULT_COUNTRY = 'RU';
/** Where a phone can be: seven digits or more with little between. Bounded, so that the search is linear. */
const DIGITS = /[+(]{0,2}\p{Nd}(?:[\s().\-\u2010-\u2015/]{0,4}\p{Nd}){6,40}/gu;
/** Asking for more of them is dear, and tells nothing new: such a text is a list of numbers. */
const ASKED_AT_MOST = 200;
const PHONE_DIGITS = { least: 10, most: 15 };

/** null when it is not an e-mail address. */
export function normaliseEmail(text: string): string | null {
  const email = text.trim().toLowerCase().normalize('NFKC');
  return /^[^\s@]{1,64}@[^\s@]+\.[^\s@.]{2,}$/u.test(email) ? email : null;
}

/** E.164, or null when it cannot be a phone number. Numbers without a country are read as Russian. */
export function normalisePhone(text: string): string | null {
  const phone = parsePhoneNumberFromString(text, DEFAULT_COUNTRY);
  return phone?.isPossible() ? phone.number : null;
}

/** Names of accounts, which most texts with an @ have instead, follow a blank. */
const IN_EMAIL = /[^\s@]@/;

export function findEmails(text: string): FoundPrivate[] {
  if (!IN_EMAIL.test(text)) return [];
  return [...text.matchAll(EMAIL)].flatMap((match) => {
    const value = normaliseEmail(match[0].replace(/\.$/, ''));
    return value ? [{ kind: 'email', value, start: match.index, end: match.index + match[0].length }] : [];
  });
}

/** Phones of a text of any length; of thousands of them the later ones are told by their number of digits alone. */
export function findPhones(text: string): FoundPrivate[] {
  const found: FoundPrivate[] = [];
  let asked = 0;
  for (const { 0: digits, index } of text.matchAll(DIGITS)) {
    if (NOT_A_PHONE.test(text.slice(Math.max(0, index - LOOKED_BACK), index))) continue;
    asked += 1;
    if (asked > ASKED_AT_MOST) found.push(...byLength(digits, index));
    // What stands around it decides too: a letter right before it makes it no phone.
    else for (const one of phonesIn(text, index, index + digits.length)) found.push(one);
  }
  return found;
}

function phonesIn(text: string, from: number, to: number): FoundPrivate[] {
  const before = Math.max(0, from - 2);
  return findPhoneNumbersInText(text.slice(before, to + 2), DEFAULT_COUNTRY)
    .map(({ number, startsAt, endsAt }) => ({
      kind: 'phone' as const,
      value: number.number as string,
      start: before + startsAt,
      end: before + endsAt,
    }))
    .filter(({ start }) => !NOT_A_PHONE.test(text.slice(Math.max(0, start - LOOKED_BACK), start)));
}

function byLength(digits: string, index: number): FoundPrivate[] {
  const value = digits.replace(/\P{Nd}/gu, '');
  if (value.length < PHONE_DIGITS.least || value.length > PHONE_DIGITS.most) return [];
  return [{ kind: 'phone', value, start: index, end: index + digits.length }];
}
