/** Which writing system a UTF-16 unit belongs to; letters of other systems are told by `OTHER_SCRIPTS`. */
export const NO_LETTER = 0;
export const LATIN = 1;
export const CYRILLIC = 2;

/** A language that is alone, or by far the first, in its script. Half-open ranges of UTF-16 units. */
const OTHER_SCRIPTS: readonly [from: number, to: number, code: string][] = [
  [0x0370, 0x0400, 'el'],
  [0x0530, 0x0590, 'hy'],
  [0x0590, 0x0600, 'he'],
  [0x0600, 0x0700, 'ar'],
  [0x0900, 0x0980, 'hi'],
  [0x0e00, 0x0e80, 'th'],
  [0x10a0, 0x1100, 'ka'],
  [0x1100, 0x1200, 'ko'],
  [0x3040, 0x3100, 'ja'],
  [0x3400, 0xa000, 'zh'],
  [0xac00, 0xd7b0, 'ko'],
];
/** What `letterKind` answers for the letters of `code`. */
export const OTHER_CODES: readonly string[] = ['', '', '', ...OTHER_SCRIPTS.map(([, , code]) => code)];

const KINDS = new Uint8Array(0x10000);
fill(0x41, 0x5b, LATIN);
fill(0x61, 0x7b, LATIN);
fill(0xc0, 0x250, LATIN);
fill(0x1e00, 0x1f00, LATIN);
fill(0x400, 0x482, CYRILLIC);
fill(0x48a, 0x530, CYRILLIC);
OTHER_SCRIPTS.forEach(([from, to], index) => {
  fill(from, to, index + 3);
});
KINDS[0xd7] = NO_LETTER;
KINDS[0xf7] = NO_LETTER;

function fill(from: number, to: number, kind: number): void {
  KINDS.fill(kind, from, to);
}

/** LATIN, CYRILLIC, an index into OTHER_CODES, or NO_LETTER. */
export function letterKind(unit: number): number {
  return KINDS[unit] ?? NO_LETTER;
}
