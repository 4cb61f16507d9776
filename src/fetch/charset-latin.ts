import iconv from 'iconv-lite';

/** The letters beyond ASCII of languages that are written in each charset. */
const WESTERN = [
  'äöüß',
  'éèêàçùâîôûëïœ',
  'áéíóúñü',
  'ãõáéíóúâêôçà',
  'æøåé',
  'åäöé',
  'àèéìòù',
  'ëéïèö',
  'áðéíóúýþæö',
];
const CENTRAL = ['áčďéěíňóřšťúůýž', 'ąćęłńóśźż', 'áäčďéíľĺňóôŕšťúýž', 'áéíóöőúüű', 'čćđšž', 'čšž', 'ăâîşţ'];
const TURKISH = ['çğıöşüâî'];
const BALTIC = ['ąčęėįšųūž', 'āčēģīķļņšūž', 'äõöüšž'];

/** In order of how often they are met: the first wins a tie. */
const CANDIDATES: readonly (readonly [string, readonly string[]])[] = [
  ['windows-1252', WESTERN],
  ['windows-1250', CENTRAL],
  ['iso-8859-2', CENTRAL],
  ['windows-1254', TURKISH],
  ['windows-1257', BALTIC],
  ['iso-8859-13', BALTIC],
  ['macintosh', WESTERN],
  ['ibm850', WESTERN],
  ['ibm852', CENTRAL],
];
/** Hardly met any more: they need some evidence. */
const RARE: ReadonlySet<string> = new Set(['macintosh', 'ibm850', 'ibm852', 'iso-8859-13']);
const RARITY = -6;

const MARKS = new Set('«»—–…“”„’‘‚©®™°§·•€£¿¡\u00a0');
const FOREIGN_SCORE = -8;
const MARK_SCORE = -4;
/** A letter that stands alone, or a capital in the middle of a word, is what a wrong charset looks like. */
const MISPLACED_SCORE = -7;
const SAMPLE_BYTES = 16 * 1024;

interface Placed {
  char: string;
  isPlaced: boolean;
}

function isLetter(char: string | undefined): boolean {
  return char !== undefined && /\p{L}/u.test(char);
}

/** The characters above 127 of a text, and whether a letter may stand there. */
function wideChars(text: string): Placed[] {
  const chars = [...text];
  return chars.flatMap((char, at) => {
    if (char <= '\u007f') return [];
    const before = chars[at - 1];
    const isCapitalInside = char !== char.toLowerCase() && before !== undefined && /\p{Ll}/u.test(before);
    return [{ char, isPlaced: !isCapitalInside && (isLetter(before) || isLetter(chars[at + 1])) }];
  });
}

function scoreOf(chars: readonly Placed[], letters: ReadonlySet<string>): number {
  const hit = -Math.log(letters.size);
  return chars.reduce((sum, { char, isPlaced }) => {
    if (MARKS.has(char)) return sum + MARK_SCORE;
    if (!letters.has(char.toLowerCase())) return sum + FOREIGN_SCORE;
    return sum + (isPlaced ? hit : MISPLACED_SCORE);
  }, 0);
}

/** The charset of a text in Latin letters with some accents: windows-1252 when nothing speaks for another. */
export function guessLatin(bytes: Uint8Array): string {
  const start = Math.max(0, bytes.findIndex((byte) => byte > 127) - 32);
  const sample = Buffer.from(
    bytes.buffer,
    bytes.byteOffset + start,
    Math.min(SAMPLE_BYTES, bytes.length - start),
  );
  let best = { charset: 'windows-1252', score: Number.NEGATIVE_INFINITY };
  for (const [charset, languages] of CANDIDATES) {
    const chars = wideChars(iconv.decode(sample, charset));
    for (const letters of languages) {
      const score = scoreOf(chars, new Set(letters)) + (RARE.has(charset) ? RARITY : 0);
      if (score > best.score) best = { charset, score };
    }
  }
  return best.charset;
}
