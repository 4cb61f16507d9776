import iconv from 'iconv-lite';

/** Per cent of letters in Russian text, with the letters of its neighbours as rare guests. */
const PER_CENT: Record<string, number> = {
  о: 10.97,
  е: 8.45,
  а: 8.01,
  и: 7.35,
  н: 6.7,
  т: 6.26,
  с: 5.47,
  р: 4.73,
  в: 4.54,
  л: 4.4,
  к: 3.49,
  м: 3.21,
  д: 2.98,
  п: 2.81,
  у: 2.62,
  я: 2.01,
  ы: 1.9,
  ь: 1.74,
  г: 1.7,
  з: 1.65,
  б: 1.59,
  ч: 1.44,
  й: 1.21,
  х: 0.97,
  ж: 0.94,
  ш: 0.73,
  ю: 0.64,
  ц: 0.48,
  щ: 0.36,
  э: 0.32,
  ф: 0.26,
  ъ: 0.1,
  ё: 0.1,
  і: 0.3,
  ї: 0.05,
  є: 0.05,
  ґ: 0.01,
  ў: 0.02,
  ј: 0.05,
  љ: 0.01,
  њ: 0.01,
  ћ: 0.01,
  ђ: 0.01,
  џ: 0.01,
};
/** Punctuation that Russian typography puts above 127. */
const MARKS = new Set('«»—–№…“”„’\u00a0');

/** In order of how often they are met: the first wins a tie. */
const CANDIDATES = ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic', 'ibm855'] as const;
/** Hardly met any more, and one of them differs from windows-1251 in capitals only: they need some evidence. */
const RARE = new Set<string>(['x-mac-cyrillic', 'ibm855']);
const RARITY = -3;

/** Scores are natural logarithms of how likely a byte is, given that the charset is right. */
const CAPITAL_SHARE = 0.05;
const MARK_SCORE = Math.log(0.003);
const OTHER_SCORE = Math.log(0.000_01);
/** A capital in the middle of a word is what a wrong charset looks like; so are Latin letters within one. */
const CAPITAL_INSIDE = -4;
const LATIN_NEIGHBOUR = -2;
/** A dash or closing quote that sticks to the word behind it was a capital letter. */
const STUCK_MARK = -3;
const CLOSING = new Set('»—–…”');
/** Below this mean the bytes are no Russian in that charset: Russian text scores about −3.2. */
const MIN_MEAN = -4.6;
const MIN_GAP = 1;
const SAMPLE_BYTES = 128 * 1024;

type Class = 'small' | 'capital' | 'latin' | 'closing' | 'none';

interface Sign {
  class: Class;
  score: number;
}

function signOf(char: string): Sign {
  const small = char.toLowerCase();
  const share = PER_CENT[small];
  if (share === undefined) {
    return {
      class: CLOSING.has(char) ? 'closing' : 'none',
      score: MARKS.has(char) ? MARK_SCORE : OTHER_SCORE,
    };
  }
  return char === small
    ? { class: 'small', score: Math.log(share / 100) }
    : { class: 'capital', score: Math.log((share / 100) * CAPITAL_SHARE) };
}

const LATIN: Sign = { class: 'latin', score: 0 };
const NONE: Sign = { class: 'none', score: 0 };

/** What each of the 256 bytes is in a charset. */
function tableOf(charset: string): Sign[] {
  const high = iconv.decode(
    Buffer.from(Array.from({ length: 128 }, (_, at) => at + 128)),
    charset.replace(/^x-/, ''),
  );
  const low = Array.from({ length: 128 }, (_, at) => (/[a-z]/i.test(String.fromCharCode(at)) ? LATIN : NONE));
  return [...low, ...Array.from(high, signOf)];
}

const TABLES = new Map<string, Sign[]>();

function cachedTable(charset: string): Sign[] {
  const known = TABLES.get(charset);
  if (known) return known;
  const table = tableOf(charset);
  TABLES.set(charset, table);
  return table;
}

function neighbourScore(before: Class, here: Class): number {
  if (before === 'small' && here === 'capital') return CAPITAL_INSIDE;
  if (before === 'closing') return here === 'small' ? STUCK_MARK : 0;
  const isMixed =
    (before === 'latin' && here !== 'none' && here !== 'closing') || (here === 'latin' && before !== 'none');
  return isMixed && before !== here ? LATIN_NEIGHBOUR : 0;
}

/** Mean score of the bytes above 127 as Russian in that charset; −Infinity when there are none. */
function scoreRussian(bytes: Uint8Array, charset: string): number {
  const table = cachedTable(charset);
  let sum = RARE.has(charset) ? RARITY : 0;
  let count = 0;
  let before: Class = 'none';
  for (const byte of bytes.subarray(0, SAMPLE_BYTES)) {
    const sign = table[byte] ?? NONE;
    sum += sign.score + neighbourScore(before, sign.class);
    if (byte > 127) count += 1;
    before = sign.class;
  }
  return count === 0 ? Number.NEGATIVE_INFINITY : sum / count;
}

/** The Cyrillic single-byte charset that these bytes are plainly written in, else undefined. */
export function guessCyrillic(bytes: Uint8Array): string | undefined {
  const scored = CANDIDATES.map((charset) => ({ charset, score: scoreRussian(bytes, charset) }));
  const best = scored.reduce((top, next) => (next.score > top.score ? next : top));
  return best.score > MIN_MEAN ? best.charset : undefined;
}

/** Charsets that Russian text is mistakenly declared in: each other's, and the servers' default. */
const MISTAKEN = /^(windows-125[12]|koi8|ibm8|iso-?8859-5|x-mac-cyrillic)/;

/** Is `declared` so much worse than `guess` that it must be a mistake? */
export function isContradicted(bytes: Uint8Array, declared: string, guess: string): boolean {
  if (!MISTAKEN.test(declared)) return false;
  return scoreRussian(bytes, guess) - scoreRussian(bytes, declared) > MIN_GAP;
}
