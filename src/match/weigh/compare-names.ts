import { type Counts, rarityOf } from '../counts.ts';
import type { PersonName } from '../names/parse-name.ts';
import { KEY, TERM } from '../register/keys.ts';

/** How well two names agree, in bits, part by part; null: one of them does not say. */
export interface NameAgreement {
  last: number | null;
  first: number | null;
  patronymic: number | null;
}

const AGAINST = { last: -5, first: -7, patronymic: -6 };
/** Of a surname one slip away, and two. */
const NEAR_COST = [0, 4, 7];
const CUT_COST = 4;
const INITIAL_BITS = 3;
const LEAST_FOR_A_SLIP = 5;
const LEAST_FOR_TWO = 8;
const LEAST_CUT = 4;

/** Distance of Damerau and Levenshtein (neighbours swapped count once), or `limit` + 1 when it is greater. */
export function distance(one: string, two: string, limit: number): number {
  if (Math.abs(one.length - two.length) > limit) return limit + 1;
  let older: number[] = [];
  let old = Array.from({ length: two.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= two.length; j += 1) {
      const same = one[i - 1] === two[j - 1];
      let least = Math.min((old[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (old[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1])
        least = Math.min(least, (older[j - 2] ?? 0) + 1);
      row[j] = least;
    }
    older = old;
    old = row;
  }
  return old[two.length] ?? limit + 1;
}

/** Slips between two surnames; null when they are two surnames. */
function slipsBetween(one: string, two: string): number | null {
  const length = Math.min(one.length, two.length);
  if (length < LEAST_FOR_A_SLIP) return null;
  const limit = length >= LEAST_FOR_TWO ? 2 : 1;
  const slips = distance(one, two, limit);
  return slips <= limit ? slips : null;
}

function compareLast(said: PersonName, known: PersonName, counts: Counts): number | null {
  if (said.lasts.length === 0 || known.lasts.length === 0) return null;
  const same = said.lasts.find((last) => known.lasts.includes(last));
  if (same !== undefined) return rarityOf(KEY.last(same), counts);
  for (const last of known.lasts)
    for (const other of said.lasts) {
      const slips = slipsBetween(other, last);
      if (slips !== null) return rarityOf(KEY.last(last), counts) - (NEAR_COST[slips] ?? 0);
    }
  const cut = known.lasts.find((last) =>
    said.lasts.some((other) => other.length >= LEAST_CUT && last.startsWith(other)),
  );
  if (cut !== undefined) return rarityOf(KEY.last(cut), counts) - CUT_COST;
  return AGAINST.last;
}

function compareFirst(said: PersonName, known: PersonName, counts: Counts): number | null {
  if (known.firsts.length === 0) return null;
  if (said.firsts.length > 0) {
    if (!said.firsts.some((first) => known.firsts.includes(first))) return AGAINST.first;
    // A form of several names says little more than the commonest of them.
    return Math.min(...said.firsts.map((first) => rarityOf(TERM.first(first), counts)));
  }
  if (said.initials.length === 0) return null;
  return said.initials.some((initial) => known.firsts.some((first) => first.startsWith(initial)))
    ? INITIAL_BITS
    : AGAINST.first / 2;
}

function comparePatronymic(said: PersonName, known: PersonName, counts: Counts): number | null {
  if (known.patronymic === null) return null;
  if (said.patronymic !== null) {
    const [one, two] = [said.patronymic, known.patronymic];
    if (one.startsWith(two) || two.startsWith(one)) return rarityOf(TERM.patronymic(two), counts);
    return AGAINST.patronymic;
  }
  if (said.initials.length < 2) return null;
  return said.initials.includes(known.patronymic.charAt(0)) ? INITIAL_BITS : AGAINST.patronymic / 2;
}

/** Compares what is said of a name with a customer's. */
export function compareNames(said: PersonName, known: PersonName, counts: Counts): NameAgreement {
  const last = compareLast(said, known, counts);
  // Of a surname that is shortened to a letter, «Ира Г.», the letter tells.
  const initialOfLast =
    said.lasts.length === 0 && said.firsts.length > 0 && said.initials.length > 0 && known.lasts.length > 0
      ? known.lasts.some((name) => said.initials.includes(name.charAt(0)))
        ? INITIAL_BITS
        : AGAINST.last
      : null;
  return {
    last: last ?? initialOfLast,
    first: compareFirst(said, known, counts),
    patronymic: comparePatronymic(said, known, counts),
  };
}

export const totalOf = ({ last, first, patronymic }: NameAgreement): number =>
  (last ?? 0) + (first ?? 0) + (patronymic ?? 0);
