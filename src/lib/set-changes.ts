/** What of the known is not wanted, and what of the wanted is not known. `nameOf` tells them apart. */
export function setChanges<Known, Wanted extends Known>(
  known: readonly Known[],
  wanted: readonly Wanted[],
  nameOf: (one: Known) => string,
): { gone: Known[]; missing: Wanted[] } {
  const [before, after] = [new Set(known.map(nameOf)), new Set(wanted.map(nameOf))];
  return {
    gone: known.filter((one) => !after.has(nameOf(one))),
    missing: wanted.filter((one) => !before.has(nameOf(one))),
  };
}
