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
/** What stands in the middle of a longer word is another address: `o'brien@`, `***anna@`. */
const NAMED = String.raw`(?<![\p{L}\p{N}._%+\-'’&*…~!#$])([\p{L}\p{N}._%+-]{1,64})`;
const HOST = String.raw`([\p{L}\p{N}-]{1,63}(?:${DOT}[\p{L}\p{N}-]{1,63}){0,3}${DOT}\p{L}{2,24})(?![\p{L}\p{N}])`;
const EMAIL = new RegExp(NAMED + AT + HOST, 'giu');
/** Spoken: only where no sign says it, for “find me at shop.example” is no address. */
const SPOKEN = new RegExp(NAMED + String.raw`\s(?:at|собака|собачка)\s` + HOST, 'giu');
const DOTS = new RegExp(DOT, 'giu');
/** Digits with little between; letters before them as in «A4303». */
const NUMBER =
  /(?<![\p{L}\p{N}])(?:\p{L}{1,8}-?)?[+(]{0,2}\p{Nd}(?:[\s().\-\u2010-\u2015/]{0,3}\p{Nd}){4,18}(?![\p{L}\p{N}])/gu;
const MOST_NUMBERS = 50;
/** An order is written in one piece. */
const ORDER = /^(?:\p{L}{1,8}-?)?\p{Nd}+(?:-\p{Nd}+)*$/u;
/** Without a word for it a bare number may be a price, a postcode, a count of steps. */
const CALLED_ORDER =
  /(?:заказ|номер|брон|трек|заявк|обращени|договор|сч[её]т|накладн|order|number|booking|tracking|invoice|reference|ref|ticket|no|#)\p{L}*[^\p{L}\p{N}]{0,6}(?:(?:is|был|номер|number|no|под номером)[^\p{L}\p{N}]{0,4})?$/iu;
const UNIT = /^\s{0,2}(?:₽|\$|€|£|%|руб|р\.|км|шт|шаг|тыс|просмотр|usd|eur|rub|km|miles|steps|views)/iu;
const LONG_ORDER = 8;
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

/** The order number that the digits may be; null when they are a date, a price or a part of something. */
function orderIn(text: string, digits: string, start: number, end: number): string | null {
  if (!ORDER.test(digits) || DATE.test(digits) || UNIT.test(text.slice(end, end + 12))) return null;
  const order = foldOrder(digits);
  const isPlain = /^\p{Nd}+$/u.test(digits);
  if (order === null || !isPlain || order.length >= LONG_ORDER) return order;
  return CALLED_ORDER.test(text.slice(Math.max(0, start - 40), start)) ? order : null;
}

function numbersIn(
  { text, where }: Place,
  claim: (start: number, end: number, kind: IdentifierKind) => Claim,
): Sighting[] {
  if (!/\p{Nd}/u.test(text)) return [];
  return [...text.matchAll(NUMBER)].slice(0, MOST_NUMBERS).flatMap((match): Sighting[] => {
    const [start, end] = [match.index, match.index + match[0].length];
    const phone = foldPhone(match[0]);
    const order = orderIn(text, match[0], start, end);
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

/** Hosts that no platform is known for: whose names stand there, nobody vouches. */
const UNSURE = /^(?:forum|blog)\//;

function accountsIn({ text, where }: Place, claim: (at: number, kind: IdentifierKind) => Claim): Sighting[] {
  return accountsOf(text).map(({ account: value, at }) => {
    const said = claim(at, 'account');
    return {
      kind: 'account',
      key: KEY.account(value),
      value,
      where,
      claim: said === 'own' && UNSURE.test(value) ? 'unsaid' : said,
    };
  });
}

/** «№» would become the letters No. */
const plain = (text: string): string =>
  text.slice(0, MAX_TEXT).replaceAll('№', '#').replace(INVISIBLE, '').normalize('NFKC');
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060-\u2064\uFEFF]/g;

/** Everything in a post and its profile that may be an identifier of a customer. At most 20,000 characters of a text are read. */
export function findSightings(post: MatchPost, claims: ClaimReader): Sighting[] {
  const text = plain(post.text);
  const bio = plain(post.bio ?? '');
  const inText: Place = { text, where: 'text' };
  const inBio: Place = { text: bio, where: 'profile' };
  const whose = (start: number, end: number, kind: IdentifierKind): Claim =>
    claims.claimOf(text, start, end, kind);
  // A profile is about its owner unless it says otherwise: «Мой муж: vk.com/…».
  const inProfile = (start: number, end: number, kind: IdentifierKind): Claim => {
    const said = claims.claimOf(bio, start, end, kind);
    return said === 'unsaid' ? 'own' : said;
  };
  const handle = foldHandle(post.handle ?? '');
  const account = handle === '' ? [] : [accountKey(post.platform, handle)];
  return [
    ...emailsIn(inText, whose),
    ...numbersIn(inText, whose),
    ...emailsIn(inBio, inProfile),
    ...numbersIn(inBio, inProfile),
    ...accountsIn(inBio, (at, kind) => inProfile(at, at, kind)),
    ...post.links.slice(0, 50).flatMap((link) => accountsIn({ text: link, where: 'link' }, () => 'own')),
    ...account.map((value) => ({
      kind: 'account' as const,
      key: KEY.account(value),
      value,
      where: 'handle' as const,
      claim: 'own' as const,
    })),
  ];
}
