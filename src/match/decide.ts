import type { MatchPost } from './post.ts';
import type { MatchCustomer } from './subject.ts';
import type { OwnSighting } from './weigh/identifiers.ts';
import type { Weighed } from './weigh/weigh.ts';

/** What is done with a post: linked by itself, shown to a person, or nothing. */
export type Decision = 'auto' | 'review' | 'none';

/** What was decided about an account before. */
export interface AccountHistory {
  /** The customer that a person confirmed, or that a strong sign of an earlier post showed. */
  bound: string | null;
  /** Customers that a person said it is not. */
  rejected: ReadonlySet<string>;
}

const CHANGED_HANDS =
  /(?:нов(?:ый|ого|ая|ые|ом) (?:аккаунт|владел|хозя|страниц|профил|ник)|(?:прошл|прежн|бывш|предыдущ)\p{L}{1,6} (?:владел|хозя)|(?:купил|перекупил|забрал|получил|взял|выкупил|достал)\p{L}{0,3} (?:\p{L}{1,12} )?(?:ник|аккаунт|акк|страниц)|ник (?:теперь|достался|перешел|свободный)|new (?:owner|account|holder)|(?:just|recently|finally) (?:got|bought|claimed|took|grabbed) (?:\p{L}{1,8} )?(?:handle|account|name|nick|page)|(?:previous|former|prior|old|last) owner|bought this|took over|under new (?:owner|management)|handle (?:acquired|claimed|changed|was free)|second owner)/iu;
const NOT_REAL =
  /(?:фейк|пароди|не настоящ|не\s?официальн|фан-?(?:клуб|стра|акк)|фанат\p{L}{0,4} (?:аккаунт|страниц)|сатирич|двойник|косплей|ролев\p{L}{1,3} (?:аккаунт|страниц)|fake|parod|not (?:the )?real|not affiliated|fan (?:account|page|club)|fanpage|satire|spoof|impersonat|tribute (?:account|page)|joke account|unofficial|lookalike|role-?play)/iu;
/** A profile says first what it is. */
const MAX_BIO = 500;

/** The profile says that somebody else has the account now. */
const hasChangedHands = ({ bio }: MatchPost): boolean => CHANGED_HANDS.test((bio ?? '').slice(0, MAX_BIO));
/** The profile says that it plays somebody. */
export const isNotReal = ({ bio }: MatchPost): boolean => NOT_REAL.test((bio ?? '').slice(0, MAX_BIO));

const meet = (one: readonly string[], two: readonly string[]): boolean =>
  one.some((value) => two.includes(value));

const agree = <Value>(one: Value | null, two: Value | null): boolean =>
  one === null || two === null || one === two;

/** Two entries of one person: the same surname and first name, and a contact in common. Spouses share contacts, father and son the name. */
export function areSamePerson(one: MatchCustomer, two: MatchCustomer): boolean {
  return (
    meet(one.name.lasts, two.name.lasts) &&
    meet(one.name.firsts, two.name.firsts) &&
    agree(one.name.patronymic, two.name.patronymic) &&
    agree(one.birthYear, two.birthYear) &&
    (meet(one.emails, two.emails) || meet(one.phones, two.phones))
  );
}

/** Own identifiers of the best that nobody but entries of the same person hold. Holders that were not looked at are others. */
function soleIdentifiers(best: Weighed, weighed: readonly Weighed[]): OwnSighting[] {
  const same = weighed.filter((other) => other === best || areSamePerson(other.customer, best.customer));
  const holding = (key: string): number =>
    same.filter(({ own }) => own.some((one) => one.key === key)).length;
  return best.own.filter(({ key, holders }) => holders <= holding(key));
}

/**
 * May the best candidate be linked without a person? Only by an identifier that the writer gives as his own (one of which nothing
 * is said needs a name or a handle that agrees), that nobody else holds, with nothing against it: no other name, no identifier of somebody
 * else's, no sign that the account has changed hands.
 */
export function mayLink(weighed: readonly Weighed[], post: MatchPost): boolean {
  const [best] = weighed;
  if (!best || best.isNameAgainst || hasChangedHands(post)) return false;
  const others = weighed.filter((other) => other !== best && !areSamePerson(other.customer, best.customer));
  const strong = soleIdentifiers(best, weighed).filter(({ claim }) => claim === 'own' || best.isSupported);
  if (strong.length === 0) return false;
  const isContradicted = others.some((other) =>
    other.own.some(({ key }) => !best.own.some((own) => own.key === key)),
  );
  if (isContradicted) return false;
  // A handle alone, from another town and under no name, may have been taken over.
  const onlyAccount = strong.every(({ kind, where }) => kind === 'account' && where === 'handle');
  return !(onlyAccount && best.isCityAgainst && !best.isNameFor);
}

/** Is the account still that of the customer to whom it was bound, as far as this post tells? */
export function isStillBound(weighed: readonly Weighed[], post: MatchPost, bound: string): boolean {
  const [best] = weighed;
  if (hasChangedHands(post)) return false;
  if (!best || best.customer.id === bound || best.own.length === 0) return true;
  return weighed.some(({ customer }) => customer.id === bound && areSamePerson(customer, best.customer));
}
