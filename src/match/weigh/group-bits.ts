import type { Evidence, EvidenceCode } from '../../model/customer.ts';
import { EVIDENCE_GROUPS, type EvidenceGroup, type GroupNumbers } from '../../model/match-weights.ts';

const GROUPS: Partial<Readonly<Record<EvidenceCode, EvidenceGroup>>> = {
  'same-email': 'identifiers',
  'same-phone': 'identifiers',
  'same-order': 'identifiers',
  'same-account': 'identifiers',
  'same-handle': 'identifiers',
  'same-nick': 'nick',
  surname: 'name',
  'first-name': 'name',
  patronymic: 'name',
  city: 'place',
  'birth-year': 'others',
  company: 'others',
  'similar-email': 'others',
};
/** However rare a name is: beyond this it is as good as an identifier, and it is none. */
const MOST_OF_NAME = 24;
/** All else does not outweigh an identifier: people write under other names, from other towns. */
const LEAST_BESIDE_IDENTIFIER = -4.5;

export const sumOf = (groups: GroupNumbers): number =>
  EVIDENCE_GROUPS.reduce((sum, group) => sum + groups[group], 0);

/** Bits of each group as they stand; what is no sign (`prior`, `known-account`) is left out. */
function partsOf(evidence: readonly Evidence[]): Record<EvidenceGroup, number[]> {
  const parts: Record<EvidenceGroup, number[]> = {
    identifiers: [],
    nick: [],
    name: [],
    place: [],
    others: [],
  };
  for (const { code, bits = 0 } of evidence) {
    const group = GROUPS[code];
    if (group) parts[group].push(bits);
  }
  return parts;
}

const total = (bits: readonly number[]): number => bits.reduce((sum, one) => sum + one, 0);

/**
 * What signs say together, by group: of identifiers the strongest counts, for two of them mostly come together. `isSpokenFor`: the author
 * writes for him, so that name and town are another's.
 */
export function groupBits(evidence: readonly Evidence[], isSpokenFor = false): GroupNumbers {
  const parts = partsOf(evidence);
  const identifiers = Math.max(0, ...parts.identifiers);
  const person = {
    nick: total(parts.nick),
    name: Math.min(MOST_OF_NAME, total(parts.name)),
    place: total(parts.place),
    others: total(parts.others),
  };
  const sum = person.nick + person.name + person.place + person.others;
  const isOutweighed = parts.identifiers.length > 0 && sum < LEAST_BESIDE_IDENTIFIER;
  const share = isSpokenFor ? 0 : isOutweighed ? LEAST_BESIDE_IDENTIFIER / sum : 1;
  return {
    identifiers,
    nick: person.nick * share,
    name: person.name * share,
    place: person.place * share,
    others: person.others * share,
  };
}
