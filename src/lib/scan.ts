import { type FoldedText, foldCharacter, foldText } from './fold.ts';
import { grown } from './grown.ts';
import { DIGIT, EMOJI, LETTER, letterTables, OTHER, SCRIPT, SPECIAL, SURROGATE, UNUSUAL } from './letters.ts';
import { unitAt } from './unit-at.ts';

/** Kinds of tokens, by number. */
export const KINDS = ['word', 'number', 'handle', 'tag', 'email', 'url', 'emoji'] as const;
export type TokenKind = (typeof KINDS)[number];
export const [WORD, NUMBER, HANDLE, TAG, EMAIL, URL_KIND, EMOJI_KIND] = [0, 1, 2, 3, 4, 5, 6];

/** The tokens of one text, in columns. Valid until the scanner scans the next one. */
export interface Scan {
  count: number;
  /** The folded text, in units. */
  units: Uint16Array;
  /** Per token. */
  kinds: Uint8Array;
  /** Into `units`; `to` excluded. */
  from: Int32Array;
  to: Int32Array;
  /** Of the folded units; equal words have equal hashes. */
  hashes: Int32Array;
  /** 1: it has inner hyphens. */
  hyphens: Uint8Array;
  /** Token → its folded spelling. */
  word(token: number): string;
  /** Token → offsets into the original text. */
  start(token: number): number;
  end(token: number): number;
  /** Token and a unit of its folded spelling → where that unit begins, and where it ends, in the original text. */
  offset(token: number, unit: number): number;
  endOffset(token: number, unit: number): number;
}

export interface Scanner {
  /** Linear in the length of the text; never throws. */
  scan(text: string): Scan;
}

const L = '\\p{L}\\p{M}\\p{N}_';
// Repetitions before a required character are bounded, so that no text makes the search quadratic.
const URL_AT = /(?:https?:\/\/|www\.)[^\s<>"«»]{2,}/uy;
const EMAIL_AT = new RegExp(`[${L}.%+-]{1,64}@[${L}-]{1,63}(?:\\.[${L}-]{1,63}){1,5}`, 'uy');
const HANDLE_AT = new RegExp(`@[${L}]+(?:\\.[${L}]+)*`, 'uy');
const TAG_AT = new RegExp(`#[${L}]+`, 'uy');
const NUMBER_AT = new RegExp(`\\p{N}+(?:[.,:]\\p{N}+)+(?![${L}])`, 'uy');
const EMOJI_AT =
  /\p{RI}\p{RI}|\p{Extended_Pictographic}(?:[\uFE0F\u{1F3FB}-\u{1F3FF}]|\u200D\p{Extended_Pictographic})*/uy;
const EMAIL_REACH = 64;
const AFTER_ADDRESS = new Set([...'.,;:!?)]}\'"…'].map((sign) => sign.charCodeAt(0)));

const [HASH_SIGN, PERCENT, APOSTROPHE, PLUS, COMMA, HYPHEN, DOT, SLASH, COLON, AT_SIGN] = [
  0x23, 0x25, 0x27, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x3a, 0x40,
];

function isLetter(kind: number): boolean {
  return kind === LETTER || kind === DIGIT;
}

/** One scanner keeps its buffers: a text costs no memory but for what is unusual in it. */
export function createScanner(): Scanner {
  const { kinds, folding } = letterTables(foldCharacter);
  let units = new Uint16Array(4096);
  let length = 0;
  /** Where folding moved the offsets. */
  let moved: FoldedText | null = null;
  /** The folded text as a string; made when a pattern needs it. */
  let whole: string | null = null;
  let nextAt = -1;
  let capacity = 1024;
  let count = 0;
  let tokenKinds = new Uint8Array(capacity);
  let from = new Int32Array(capacity);
  let to = new Int32Array(capacity);
  let hashes = new Int32Array(capacity);
  let hyphens = new Uint8Array(capacity);

  function grow(): void {
    capacity *= 2;
    tokenKinds = grown(tokenKinds, new Uint8Array(capacity));
    from = grown(from, new Int32Array(capacity));
    to = grown(to, new Int32Array(capacity));
    hashes = grown(hashes, new Int32Array(capacity));
    hyphens = grown(hyphens, new Uint8Array(capacity));
  }

  /** Folds unit by unit; false when that would not be right. */
  function foldPlainly(text: string): boolean {
    const [table, out, end] = [folding, units, text.length];
    let script = 0;
    for (let at = 0; at < end; at += 1) {
      const fold = table[unitAt(text, at)] as number;
      if (fold >= SPECIAL) {
        if (!isEmojiAt(text, at)) return false;
        at = copyEmoji(text, at) - 1;
        script = 0;
        continue;
      }
      const own = fold & SCRIPT;
      // Both scripts in one run of letters.
      if ((own | script) === SCRIPT) return false;
      script = own;
      out[at] = fold;
    }
    return true;
  }

  function isEmojiAt(text: string, at: number): boolean {
    EMOJI_AT.lastIndex = at;
    return EMOJI_AT.test(text);
  }

  /** An emoji stays as it is, its joiners and signs of colour included. Returns where it ends. */
  function copyEmoji(text: string, at: number): number {
    const end = EMOJI_AT.lastIndex;
    for (let unit = at; unit < end; unit += 1) units[unit] = unitAt(text, unit);
    return end;
  }

  function fold(text: string): void {
    whole = null;
    moved = null;
    length = text.length;
    if (units.length < length) units = new Uint16Array(length * 2);
    if (foldPlainly(text)) return;
    moved = foldText(text);
    whole = moved.text;
    length = whole.length;
    if (units.length < length) units = new Uint16Array(length * 2);
    for (let at = 0; at < length; at += 1) units[at] = unitAt(whole, at);
  }

  function slice(start: number, end: number): string {
    if (end - start < 500) return String.fromCharCode.apply(null, units.subarray(start, end) as never);
    return Buffer.from(units.buffer, units.byteOffset + start * 2, (end - start) * 2).toString('utf16le');
  }

  /** Where a pattern that begins here ends, or 0. */
  function endOf(pattern: RegExp, at: number): number {
    whole ??= slice(0, length);
    pattern.lastIndex = at;
    return pattern.test(whole) ? pattern.lastIndex : 0;
  }

  function add(kind: number, start: number, end: number, hasHyphen: number): number {
    if (count === capacity) grow();
    const row = units;
    let hash = 0;
    for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + (row[at] as number)) | 0;
    tokenKinds[count] = kind;
    from[count] = start;
    to[count] = end;
    hashes[count] = hash;
    hyphens[count] = hasHyphen;
    count += 1;
    return end;
  }

  /** How many units of a word stand here: 0, 1, or 2 for letters beyond the basic plane. */
  function wordUnits(at: number): number {
    if (at >= length) return 0;
    const unit = units[at] as number;
    const kind = kinds[unit] as number;
    if (kind === LETTER || kind === DIGIT) return 1;
    if (moved === null) return 0;
    if (kind === UNUSUAL) return /\p{M}/u.test(String.fromCharCode(unit)) ? 1 : 0;
    return kind === SURROGATE && /^[\p{L}\p{M}\p{N}]/u.test(slice(at, at + 2)) ? 2 : 0;
  }

  function isWordAt(at: number): boolean {
    return at < length && wordUnits(at) > 0;
  }

  function couldBeAddress(at: number, unit: number): boolean {
    if (unit === 0x68) return units[at + 1] === 0x74 && units[at + 2] === 0x74 && units[at + 3] === 0x70;
    return unit === 0x77 && units[at + 1] === 0x77 && units[at + 2] === 0x77 && units[at + 3] === DOT;
  }

  /** An e-mail address begins at letters or signs, but only shortly before an @. */
  function readEmail(at: number): number {
    if (nextAt < at) {
      nextAt = at;
      while (nextAt < length && units[nextAt] !== AT_SIGN) nextAt += 1;
    }
    if (nextAt >= length || nextAt === at || nextAt - at > EMAIL_REACH) return 0;
    const end = endOf(EMAIL_AT, at);
    return end === 0 ? 0 : add(EMAIL, at, end, 0);
  }

  /** The full stop or bracket after an address belongs to the sentence. */
  function readAddress(at: number): number {
    let end = endOf(URL_AT, at);
    if (end === 0) return 0;
    while (end > at + 1 && AFTER_ADDRESS.has(units[end - 1] as number)) end -= 1;
    return add(URL_KIND, at, end, 0);
  }

  function readWord(start: number): number {
    let at = endOfLetters(start);
    let hasHyphen = 0;
    let isPlain = true;
    while (isJoint(at)) {
      if (units[at] === HYPHEN) hasHyphen = 1;
      isPlain = false;
      at = endOfLetters(at + 1);
    }
    if (isPlain && isAllDigits(start, at)) return readNumber(start, at);
    return add(WORD, start, withoutScheme(start, withSigns(at)), hasHyphen);
  }

  /** «банкаhttps://…»: the address begins where people forgot the blank. */
  function withoutScheme(start: number, end: number): number {
    if (units[end] !== COLON || units[end + 1] !== SLASH || units[end + 2] !== SLASH) return end;
    const scheme = /https?$/.exec(slice(Math.max(start, end - 5), end))?.[0].length ?? 0;
    return end - scheme > start ? end - scheme : end;
  }

  function endOfLetters(start: number): number {
    const [row, table, end] = [units, kinds, length];
    let at = start;
    for (;;) {
      while (at < end && isLetter(table[row[at] as number] as number)) at += 1;
      const size = moved === null ? 0 : wordUnits(at);
      if (size === 0) return at;
      at += size;
    }
  }

  /** A hyphen or an apostrophe between letters. */
  function isJoint(at: number): boolean {
    if (at >= length) return false;
    const unit = units[at];
    return (unit === HYPHEN || unit === APOSTROPHE) && isWordAt(at + 1);
  }

  function isAllDigits(start: number, end: number): boolean {
    for (let at = start; at < end; at += 1) if (kinds[units[at] as number] !== DIGIT) return false;
    return true;
  }

  /** «5,5», «12:30». */
  function readNumber(start: number, end: number): number {
    const sign = units[end] as number;
    const goesOn =
      end + 1 < length && (sign === DOT || sign === COMMA || sign === COLON) && isWordAt(end + 1);
    const far = goesOn ? endOf(NUMBER_AT, start) : 0;
    return far > 0 ? add(NUMBER, start, far, 0) : add(NUMBER, start, withSigns(end), 0);
  }

  /** «C++», «C#». */
  function withSigns(end: number): number {
    if (end + 1 < length && units[end] === PLUS && units[end + 1] === PLUS) return end + 2;
    return end < length && units[end] === HASH_SIGN && !isWordAt(end + 1) ? end + 1 : end;
  }

  /** Reads the token that begins here; returns where to go on. */
  function read(at: number): number {
    const unit = units[at] as number;
    const kind = kinds[unit] as number;
    if (kind === OTHER) return unit < 0x21 ? at + 1 : readSign(at, unit);
    if (kind === LETTER || kind === DIGIT) {
      const end = (couldBeAddress(at, unit) && readAddress(at)) || readEmail(at);
      return end || readWord(at);
    }
    const end = kind === EMOJI || kind === SURROGATE ? endOf(EMOJI_AT, at) : 0;
    if (end > 0) return add(EMOJI_KIND, at, end, 0);
    return wordUnits(at) > 0 ? readWord(at) : at + 1;
  }

  function readSign(at: number, unit: number): number {
    if (unit === AT_SIGN) return readSigned(HANDLE, HANDLE_AT, at);
    if (unit === HASH_SIGN) return readSigned(TAG, TAG_AT, at);
    const isInEmail = unit === DOT || unit === PERCENT || unit === PLUS || unit === HYPHEN;
    return (isInEmail && readEmail(at)) || at + 1;
  }

  function readSigned(kind: number, pattern: RegExp, at: number): number {
    const end = endOf(pattern, at);
    return end === 0 ? at + 1 : add(kind, at, end, 0);
  }

  function startOf(unit: number): number {
    return moved ? moved.startOf(unit) : unit;
  }

  function endOfUnit(unit: number): number {
    return moved ? moved.endOf(unit) : unit + 1;
  }

  // One object for all texts: a closure costs more than the words of a short post.
  const result: Scan = {
    count: 0,
    units,
    kinds: tokenKinds,
    from,
    to,
    hashes,
    hyphens,
    word: (token) => slice(from[token] as number, to[token] as number),
    start: (token) => startOf(from[token] as number),
    end: (token) => endOfUnit((to[token] as number) - 1),
    offset: (token, unit) => startOf((from[token] as number) + unit),
    endOffset: (token, unit) => endOfUnit((from[token] as number) + unit),
  };

  function scan(text: string): Scan {
    fold(text);
    count = 0;
    nextAt = -1;
    for (let at = 0; at < length; ) at = read(at);
    result.count = count;
    result.units = units;
    result.kinds = tokenKinds;
    result.from = from;
    result.to = to;
    result.hashes = hashes;
    result.hyphens = hyphens;
    return result;
  }

  return { scan };
}
