import { foldWord } from '../lib/fold.ts';

/** Where somebody says he lives, by ids of the list of cities; an unknown place is its own folded name. */
export interface Place {
  /** Several when the name does not tell: «Ростов». */
  cities: readonly string[];
  /** Regions or countries, when no city is said: «TX». */
  regions: readonly string[];
}

interface City {
  id: string;
  /** `us/tx`, and `us`. */
  regions: readonly string[];
}

export interface Gazetteer {
  /** What a field holds; null when it is empty. */
  place(text: string): Place | null;
  /** Cities that a longer text names. */
  placesIn(text: string): Place | null;
  /** Regions in which a city lies. */
  regionsOf(city: string): readonly string[];
}

const foldPlace = (text: string): string =>
  foldWord(text)
    .replace(/^\s*(?:г|гор|город|city of|the city of)[.\s]\s*/u, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const NONE = '-';
const LONGEST = 4;
const MAX_TEXT = 300;

/** `rows`: name, country, region, aliases parted by `;`. */
export function createGazetteer(rows: readonly (readonly string[])[]): Gazetteer {
  const byName = new Map<string, City[]>();
  const byId = new Map<string, City>();
  for (const [name = '', country = '', region = '', aliases = ''] of rows) {
    const id = `${foldPlace(name)}, ${country.toLowerCase()}`;
    const land = country.toLowerCase();
    const city = {
      id,
      regions: [land, ...(region === '' || region === NONE ? [] : [`${land}/${foldPlace(region)}`])],
    };
    byId.set(id, city);
    for (const alias of [name, ...aliases.split(';')]) {
      const key = foldPlace(alias);
      if (key === '') continue;
      byName.set(key, [...(byName.get(key) ?? []).filter((known) => known.id !== id), city]);
    }
  }
  const regions = new Map<string, string[]>();
  for (const city of byId.values())
    for (const region of city.regions) {
      const key = region.split('/').at(-1) ?? '';
      const known = regions.get(key) ?? [];
      if (!known.includes(region)) regions.set(key, [...known, region]);
    }

  const place = (text: string): Place | null => {
    const key = foldPlace(text.slice(0, MAX_TEXT));
    if (key === '') return null;
    const cities = byName.get(key);
    if (cities) return { cities: cities.map(({ id }) => id), regions: [] };
    const [first = key] = text
      .split(',')
      .map(foldPlace)
      .filter((part) => part !== '');
    const parted = byName.get(first);
    if (parted) return { cities: parted.map(({ id }) => id), regions: [] };
    return { cities: [key], regions: regions.get(key) ?? [] };
  };
  const placesIn = (text: string): Place | null => {
    const words = foldPlace(text.slice(0, MAX_TEXT)).split(' ');
    for (let length = LONGEST; length > 0; length -= 1)
      for (let start = 0; start + length <= words.length; start += 1) {
        const key = words.slice(start, start + length).join(' ');
        const cities = key.length > 2 ? byName.get(key) : undefined;
        if (cities) return { cities: cities.map(({ id }) => id), regions: [] };
      }
    return null;
  };
  return { place, placesIn, regionsOf: (id) => byId.get(id)?.regions ?? [] };
}
