import type { EvidenceCode } from '../../model/customer.ts';
import type { Counts } from '../counts.ts';
import type { BitsOfEvidence } from '../evidence.ts';
import { NO_NAME, type PersonName } from '../names/parse-name.ts';
import { KEY } from '../register/keys.ts';
import type { Signs } from '../signs.ts';
import type { MatchCustomer } from '../subject.ts';
import { compareNames, type NameAgreement, totalOf } from './compare-names.ts';

/** What the name that is shown, the signature and the handle say together. */
export interface NameEvidence {
  bits: number;
  evidence: BitsOfEvidence[];
  /** The part that the handle spells, in bits. */
  spelled: number;
  /** The shown name is another one. */
  isAgainst: boolean;
  /** The shown name agrees in a part. */
  isFor: boolean;
}

type Part = 'last' | 'first' | 'patronymic';
const PARTS: readonly Part[] = ['last', 'first', 'patronymic'];
const CODES: Readonly<Record<Part, EvidenceCode>> = {
  last: 'surname',
  first: 'first-name',
  patronymic: 'patronymic',
};
/** Two sources that say the same say little more than one. */
const REPEATED = 1;
/** What a handle spells is less sure than a name that is shown. */
const IN_HANDLE = 0.95;
/** And still less when the shown name says another thing: women take another surname and keep the handle. */
const IN_HANDLE_ONLY = 0.6;
/** Bits below which a part is another one, and not only unlike. */
const OTHER = -3;
/** A first name that agrees outweighs another surname. */
const ENOUGH = 3;

/** What one part of a name says, from the name that is shown and from the handle; each counted once. */
function partBits(shown: number | null, spelled: number): number {
  const handle = spelled * IN_HANDLE;
  if (shown === null) return handle;
  if (handle === 0) return shown;
  return shown > 0 ? Math.max(shown, handle) + REPEATED : shown + spelled * IN_HANDLE_ONLY;
}

/** A word is taken for a name when it is a first name, or a surname that somebody has. */
function compareShown(said: PersonName, customer: MatchCustomer, counts: Counts): NameAgreement {
  const isName = said.firsts.length > 0 || said.lasts.some((last) => counts.of(KEY.last(last)) > 0);
  return compareNames(isName ? said : NO_NAME, customer.name, counts);
}

/** The best of the ways in which a handle can be read. What does not agree is no sign, for it may have been read wrongly. */
function compareHandle(signs: Signs, customer: MatchCustomer, counts: Counts): NameAgreement | null {
  let best: NameAgreement | null = null;
  for (const name of signs.handle.names) {
    const agreement = compareNames(name, customer.name, counts);
    if ((agreement.last ?? 0) < 0 || (agreement.first ?? 0) < 0) continue;
    if (totalOf(agreement) > (best ? totalOf(best) : 0)) best = agreement;
  }
  return best;
}

const isOther = (bits: number | null): boolean => bits !== null && bits < OTHER;

/** Another first name or patronymic, or another surname without a first name that agrees. */
const speaksAgainst = ({ first, last, patronymic }: NameAgreement): boolean =>
  isOther(first) || isOther(patronymic) || ((last ?? 0) < 0 && (first ?? 0) < ENOUGH);

export function weighNames(signs: Signs, customer: MatchCustomer, counts: Counts): NameEvidence {
  const displayed = compareShown(signs.name, customer, counts);
  const signed = compareShown(signs.signed, customer, counts);
  const isSigned = totalOf(signed) > Math.max(0, totalOf(displayed));
  const shown = isSigned ? signed : displayed;
  const handle = compareHandle(signs, customer, counts);
  const spelled = (part: Part): number => Math.max(0, handle?.[part] ?? 0);
  const evidence = PARTS.flatMap((part): BitsOfEvidence[] => {
    const bits = partBits(shown[part], spelled(part));
    if (bits === 0) return [];
    return [
      {
        code: CODES[part],
        bits,
        masked: '',
        where: shown[part] === null ? 'handle' : isSigned ? 'text' : 'name',
      },
    ];
  });
  const { first, last } = shown;
  return {
    bits: evidence.reduce((sum, { bits }) => sum + bits, 0),
    evidence,
    spelled: PARTS.reduce((sum, part) => sum + spelled(part), 0),
    // A signature does not take back what the shown name says.
    isAgainst: speaksAgainst(displayed) || speaksAgainst(shown),
    isFor: (first ?? 0) > 0 || (last ?? 0) > 0,
  };
}
