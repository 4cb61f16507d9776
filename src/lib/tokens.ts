import { type FoldedText, foldText } from './fold.ts';

type TokenKind = 'word' | 'number' | 'handle' | 'tag' | 'email' | 'url' | 'emoji';

/** A piece of a hyphenated word: «Альфа» and «Банк» of «Альфа-Банк». */
export interface TokenPart {
  /** Folded. */
  word: string;
  start: number;
  end: number;
}

export interface Token {
  kind: TokenKind;
  /** Folded; @ and # stay in front of handles and tags. */
  word: string;
  /** UTF-16 offsets into the original text. */
  start: number;
  end: number;
  /** Number of the sentence, from 0. */
  sentence: number;
  /** Two or more for a word with inner hyphens or a Latin word with a Cyrillic ending; else empty. */
  parts: readonly TokenPart[];
}

const L = '\\p{L}\\p{M}\\p{N}_';
// Repetitions before a required character are bounded, so that no text makes the search quadratic.
const PATTERNS: readonly [TokenKind, string][] = [
  ['url', '(?:https?:\\/\\/|www\\.)[^\\s<>"«»]{2,}'],
  ['email', `[${L}.%+-]{1,64}@[${L}-]{1,63}(?:\\.[${L}-]{1,63}){1,5}`],
  ['handle', `@[${L}]+(?:\\.[${L}]+)*`],
  ['tag', `#[${L}]+`],
  ['number', `\\p{N}+(?:[.,:]\\p{N}+)+(?![${L}])`],
  ['word', `[${L}]+(?:[-'][${L}]+)*(?:\\+\\+|#(?![${L}]))?`],
  [
    'emoji',
    '\\p{RI}\\p{RI}|\\p{Extended_Pictographic}(?:[\\uFE0F\\u{1F3FB}-\\u{1F3FF}]|\\u200D\\p{Extended_Pictographic})*',
  ],
];
const TOKEN = new RegExp(PATTERNS.map(([, source]) => `(${source})`).join('|'), 'gu');
const NO_PARTS: readonly TokenPart[] = [];

/** Words, numbers, addresses and emoji of a text in order. Linear in its length; never throws. */
export function tokenize(text: string): Token[] {
  const folded = foldText(text);
  const tokens: Token[] = [];
  let sentence = 0;
  let previous: Token | undefined;
  for (const match of folded.text.matchAll(TOKEN)) {
    const token = readToken(match, folded);
    if (previous && endsSentence(text, previous, token)) sentence += 1;
    token.sentence = sentence;
    tokens.push(token);
    previous = token;
  }
  return tokens;
}

function readToken(match: RegExpExecArray, folded: FoldedText): Token {
  const kind = kindOf(match);
  const from = match.index;
  const word = trimToken(match[0], kind);
  const start = folded.startOf(from);
  const end = folded.endOf(from + word.length - 1);
  const parts = kind === 'word' ? splitParts(word, from, folded) : NO_PARTS;
  const plain = kind === 'emoji' ? word.replace(/[\uFE0F\u{1F3FB}-\u{1F3FF}]/gu, '') || word : word;
  return {
    kind: kind === 'word' && /^\p{N}+$/u.test(word) ? 'number' : kind,
    word: plain,
    start,
    end,
    sentence: 0,
    parts,
  };
}

function kindOf(match: RegExpExecArray): TokenKind {
  for (let group = 0; group < PATTERNS.length; group += 1) {
    if (match[group + 1] !== undefined) return PATTERNS[group]?.[0] ?? 'word';
  }
  return 'word';
}

/** The full stop or bracket after an address belongs to the sentence. */
function trimToken(word: string, kind: TokenKind): string {
  if (kind !== 'url') return word;
  let end = word.length;
  while (end > 1 && '.,;:!?)]}\'"…'.includes(word.charAt(end - 1))) end -= 1;
  return word.slice(0, end);
}

function splitParts(word: string, from: number, folded: FoldedText): readonly TokenPart[] {
  const isHyphenated = word.includes('-');
  if (!isHyphenated && !/[a-z0-9]'[\u0400-\u04FF]/.test(word)) return NO_PARTS;
  const parts: TokenPart[] = [];
  for (const match of word.matchAll(isHyphenated ? /[^-]+/g : /[^']+/g)) {
    const at = from + match.index;
    parts.push({ word: match[0], start: folded.startOf(at), end: folded.endOf(at + match[0].length - 1) });
  }
  return parts;
}

// Shortenings after which a full stop does not end the sentence.
const SHORTENED = new Set(
  'г ул д кв стр корп им т п е н э тыс млн млрд руб коп см др пр проф акад тел напр обл р гг вв mr mrs ms dr st vs etc inc ltd co no e g i'.split(
    ' ',
  ),
);

function endsSentence(text: string, previous: Token, next: Token): boolean {
  const gap = text.slice(previous.end, Math.min(next.start, previous.end + 400));
  if (/[!?\n\u2026]/.test(gap)) return true;
  if (!/\.(?:["»”)\]]*\s|$)/.test(gap)) return false;
  if (/\.\./.test(gap)) return true;
  return !SHORTENED.has(previous.word) && !/^\p{Ll}/u.test(text.slice(next.start, next.start + 2));
}
