import type { PersonName } from './names/parse-name.ts';
import { KEY, nameKeys, TERM } from './register/keys.ts';
import type { Holders } from './register/register.ts';
import type { Signs } from './signs.ts';
import type { MatchCustomer } from './subject.ts';

/** Letters to which surnames are cut in handles. */
const CUT = 4;

/** What a handle spells is looked for as it stands: it may have been read wrongly, and is read in many ways. */
function spelledKeys(name: PersonName, cities: readonly string[]): string[] {
  const { firsts, lasts } = name;
  return [
    ...lasts.map(KEY.last),
    ...lasts.flatMap((last) => [
      ...cities.map((city) => KEY.lastIn(last, city)),
      ...firsts.map((first) => KEY.fullName(first, last)),
      // «alyosha_glad62» has cut his surname short.
      ...firsts.flatMap((first) => (last.length === CUT ? [KEY.end(first, `${last}_`)] : [])),
    ]),
    ...initialKeys(name, cities),
  ];
}

/** «Ира Г.» of a town. */
function initialKeys({ firsts, lasts, initials }: PersonName, cities: readonly string[]): string[] {
  if (lasts.length > 0) return [];
  return firsts.flatMap((first) =>
    initials.flatMap((initial) => cities.map((city) => KEY.initialIn(first, initial, city))),
  );
}

/** Keys to ask the register for: who could the author be? */
export function keysOfSigns(signs: Signs): string[] {
  const cities = signs.place?.cities ?? [];
  return [
    ...new Set([
      ...signs.sightings.map(({ key }) => key),
      ...(signs.nick === '' ? [] : [KEY.nick(signs.nick)]),
      ...[signs.name, signs.signed].flatMap((name) => [
        ...nameKeys(name, cities),
        ...initialKeys(name, cities),
      ]),
      ...signs.handle.names.flatMap((name) => spelledKeys(name, cities)),
      ...signs.companies.flatMap((company) => signs.name.firsts.map((first) => KEY.employee(company, first))),
    ]),
  ];
}

/** All whose counts a comparison of these customers with the signs will ask for. */
export function countedKeys(signs: Signs, customers: readonly MatchCustomer[]): string[] {
  const names = [signs.name, signs.signed, ...signs.handle.names];
  return [
    ...new Set([
      ...signs.sightings.map(({ key }) => key),
      ...names.flatMap(({ firsts, lasts }) => [...firsts.map(TERM.first), ...lasts.map(KEY.last)]),
      ...customers.flatMap(({ name, place, company }) => [
        ...name.lasts.map(KEY.last),
        ...(name.patronymic ? [TERM.patronymic(name.patronymic)] : []),
        ...(place?.cities ?? []).map(TERM.city),
        ...(company ? [TERM.company(company)] : []),
      ]),
    ]),
  ];
}

/** Rows of which only a common key speaks are looked at when there are few others. */
const COMMON = { weight: 0.02, rows: 8 };

/** The rows that most and the rarest keys speak for; at most `limit`. */
export function rowsUnder(found: ReadonlyMap<string, Holders>, limit: number): number[] {
  const weights = new Map<number, number>();
  for (const { rows } of found.values()) {
    const weight = 1 / rows.length;
    for (const row of rows) weights.set(row, (weights.get(row) ?? 0) + weight);
  }
  return [...weights]
    .sort((a, b) => b[1] - a[1])
    .filter(([, weight], at) => at < limit && (at < COMMON.rows || weight >= COMMON.weight))
    .map(([row]) => row);
}
