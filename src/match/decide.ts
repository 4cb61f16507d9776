import type { MatchPost } from './post.ts';
import type { Sighting } from './sightings.ts';
import type { MatchCustomer } from './subject.ts';
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
  /(?:нов(?:ый|ого|ая|ые|ом) (?:аккаунт|владел|хозя|страниц|профил|ник)|(?:прошл|прежн|бывш|предыдущ)\p{L}+ (?:владел|хозя)|(?:купил|перекупил|забрал|получил|взял|выкупил|достал)\p{L}* (?:\p{L}+ )?(?:ник|аккаунт|акк|страниц)|ник (?:теперь|достался|перешел|свободный)|теперь (?:мо[йя]|это мо)|new (?:owner|account|holder|here)|(?:just|recently|finally) (?:got|bought|claimed|took|grabbed)|(?:previous|former|prior|old|last) owner|bought this|took over|under new|not the previous|handle (?:acquired|claimed|changed|was free)|second owner)/iu;
const NOT_REAL =
  /(?:фейк|пароди|не настоящ|не\s?официальн|фан-?(?:клуб|стра|акк)|фанат|юмор|шутк|шуточн|сатир|двойник|подражат|косплей|ролев|не он\b|не она\b|fake|parod|not (?:the )?real|not affiliated|fan (?:account|page|club)|fanpage|satire|spoof|impersonat|tribute|just (?:for )?(?:fun|a joke)|joke account|unofficial|lookalike|role-?play)/iu;

/** The profile says that somebody else has the account now. */
export const hasChangedHands = ({ bio }: MatchPost): boolean => CHANGED_HANDS.test(bio ?? '');
/** The profile says that it plays somebody. */
export const isNotReal = ({ bio }: MatchPost): boolean => NOT_REAL.test(bio ?? '');

const meet = (one: readonly string[], two: readonly string[]): boolean =>
  one.some((value) => two.includes(value));

/** Two entries of one person: the same surname and first name, or all contacts, and a contact in common. Relatives share one, too. */
export function areSamePerson(one: MatchCustomer, two: MatchCustomer): boolean {
  const email = meet(one.emails, two.emails);
  const phone = meet(one.phones, two.phones);
  if (!(email || phone) || !meet(one.name.lasts, two.name.lasts)) return false;
  return meet(one.name.firsts, two.name.firsts) || (email && phone);
}

/** Own identifiers of the first that nobody but the same person has. */
function soleIdentifiers(best: Weighed, others: readonly Weighed[]): Sighting[] {
  return best.own.filter(
    ({ key }) => !others.some((other) => other.own.some((sighting) => sighting.key === key)),
  );
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
  const strong = soleIdentifiers(best, others).filter(({ claim }) => claim === 'own' || best.isSupported);
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
