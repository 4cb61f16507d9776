import { foldHandle } from '../accounts.ts';
import type { PersonName } from '../names/parse-name.ts';
import type { MatchCustomer } from '../subject.ts';

/** Under these a customer is found; each names what it says, so that the key that met is the evidence. */
export const KEY = {
  email: (email: string) => `e:${email}`,
  phone: (phone: string) => `p:${phone}`,
  order: (order: string) => `o:${order}`,
  account: (account: string) => `h:${account}`,
  /** A handle or the name of a mailbox, wherever it is. */
  nick: (skeleton: string) => `n:${skeleton}`,
  fullName: (first: string, last: string) => `fl:${first}|${last}`,
  last: (last: string) => `l:${last}`,
  lastIn: (last: string, city: string) => `lc:${last}|${city}`,
  /** One slip of the pen leaves the beginning or the end of a surname as it was. */
  end: (first: string, end: string) => `le:${first}|${end}`,
  /** «Ира Г.» of a town. */
  initialIn: (first: string, initial: string, city: string) => `fi:${first}|${initial}|${city}`,
  /** Who has changed the surname. */
  firstIn: (first: string, patronymic: string, city: string) => `fp:${first}|${patronymic}|${city}`,
  employee: (company: string, first: string) => `cf:${company}|${first}`,
} as const;

/** Counted only. */
export const TERM = {
  first: (first: string) => `#f:${first}`,
  patronymic: (stem: string) => `#p:${stem}`,
  city: (city: string) => `#c:${city}`,
  company: (company: string) => `#o:${company}`,
} as const;

const LOOKS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  i: 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '@': 'a',
  $: 's',
};

/** A handle as the eye sees it, without its signs: `f1l4t0v4_t93` and `filatovat93` are one. */
export function skeletonOf(handle: string): string {
  return foldHandle(handle)
    .replace(/[\s._-]+/g, '')
    .replace(/[0-9i@$]/g, (sign) => LOOKS[sign] ?? sign);
}

const SHORT_ENDS = { length: 3, from: 5, to: 7 };
const LONG_ENDS = { length: 4, from: 4, to: 99 };

/** How a surname begins and ends, marked which; none of a short one. Of middling ones in two lengths, for a slip changes the length. */
export function endsOf(last: string): string[] {
  return [SHORT_ENDS, LONG_ENDS]
    .filter(({ from, to }) => last.length >= from && last.length <= to)
    .flatMap(({ length }) => [`${last.slice(0, length)}_`, `_${last.slice(-length)}`]);
}

export const nickOfEmail = (email: string): string => email.slice(0, email.indexOf('@'));
export const nickOfHandle = (account: string): string => account.slice(account.indexOf('/') + 1);

/** What a name and a town are found under, a customer's or an author's. */
export function nameKeys({ firsts, lasts, patronymic }: PersonName, cities: readonly string[]): string[] {
  return [
    ...lasts.map(KEY.last),
    ...lasts.flatMap((last) => cities.map((city) => KEY.lastIn(last, city))),
    ...firsts.flatMap((first) =>
      lasts.flatMap((last) => [
        KEY.fullName(first, last),
        ...endsOf(last).map((end) => KEY.end(first, end)),
        ...cities.map((city) => KEY.initialIn(first, last.charAt(0), city)),
      ]),
    ),
    ...(patronymic
      ? firsts.flatMap((first) => cities.map((city) => KEY.firstIn(first, patronymic, city)))
      : []),
  ];
}

/** Keys of all that should be a customer's alone. */
export function identifierKeys({ emails, phones, orders, handles }: MatchCustomer): string[] {
  return [
    ...emails.map(KEY.email),
    ...phones.map(KEY.phone),
    ...orders.map(KEY.order),
    ...handles.map(KEY.account),
  ];
}

/** Keys under which a customer stands. */
export function keysOf(customer: MatchCustomer): string[] {
  const { name, place, company } = customer;
  const nicks = [...customer.emails.map(nickOfEmail), ...customer.handles.map(nickOfHandle)].map(skeletonOf);
  return [
    ...new Set([
      ...identifierKeys(customer),
      ...nicks.map(KEY.nick),
      ...nameKeys(name, place?.cities ?? []),
      ...(company ? name.firsts.map((first) => KEY.employee(company, first)) : []),
    ]),
  ];
}

/** Terms that are counted for a customer. */
export function termsOf({ name, place, company }: MatchCustomer): string[] {
  return [
    ...name.firsts.map(TERM.first),
    ...(name.patronymic ? [TERM.patronymic(name.patronymic)] : []),
    ...(place?.cities ?? []).map(TERM.city),
    ...(company ? [TERM.company(company)] : []),
  ];
}
