import { type Counts, rarityOf } from '../counts.ts';
import type { Gazetteer, Place } from '../places.ts';
import { KEY, TERM } from '../register/keys.ts';
import type { Signs } from '../signs.ts';
import type { MatchCustomer } from '../subject.ts';

const OTHER_CITY = -4;
const SAME_REGION = 1.5;
const YEAR = { same: { 2: 4, 4: 5 }, other: -1.5 };
/** However rare a nick is: others may choose it, too. */
const MOST_OF_NICK = 11;
/** What a nick that spells the name adds by being the very same. */
const NICK_AGAIN = 3;

/** Town against town; where one of them says a region only, that. null: one of them does not say. */
export function weighPlace(
  said: Place | null,
  known: Place | null,
  counts: Counts,
  places: Gazetteer,
): number | null {
  if (!said || !known) return null;
  const same = said.cities.find((city) => known.cities.includes(city));
  if (same !== undefined) return rarityOf(TERM.city(same), counts);
  const regions = (place: Place): readonly string[] => [
    ...place.regions,
    ...place.cities.flatMap(places.regionsOf),
  ];
  const isWide = said.regions.length > 0 || known.regions.length > 0;
  return isWide && regions(said).some((region) => regions(known).includes(region)) ? SAME_REGION : OTHER_CITY;
}

/** A year in the handle against the year of birth; two digits that differ may be anything. */
export function weighYear({ handle: { year } }: Signs, { birthYear }: MatchCustomer): number | null {
  if (!year || birthYear === null) return null;
  const isSame = year.value === (year.digits === 4 ? birthYear : birthYear % 100);
  if (isSame) return YEAR.same[year.digits];
  return year.digits === 4 ? YEAR.other : null;
}

/** The handle is the name of a mailbox of his, or of an account elsewhere; `spelled` bits of it were counted as his name. */
export function weighNick({ nick }: Signs, spelled: number, counts: Counts): number {
  return Math.min(MOST_OF_NICK, Math.max(NICK_AGAIN, rarityOf(KEY.nick(nick), counts) - spelled));
}

/** The profile names the company for which he works. */
export function weighCompany(
  { companies }: Signs,
  { company }: MatchCustomer,
  counts: Counts,
): number | null {
  return company !== null && companies.includes(company) ? rarityOf(TERM.company(company), counts) : null;
}
