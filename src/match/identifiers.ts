import { findPhoneNumbersInText, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Identifier } from '../model/customer.ts';

const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/gu;
/** A number after one of these is no phone: tax and bank numbers have its length, orders its look. */
const NOT_A_PHONE =
  /(?:инн|кпп|огрн|снилс|бик|сч[её]т\p{L}*|р\/с|заказ\p{L}*|трек\p{L}*|договор\p{L}*|order|invoice|tracking|account|iban)\s*(?:№|#|:|no\.?)?\s*$/iu;
const DEFAULT_COUNTRY = 'RU';
/** Longer texts hold no more of the author's own contacts, and phone search is not cheap. */
const MAX_TEXT = 20_000;

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

/** `site/handle` (the account at one site) or a bare handle (the same nick anywhere); lower case, without @. */
export function normaliseHandle(text: string): string | null {
  const trimmed = text
    .trim()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/^https?:\/\/(www\.)?/, '')
    .replace(/\/+$/, '');
  const slash = trimmed.lastIndexOf('/');
  const site = slash === -1 ? '' : trimmed.slice(0, slash);
  const handle = trimmed.slice(slash + 1).replace(/^@/, '');
  if (handle === '') return null;
  return site === '' ? handle : `${site}/${handle}`;
}

export interface FoundIdentifier extends Identifier {
  /** Offset in the text. */
  start: number;
  end: number;
}

function findEmails(text: string): FoundIdentifier[] {
  return [...text.matchAll(EMAIL)].flatMap((match) => {
    const value = normaliseEmail(match[0].replace(/\.$/, ''));
    return value
      ? [{ kind: 'email' as const, value, start: match.index, end: match.index + match[0].length }]
      : [];
  });
}

function findPhones(text: string): FoundIdentifier[] {
  return findPhoneNumbersInText(text, DEFAULT_COUNTRY)
    .filter(({ startsAt }) => !NOT_A_PHONE.test(text.slice(Math.max(0, startsAt - 24), startsAt)))
    .map(({ number, startsAt, endsAt }) => ({
      kind: 'phone' as const,
      value: number.number,
      start: startsAt,
      end: endsAt,
    }));
}

/** E-mails and phones that stand in a text. */
export function findIdentifiers(text: string): FoundIdentifier[] {
  const head = text.slice(0, MAX_TEXT);
  return [...findEmails(head), ...findPhones(head)];
}

/** What may be shown as evidence: enough to recognise, too little to use. */
export function maskIdentifier({ kind, value }: Identifier): string {
  if (kind === 'email') return value.replace(/^(.)[^@]*/u, '$1…');
  if (kind === 'phone') return `${value.slice(0, 2)}…${value.slice(-2)}`;
  return value;
}
