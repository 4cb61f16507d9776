/** What a UTF-16 unit is to the scanner. */
export const OTHER = 0;
export const LETTER = 1;
export const DIGIT = 2;
export const EMOJI = 3;
/** First half of a character beyond the basic plane. */
export const SURROGATE = 4;
/** Folding it changes the number of units, or depends on its neighbours. */
export const UNUSUAL = 5;

/** Above the 16 bits of a folded unit: its script, and whether it cannot be folded by itself. */
export const SCRIPT = 3 << 16;
export const SPECIAL = 1 << 18;

const LATIN = 1 << 16;
const CYRILLIC = 2 << 16;

export interface LetterTables {
  /** Per UTF-16 unit: one of the classes above. */
  kinds: Uint8Array;
  /** Per UTF-16 unit: the unit that it is folded to, its script, and SPECIAL for what is UNUSUAL, EMOJI or a SURROGATE; all in one, for speed. */
  folding: Uint32Array;
}

let tables: LetterTables | undefined;

/** Made once, at the first use (about 60 ms). `foldOne` folds a single character. */
export function letterTables(foldOne: (character: string) => string): LetterTables {
  tables ??= makeTables(foldOne);
  return tables;
}

function makeTables(foldOne: (character: string) => string): LetterTables {
  const kinds = new Uint8Array(0x10000);
  const folding = new Uint32Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const character = String.fromCharCode(unit);
    const one = foldOne(character);
    const kind = kindOf(unit, character, one);
    const isSpecial = kind === UNUSUAL || kind === SURROGATE || kind === EMOJI;
    kinds[unit] = kind;
    folding[unit] =
      (one.length === 1 ? one.charCodeAt(0) : unit) | scriptOf(unit, character) | (isSpecial ? SPECIAL : 0);
  }
  return { kinds, folding };
}

function scriptOf(unit: number, character: string): number {
  if (/[A-Za-z]/.test(character)) return LATIN;
  return unit >= 0x400 && unit <= 0x4ff ? CYRILLIC : 0;
}

function kindOf(unit: number, character: string, folded: string): number {
  if (unit >= 0xd800 && unit <= 0xdbff) return SURROGATE;
  if (unit >= 0xdc00 && unit <= 0xdfff) return OTHER;
  if (/\p{M}/u.test(character) || folded.length !== 1) return UNUSUAL;
  if (/\p{N}/u.test(folded)) return DIGIT;
  if (/[\p{L}_]/u.test(folded)) return LETTER;
  return /\p{Extended_Pictographic}/u.test(character) ? EMOJI : OTHER;
}
