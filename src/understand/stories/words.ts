import { FNV_START, hashUnit } from '../../lib/hash32.ts';

/**
 * The words of a text as copies are told by: case, ё, look-alikes of the other script, stretched letters, punctuation, emoji,
 * links and handles make no difference.
 */
export interface StoryWords {
  count: number;
  /** It ends in the midst of what it says. */
  isCut: boolean;
  /** Per word; equal words have equal hashes. */
  hashes: Int32Array;
  /** Per word: NUMBER_FLAG, NAME_FLAG or 0. */
  flags: Uint8Array;
  /** What they stand in: the text without links, handles and signs that nobody reads. */
  text: string;
  /** Per word: UTF-16 offsets into `text`; `ends` excluded. */
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
const ZERO_UNIT = 0x30;
const NINE_UNIT = 0x39;

/** Links, addresses and handles: those who pass a text on change them. */
const ADDRESSES = /(?:https?:\/\/|www\.)[^\s<>"«»]+|[@\p{L}\p{N}._+-]{0,64}@[\p{L}\p{N}._-]+/gu;
/** Marks of stress and signs without width: within words, and no part of them. */
const UNSEEN = /[\p{M}\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]+/gu;
const PLAIN = /^[\t\n\r\x20-\x7E\u0400-\u045F«»\u2013\u2014\u201C-\u201E\u2026]*$/;

/** What a site puts behind a text that it cut. */
const READ_ON =
  /(?:…|\.{3})[\s([]*(?:читать|читайте|подробн|далее|дальше|продолж|полност|read|continue|more|full)[^.!?…\n]{0,40}$/iu;
const END = 80;
const CUT_END = /(?:…|\.{3})\s*$/u;

function cleaned(text: string): string {
  const cut = text.length > MOST_UNITS ? text.slice(0, MOST_UNITS) : text;
  const plain = PLAIN.test(cut) ? cut : cut.normalize('NFKC').replace(UNSEEN, '').slice(0, MOST_UNITS);
  const isLinked = plain.includes('@') || plain.includes('://') || plain.includes('www.');
  const own = (isLinked ? plain.replace(ADDRESSES, ' ') : plain).trimEnd();
  return own.slice(0, -END) + own.slice(-END).replace(READ_ON, '…');
}

let folding: Uint16Array | undefined;

/** UTF-16 unit → what it counts as in a word; 0: it parts words. Made at the first use. */
function foldingTable(): Uint16Array {
  folding ??= new Uint16Array(0x10000).map((_, unit) => {
    const character = String.fromCharCode(unit);
    if (!/[\p{L}\p{N}]/u.test(character)) return 0;
    return character.toLowerCase().replace('ё', 'е').charCodeAt(0);
  });
  for (const [cyrillic, latin] of LOOK_ALIKES)
    for (let at = 0; at < cyrillic.length; at += 1)
      for (const letter of [cyrillic.charAt(at), cyrillic.charAt(at).toUpperCase()])
        folding[letter.charCodeAt(0)] = latin.charCodeAt(at);
  return folding;
}

/** Linear in the length of the text; never throws. */
export function storyWords(whole: string): StoryWords {
  const text = cleaned(whole);
  const table = foldingTable();
  let count = 0;
  for (let at = 0; at < text.length && count < MOST_WORDS; ) {
    if (table[text.charCodeAt(at)] === 0) at += 1;
    else at = readWord(table, text, at, count++);
  }
  const words: StoryWords = {
    count,
    isCut: CUT_END.test(text),
    text,
    hashes: room.hashes.slice(0, count),
    flags: room.flags.slice(0, count),
    starts: room.starts.slice(0, count),
    ends: room.ends.slice(0, count),
  };
  markNames(text, words);
  return words;
}

/** Writes the word that begins here to the given place; returns where it ends. */
function readWord(table: Uint16Array, text: string, start: number, place: number): number {
  let hash = FNV_START;
  let previous = 0;
  let flags = 0;
  let at = start;
  for (; at < text.length; at += 1) {
    const unit = table[text.charCodeAt(at)] as number;
    const isDigit = unit >= ZERO_UNIT && unit <= NINE_UNIT;
    if (unit === 0 && !(flags === NUMBER_FLAG && isPointWithin(table, text, at))) break;
    if (isIdeograph(unit) && at > start) break;
    // «80.000» and «80,000»; «очень» and «ооочень».
    if (unit === 0 || (!isDigit && unit === previous)) continue;
    if (isDigit) flags = NUMBER_FLAG;
    previous = unit;
    hash = hashUnit(hash, unit);
    if (isIdeograph(unit)) {
      at += 1;
      break;
    }
  }
  room.hashes[place] = hash;
  room.flags[place] = flags;
  room.starts[place] = start;
  room.ends[place] = at;
  return at;
}

/** Written without blanks: each is a word. */
function isIdeograph(unit: number): boolean {
  return unit >= 0x3040 && unit <= 0x9fff;
}

/** «5,5», «12:30». */
function isPointWithin(table: Uint16Array, text: string, at: number): boolean {
  const sign = text.charCodeAt(at);
  if (sign !== 0x2c && sign !== 0x2e && sign !== 0x3a) return false;
  const next = table[text.charCodeAt(at + 1)];
  return next !== undefined && next >= ZERO_UNIT && next <= NINE_UNIT;
}

/** Words are written here first: how many there are is known at the end. */
const room = {
  hashes: new Int32Array(MOST_WORDS),
  flags: new Uint8Array(MOST_WORDS),
  starts: new Int32Array(MOST_WORDS),
  ends: new Int32Array(MOST_WORDS),
};

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
