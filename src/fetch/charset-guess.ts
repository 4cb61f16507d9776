import iconv from 'iconv-lite';
import { guessEastAsian } from './charset-east-asian.ts';
import { iconvName } from './charset-label.ts';
import { guessLatin } from './charset-latin.ts';
import { CYRILLIC_CHARSETS, SCRIPTS } from './charset-letters.ts';

/** Punctuation that Russian typography puts above 127. */
const MARKS = new Set('«»—–№…“”„’\u00a0');

/** Hardly met any more, and one of them differs from windows-1251 in capitals only: they need some evidence. */
const RARE = new Set<string>(['x-mac-cyrillic', 'ibm855', 'koi8-u']);
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
const SAMPLE_BYTES = 32 * 1024;

type Class = 'small' | 'capital' | 'latin' | 'closing' | 'none';

interface Sign {
  class: Class;
  score: number;
}

function signOf(char: string, shares: ReadonlyMap<string, number>): Sign {
  const small = char.toLowerCase();
  const share = shares.get(small);
  if (share === undefined) {
    return {
      class: CLOSING.has(char) ? 'closing' : 'none',
      score: MARKS.has(char) ? MARK_SCORE : OTHER_SCORE,
    };
  }
  return char === small
    ? { class: 'small', score: Math.log(share) }
    : { class: 'capital', score: Math.log(share * CAPITAL_SHARE) };
}

const LATIN: Sign = { class: 'latin', score: 0 };
const NONE: Sign = { class: 'none', score: 0 };

/** What each of the 256 bytes is in a charset. */
function tableOf(charset: string): Sign[] {
  const shares =
    SCRIPTS.find((script) => script.charset === charset)?.shares ??
    SCRIPTS[0]?.shares ??
    new Map<string, number>();
  const high = iconv.decode(
    Buffer.from(Array.from({ length: 128 }, (_, at) => at + 128)),
    iconvName(charset),
  );
  const low = Array.from({ length: 128 }, (_, at) => (/[a-z]/i.test(String.fromCharCode(at)) ? LATIN : NONE));
  return [...low, ...Array.from(high, (char) => signOf(char, shares))];
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

/** Mean score of the bytes above 127 as text in that charset's script; −Infinity when there are none. */
function scoreScript(bytes: Uint8Array, charset: string): number {
  const table = cachedTable(charset);
  let sum = RARE.has(charset) ? RARITY : 0;
  let count = 0;
  let before: Class = 'none';
  for (const byte of bytes) {
    const sign = table[byte] ?? NONE;
    sum += sign.score + neighbourScore(before, sign.class);
    if (byte > 127) count += 1;
    before = sign.class;
  }
  return count === 0 ? Number.NEGATIVE_INFINITY : sum / count;
}

/** From the first byte above 127 on: scripts in front of the text tell nothing. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const start = Math.max(0, bytes.findIndex((byte) => byte > 127) - 64);
  return bytes.subarray(start, start + SAMPLE_BYTES);
}

function bestOf(bytes: Uint8Array, charsets: readonly string[]): string | undefined {
  const sample = sampleOf(bytes);
  const scored = charsets.map((charset) => ({ charset, score: scoreScript(sample, charset) }));
  const best = scored.reduce((top, next) => (next.score > top.score ? next : top));
  return best.score > MIN_MEAN ? best.charset : undefined;
}

/** The Cyrillic single-byte charset that these bytes are plainly written in, else undefined. */
export function guessCyrillic(bytes: Uint8Array): string | undefined {
  return bestOf(bytes, [...CYRILLIC_CHARSETS]);
}

/** The most likely charset of bytes that are no Unicode; `windows-1252` when nothing speaks for another. */
export function guessCharset(bytes: Uint8Array): string {
  return (
    guessEastAsian(bytes) ??
    bestOf(
      bytes,
      SCRIPTS.map(({ charset }) => charset),
    ) ??
    guessLatin(bytes)
  );
}

/** Charsets that Russian text is mistakenly declared in: each other's, and the servers' default. */
const MISTAKEN = /^(windows-125[12]|koi8|ibm8|iso-?8859-[15]$|us-ascii|x-mac-cyrillic)/;

/** Is `declared` so much worse than `guess` that it must be a mistake? */
export function isContradicted(bytes: Uint8Array, declared: string, guess: string): boolean {
  if (!MISTAKEN.test(declared)) return false;
  const sample = sampleOf(bytes);
  return scoreScript(sample, guess) - scoreScript(sample, declared) > MIN_GAP;
}
