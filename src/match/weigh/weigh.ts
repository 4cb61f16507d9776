import type { EvidenceCode } from '../../model/customer.ts';
import type { Counts } from '../counts.ts';
import type { BitsOfEvidence } from '../evidence.ts';
import type { Gazetteer } from '../places.ts';
import type { Signs } from '../signs.ts';
import type { MatchCustomer } from '../subject.ts';
import { weighCompany, weighNick, weighPlace, weighYear } from './circumstances.ts';
import { type OwnSighting, weighIdentifiers, weighNearEmail } from './identifiers.ts';
import { weighNames } from './names.ts';

/** Everything that was found for and against a candidate. */
export interface Weighed {
  customer: MatchCustomer;
  /** Sum of the evidence: log2 of how much likelier it is if the author is he than if he is anybody. */
  bits: number;
  evidence: BitsOfEvidence[];
  /** Identifiers of his that the author calls his own, or of which nothing is said. */
  own: readonly OwnSighting[];
  hasIdentifier: boolean;
  /** The shown name is another one; agrees in a part. */
  isNameAgainst: boolean;
  isNameFor: boolean;
  isCityAgainst: boolean;
  /** The name or the handle speak for him. */
  isSupported: boolean;
}

/** What a candidate is held against. */
export interface Scales {
  signs: Signs;
  counts: Counts;
  places: Gazetteer;
}

/** All else does not outweigh an identifier: people write under other names, from other towns. */
const LEAST_BESIDE_IDENTIFIER = -4.5;

/** Weighs a candidate; `hasNick`: the author's handle is a nick of the customer's. */
export function weigh(customer: MatchCustomer, hasNick: boolean, { signs, counts, places }: Scales): Weighed {
  const identifiers = weighIdentifiers(signs, customer, counts);
  const names = weighNames(signs, customer, counts);
  // The account itself has its nick, and has been counted.
  const isAccount = identifiers.evidence.some(
    ({ code, where }) => code === 'same-account' && where === 'handle',
  );
  const city = weighPlace(signs.place, customer.place, counts, places);
  const others: readonly (readonly [EvidenceCode, number | null, BitsOfEvidence['where']])[] = [
    ['same-nick', hasNick && !isAccount ? weighNick(signs, names.spelled, counts) : null, 'handle'],
    ['city', city, 'profile'],
    ['birth-year', weighYear(signs, customer), 'handle'],
    ['company', weighCompany(signs, customer, counts), 'profile'],
    ['similar-email', weighNearEmail(signs, customer), 'text'],
  ];
  const circumstances = others.flatMap(([code, bits, where]) =>
    bits === null ? [] : [{ code, bits, masked: '', where }],
  );
  const person = names.bits + circumstances.reduce((sum, { bits }) => sum + bits, 0);
  const hasIdentifier = identifiers.evidence.length > 0;
  // The name is that of the one who writes, not of the one for whom he does.
  const beside = identifiers.isSpokenFor
    ? 0
    : hasIdentifier
      ? Math.max(LEAST_BESIDE_IDENTIFIER, person)
      : person;
  return {
    customer,
    bits: identifiers.bits + beside,
    evidence: [...identifiers.evidence, ...names.evidence, ...circumstances],
    own: identifiers.own,
    hasIdentifier,
    isNameAgainst: names.isAgainst,
    isNameFor: names.isFor,
    isCityAgainst: (city ?? 0) < 0,
    isSupported: names.bits > 0 || hasNick,
  };
}
