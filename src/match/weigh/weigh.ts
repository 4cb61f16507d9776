import type { EvidenceCode } from '../../model/customer.ts';
import type { GroupNumbers } from '../../model/match-weights.ts';
import type { Counts } from '../counts.ts';
import type { BitsOfEvidence } from '../evidence.ts';
import type { Gazetteer } from '../places.ts';
import type { Signs } from '../signs.ts';
import type { MatchCustomer } from '../subject.ts';
import { weighCompany, weighNick, weighPlace, weighYear } from './circumstances.ts';
import { groupBits, sumOf } from './group-bits.ts';
import { type OwnSighting, weighIdentifiers, weighNearEmail } from './identifiers.ts';
import { weighNames } from './names.ts';

/** Everything that was found for and against a candidate. */
export interface Weighed {
  customer: MatchCustomer;
  /** Sum of the evidence: log2 of how much likelier it is if the author is he than if he is anybody. */
  bits: number;
  /** The same by group. */
  groups: GroupNumbers;
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
  const evidence = [...identifiers.evidence, ...names.evidence, ...circumstances];
  // The name is that of the one who writes, not of the one for whom he does.
  const groups = groupBits(evidence, identifiers.isSpokenFor);
  return {
    customer,
    bits: sumOf(groups),
    groups,
    evidence,
    own: identifiers.own,
    hasIdentifier: identifiers.evidence.length > 0,
    isNameAgainst: names.isAgainst,
    isNameFor: names.isFor,
    isCityAgainst: (city ?? 0) < 0,
    isSupported: names.bits > 0 || hasNick,
  };
}
