import type { EvidenceCode } from '../../model/customer.ts';
import type { Claim, IdentifierKind } from '../claims/claim.ts';
import { type Counts, rarityOf } from '../counts.ts';
import type { BitsOfEvidence } from '../evidence.ts';
import { maskIdentifier } from '../identifiers.ts';
import { nickOfEmail } from '../register/keys.ts';
import type { Sighting } from '../sightings.ts';
import type { Signs } from '../signs.ts';
import type { MatchCustomer } from '../subject.ts';
import { distance } from './compare-names.ts';

/** An identifier that the author calls his own, or of which nothing is said. */
export interface OwnSighting extends Sighting {
  /** Customers who have it. */
  holders: number;
}

/** Identifiers of the customer that were seen with a post. */
export interface IdentifierEvidence {
  evidence: BitsOfEvidence[];
  /** Those that the author calls his own, or of which nothing is said. */
  own: OwnSighting[];
  /** The author writes for him. */
  isSpokenFor: boolean;
}

const CODES: Readonly<Record<IdentifierKind, EvidenceCode>> = {
  email: 'same-email',
  phone: 'same-phone',
  order: 'same-order',
  account: 'same-account',
};
/** Two people share an identifier more seldom than one in N: what it says beyond there being one holder, in bits. Numbers and handles change hands. */
const BEYOND: Readonly<Record<IdentifierKind, number>> = { email: 8, phone: 6, order: 7, account: 5 };
const COST: Readonly<Record<Claim, number>> = { own: 0, unsaid: 1, behalf: 2, quoted: 14, shop: 14 };
/** A slip in an address, with a name that agrees or without. */
const NEAR_EMAIL = { bits: 9, leastName: 6, longFrom: 15 };

const isOwn = ({ claim }: Sighting): boolean => claim === 'own' || claim === 'unsaid';

function holds(customer: MatchCustomer, { kind, value }: Sighting): boolean {
  const { emails, phones, orders, handles } = customer;
  return { email: emails, phone: phones, order: orders, account: handles }[kind].includes(value);
}

export function weighIdentifiers(signs: Signs, customer: MatchCustomer, counts: Counts): IdentifierEvidence {
  const met = signs.sightings.filter((sighting) => holds(customer, sighting));
  // Of an identifier that is named twice the worst counts.
  const worst = met.sort((one, two) => COST[one.claim] - COST[two.claim]);
  const distinct = [...new Map(worst.map((sighting) => [sighting.key, sighting])).values()];
  const evidence = distinct.map(
    ({ kind, key, value, where, claim }): BitsOfEvidence => ({
      masked: maskIdentifier({ kind, value }),
      code: CODES[kind],
      bits: rarityOf(key, counts) + BEYOND[kind] - COST[claim],
      where,
      key,
    }),
  );
  return {
    evidence,
    own: distinct.filter(isOwn).map((sighting) => ({ ...sighting, holders: counts.of(sighting.key) })),
    isSpokenFor: distinct.some(({ claim }) => claim === 'behalf'),
  };
}

/** An address of the author's own that is one slip away from one of the customer's: `ivanov@mai.ru`. null: none. */
export function weighNearEmail(signs: Signs, customer: MatchCustomer): number | null {
  const given = signs.sightings.filter((sighting) => sighting.kind === 'email' && isOwn(sighting));
  const isNear = given.some(({ value }) =>
    customer.emails.some(
      (email) =>
        email !== value &&
        nickOfEmail(email).length >= NEAR_EMAIL.leastName &&
        distance(email, value, 2) <= (email.length >= NEAR_EMAIL.longFrom ? 2 : 1),
    ),
  );
  return isNear ? NEAR_EMAIL.bits : null;
}
