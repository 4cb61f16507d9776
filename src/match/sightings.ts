import { accountKey, accountsOf, foldHandle } from './accounts.ts';
import type { Claim, IdentifierKind } from './claims/claim.ts';
import type { ClaimReader } from './claims/reader.ts';
import type { MatchPost } from './post.ts';
import { KEY } from './register/keys.ts';
import { foldEmail, foldOrder, foldPhone } from './values.ts';

/** An identifier that was seen with a post, and whose it seems to be. */
export interface Sighting {
  kind: IdentifierKind;
  /** Under which its holders stand in the register. */
  key: string;
  value: string;
  where: 'text' | 'profile' | 'link' | 'handle';
  claim: Claim;
}

const MAX_TEXT = 20_000;
const AT = String.raw`(?:\s{0,2}@\s{0,2}|\s{0,2}[\[({<_*]\s{0,2}(?:at|a|@|собака|собачка|эт|гав)\s{0,2}[\])}>_*]\s{0,2}|\s{0,2}_at_\s{0,2})`;
const DOT = String.raw`(?:\.|\s{0,2}[\[({<]\s{0,2}(?:dot|точка|\.)\s{0,2}[\])}>]\s{0,2}|\s(?:dot|точка)\s)`;
const NAMED = String.raw`([\p{L}\p{N}._%+-]{1,64})`;
const HOST = String.raw`([\p{L}\p{N}-]{1,63}(?:${DOT}[\p{L}\p{N}-]{1,63}){0,3}${DOT}\p{L}{2,24})(?![\p{L}\p{N}])`;
const EMAIL = new RegExp(NAMED + AT + HOST, 'giu');
/** Spoken: only where no sign says it, for “find me at shop.example” is no address. */
const SPOKEN = new RegExp(NAMED + String.raw`\s(?:at|собака|собачка)\s` + HOST, 'giu');
const DOTS = new RegExp(DOT, 'giu');
/** Digits with little between; letters before them as in «A4303». */
const NUMBER = /(?:[A-Za-zА-Яа-я]{1,3}-?)?[+(]{0,2}\p{Nd}(?:[\s().\-\u2010-\u2015/]{0,3}\p{Nd}){4,18}/gu;
const DATE = /^\d{4}-\d{2}-\d{2}$|^\d{2}[./]\d{2}[./]\d{4}$/;

/** Most texts hold no address, and looking for one is dear. */
const HAS_SIGN = /@|[[({<_*]\s{0,2}(?:at|a|соба|эт|гав)/iu;
const HAS_WORD = /\s(?:at|собака|собачка)\s/iu;

type Place = Pick<Sighting, 'where'> & { text: string };

function emailsIn(
  { text, where }: Place,
  claim: (start: number, end: number, kind: IdentifierKind) => Claim,
): Sighting[] {
  const signed = HAS_SIGN.test(text) ? [...text.matchAll(EMAIL)] : [];
  const found = signed.length > 0 || !HAS_WORD.test(text) ? signed : [...text.matchAll(SPOKEN)];
  return found.flatMap((match) => {
    const value = foldEmail(`${match[1]}@${(match[2] ?? '').replace(DOTS, '.')}`);
    if (!value) return [];
    return [
      {
        kind: 'email' as const,
        key: KEY.email(value),
        value,
        where,
        claim: claim(match.index, match.index + match[0].length, 'email'),
      },
    ];
  });
}

function numbersIn(
  { text, where }: Place,
  claim: (start: number, end: number, kind: IdentifierKind) => Claim,
): Sighting[] {
  if (!/\p{Nd}/u.test(text)) return [];
  return [...text.matchAll(NUMBER)].flatMap((match): Sighting[] => {
    const [start, end] = [match.index, match.index + match[0].length];
    const phone = foldPhone(match[0]);
    const order = DATE.test(match[0]) ? null : foldOrder(match[0]);
    return [
      ...(phone
        ? [
            {
              kind: 'phone' as const,
              key: KEY.phone(phone),
              value: phone,
              where,
              claim: claim(start, end, 'phone'),
            },
          ]
        : []),
      ...(order
        ? [
            {
              kind: 'order' as const,
              key: KEY.order(order),
              value: order,
              where,
              claim: claim(start, end, 'order'),
            },
          ]
        : []),
    ];
  });
}

function accountsIn({ text, where }: Place): Sighting[] {
  return accountsOf(text).map((value) => ({
    kind: 'account',
    key: KEY.account(value),
    value,
    where,
    claim: 'own',
  }));
}

/** «№» would become the letters No. */
const plain = (text: string): string => text.slice(0, MAX_TEXT).replaceAll('№', '#').normalize('NFKC');

/** Everything in a post and its profile that may be an identifier of a customer. At most 20,000 characters of a text are read. */
export function findSightings(post: MatchPost, claims: ClaimReader): Sighting[] {
  const text = plain(post.text);
  const bio = plain(post.bio ?? '');
  const inText: Place = { text, where: 'text' };
  const inBio: Place = { text: bio, where: 'profile' };
  const whose = (start: number, end: number, kind: IdentifierKind): Claim =>
    claims.claimOf(text, start, end, kind);
  const own = (): Claim => 'own';
  const handle = foldHandle(post.handle ?? '');
  const account = handle === '' ? [] : [accountKey(post.platform, handle)];
  return [
    ...emailsIn(inText, whose),
    ...numbersIn(inText, whose),
    ...emailsIn(inBio, own),
    ...numbersIn(inBio, own),
    ...accountsIn(inBio),
    ...post.links.slice(0, 50).flatMap((link) => accountsIn({ text: link, where: 'link' })),
    ...account.map((value) => ({
      kind: 'account' as const,
      key: KEY.account(value),
      value,
      where: 'handle' as const,
      claim: 'own' as const,
    })),
  ];
}
