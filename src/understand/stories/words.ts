import { createScanner, EMAIL, NUMBER, type Scan, TAG, WORD } from '../../lib/scan.ts';

/**
 * The words of a text as copies are told by: case, ё, look-alikes of the other script, stretched letters, punctuation, emoji,
 * links and handles make no difference.
 */
export interface StoryWords {
  count: number;
  /** Per word; equal words have equal hashes. */
  hashes: Int32Array;
  /** Per word: NUMBER_FLAG, NAME_FLAG or 0. */
  flags: Uint8Array;
  /** Per word: UTF-16 offsets into the text; `ends` excluded. */
  starts: Int32Array;
  ends: Int32Array;
}

export const NUMBER_FLAG = 1;
/** With a capital within a sentence. */
export const NAME_FLAG = 2;

/** Longer texts are told apart by their beginning. */
const MOST_WORDS = 5000;
const MOST_UNITS = 60_000;

/** Cyrillic letters and the Latin ones that look like them, in lower or upper case. */
const LOOK_ALIKES: readonly (readonly [string, string])[] = [
  ['авекмнорстух', 'abekmhopctyx'],
  ['іјѕһ', 'ijsh'],
];
const SKELETON = new Uint16Array(0x10000).map((_, unit) => unit);
for (const [cyrillic, latin] of LOOK_ALIKES)
  for (let at = 0; at < cyrillic.length; at += 1) SKELETON[cyrillic.charCodeAt(at)] = latin.charCodeAt(at);

const scanner = createScanner();

/** Grows with the longest text seen, which is bounded. */
const room = {
  hashes: new Int32Array(MOST_WORDS),
  flags: new Uint8Array(MOST_WORDS),
  starts: new Int32Array(MOST_WORDS),
  ends: new Int32Array(MOST_WORDS),
};

/** Linear in the length of the text; never throws. */
export function storyWords(text: string): StoryWords {
  const cut = text.length > MOST_UNITS ? text.slice(0, MOST_UNITS) : text;
  const scan = scanner.scan(cut);
  let count = 0;
  for (let token = 0; token < scan.count && count < MOST_WORDS; token += 1)
    count = addToken(scan, token, count);
  const words: StoryWords = {
    count,
    hashes: room.hashes.slice(0, count),
    flags: room.flags.slice(0, count),
    starts: room.starts.slice(0, count),
    ends: room.ends.slice(0, count),
  };
  markNames(cut, words);
  return words;
}

/** Adds what a token says; returns how many words there are then. */
function addToken(scan: Scan, token: number, count: number): number {
  const kind = scan.kinds[token];
  if (kind !== WORD && kind !== NUMBER && kind !== TAG && kind !== EMAIL) return count;
  const [from, to] = [scan.from[token] as number, scan.to[token] as number];
  if (kind === NUMBER) return addWord(scan, token, from, to, count);
  let start = from;
  for (let at = from; at <= to; at += 1) {
    const unit = at < to ? (scan.units[at] as number) : 0;
    if (isWordUnit(unit) && !isIdeograph(unit)) continue;
    if (at > start) count = addWord(scan, token, start, at, count);
    if (isIdeograph(unit)) count = addWord(scan, token, at, at + 1, count);
    start = at + 1;
  }
  return count;
}

/** Hyphens, apostrophes and signs part words. */
function isWordUnit(unit: number): boolean {
  return unit > 0x7f ? unit < 0x2000 || unit > 0x206f : isDigit(unit) || (unit >= 0x61 && unit <= 0x7a);
}

/** Written without blanks: each is a word. */
function isIdeograph(unit: number): boolean {
  return unit >= 0x3040 && unit <= 0x9fff;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function addWord(scan: Scan, token: number, from: number, to: number, count: number): number {
  if (count >= MOST_WORDS) return count;
  const { units } = scan;
  let hash = 0x811c9dc5;
  let previous = 0;
  let hasDigit = 0;
  for (let at = from; at < to; at += 1) {
    const unit = SKELETON[units[at] as number] as number;
    const digit = isDigit(unit);
    if (digit) hasDigit = NUMBER_FLAG;
    // «80.000» and «80,000»; «очень» and «ооочень».
    if ((!digit && unit === previous) || (hasDigit > 0 && isPoint(unit))) continue;
    previous = unit;
    hash = Math.imul(hash ^ unit, 0x01000193);
  }
  const begin = scan.from[token] as number;
  room.hashes[count] = hash;
  room.flags[count] = hasDigit;
  room.starts[count] = scan.offset(token, from - begin);
  room.ends[count] = scan.endOffset(token, to - begin - 1);
  return count + 1;
}

function isPoint(unit: number): boolean {
  return unit === 0x2c || unit === 0x2e || unit === 0x3a;
}

const CAPITAL = /^\p{Lu}/u;
const SMALL = /^\p{Ll}/u;
/** Between a word and the sentence before it. */
const SENTENCE = /(?:^|[.!?…\n:;•|])[\s"'«»“”„()[\]—–-]*$/u;

/** In a text all of capitals, or with a capital to each word, they tell nothing. */
function markNames(text: string, words: StoryWords): void {
  const capital = new Uint8Array(words.count);
  let capitals = 0;
  let small = 0;
  for (let at = 0; at < words.count; at += 1) {
    const first = text.slice(words.starts[at], (words.starts[at] as number) + 2);
    if (CAPITAL.test(first)) capitals += capital[at] = 1;
    else if (SMALL.test(first)) small += 1;
  }
  if (capitals > small) return;
  for (let at = 0; at < words.count; at += 1) {
    if (capital[at] === 0) continue;
    const before = at === 0 ? 0 : (words.ends[at - 1] as number);
    if (!SENTENCE.test(text.slice(at === 0 ? 0 : Math.max(0, before - 1), words.starts[at])))
      words.flags[at] = (words.flags[at] as number) | NAME_FLAG;
  }
}
