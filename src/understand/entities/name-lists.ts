/** What a list of names knows an English word as; in Russian the dictionary tells. */
export interface NameLists {
  /** First names and cities, countries, lands; folded; those of several words with blanks. Kept with the weights, which know them. */
  firstNames: readonly string[];
  places: readonly string[];
  /** «+Name», «+Geox», «begins» (a place of several words), together or ''. */
  sensesOf(folded: string): string;
}

export function createNameLists(firstNames: readonly string[], places: readonly string[]): NameLists {
  const names = new Set(firstNames);
  const known = new Set(places);
  const beginnings = new Set(places.flatMap((place) => /^(.+?) /.exec(place)?.[1] ?? []));
  return {
    firstNames,
    places,
    sensesOf: (folded) => {
      const bare = folded.replace(/'s$/, '');
      return (
        (names.has(bare) ? '+Name' : '') +
        (known.has(bare) ? '+Geox' : '') +
        (beginnings.has(bare) ? 'begins' : '')
      );
    },
  };
}
