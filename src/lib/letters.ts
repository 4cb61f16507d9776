/** What a UTF-16 unit is to the scanner. */
export const OTHER = 0;
export const LETTER = 1;
export const DIGIT = 2;
export const EMOJI = 3;
/** First half of a character beyond the basic plane. */
export const SURROGATE = 4;
/** Folding it changes the number of units, or depends on its neighbours. */
export const UNUSUAL = 5;

export const LATIN = 1;
export const CYRILLIC = 2;

export interface LetterTables {
  /** Per UTF-16 unit: one of the classes above. */
  kinds: Uint8Array;
  /** Per UTF-16 unit: the unit that it is folded to. Right only for what is not UNUSUAL. */
  folded: Uint16Array;
  /** Per UTF-16 unit: LATIN, CYRILLIC or 0. */
  scripts: Uint8Array;
}

let tables: LetterTables | undefined;

/** Made once, at the first use (about 60 ms). `foldOne` folds a single character. */
export function letterTables(foldOne: (character: string) => string): LetterTables {
  tables ??= makeTables(foldOne);
  return tables;
}

function makeTables(foldOne: (character: string) => string): LetterTables {
  const kinds = new Uint8Array(0x10000);
  const folded = new Uint16Array(0x10000);
  const scripts = new Uint8Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const character = String.fromCharCode(unit);
    const one = foldOne(character);
    folded[unit] = one.length === 1 ? one.charCodeAt(0) : unit;
    kinds[unit] = kindOf(unit, character, one);
    scripts[unit] = /[A-Za-z]/.test(character) ? LATIN : unit >= 0x400 && unit <= 0x4ff ? CYRILLIC : 0;
  }
  return { kinds, folded, scripts };
}

function kindOf(unit: number, character: string, folded: string): number {
  if (unit >= 0xd800 && unit <= 0xdbff) return SURROGATE;
  if (unit >= 0xdc00 && unit <= 0xdfff) return OTHER;
  if (/\p{M}/u.test(character) || folded.length !== 1) return UNUSUAL;
  if (/\p{N}/u.test(folded)) return DIGIT;
  if (/[\p{L}_]/u.test(folded)) return LETTER;
  return /\p{Extended_Pictographic}/u.test(character) ? EMOJI : OTHER;
}
