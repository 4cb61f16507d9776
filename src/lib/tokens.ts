import { createScanner, KINDS, type Scan, type TokenKind } from './scan.ts';
import { unitAt } from './unit-at.ts';

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
  /** Two or more for a word with inner hyphens; else empty. */
  parts: readonly TokenPart[];
}

const NO_PARTS: readonly TokenPart[] = [];
const scanner = createScanner();

/** Words, numbers, addresses and emoji of a text in order. Linear in its length; never throws. */
export function tokenize(text: string): Token[] {
  const scan = scanner.scan(text);
  const tokens: Token[] = [];
  let sentence = 0;
  for (let at = 0; at < scan.count; at += 1) {
    const token = readToken(scan, at);
    const previous = tokens.at(-1);
    if (previous && endsSentence(text, previous, token)) sentence += 1;
    token.sentence = sentence;
    tokens.push(token);
  }
  return tokens;
}

function readToken(scan: Scan, at: number): Token {
  const kind = KINDS[scan.kinds[at] ?? 0] ?? 'word';
  const word = scan.word(at);
  return {
    kind,
    word: kind === 'emoji' ? plainEmoji(word) : word,
    start: scan.start(at),
    end: scan.end(at),
    sentence: 0,
    parts: scan.hyphens[at] === 1 ? splitParts(scan, at, word) : NO_PARTS,
  };
}

/** Without signs of colour and presentation. */
export function plainEmoji(emoji: string): string {
  return emoji.replace(/[\uFE0F\u{1F3FB}-\u{1F3FF}]/gu, '') || emoji;
}

export function splitParts(scan: Scan, at: number, word: string): TokenPart[] {
  return [...word.matchAll(/[^-]+/g)].map(({ 0: part, index }) => ({
    word: part,
    start: scan.offset(at, index),
    end: scan.endOffset(at, index + part.length - 1),
  }));
}

// Shortenings after which a full stop does not end the sentence.
const SHORTENED = new Set(
  'г ул д кв стр корп им т п е н э тыс млн млрд руб коп см др пр проф акад тел напр обл р гг вв mr mrs ms dr st vs etc inc ltd co no e g i'.split(
    ' ',
  ),
);

/** Does a sentence end between two tokens that follow each other in the text? */
export function endsSentence(
  text: string,
  previous: Pick<Token, 'end' | 'word'>,
  next: Pick<Token, 'start' | 'end'>,
): boolean {
  // So stand most words.
  if (next.start === previous.end + 1 && unitAt(text, previous.end) === 0x20) return false;
  const gap = text.slice(previous.end, Math.min(next.start, previous.end + 400));
  if (/[!?\n\u2026]/.test(gap)) return true;
  if (!/\.(?:["»”)\]]*\s|$)/.test(gap)) return false;
  if (/\.\./.test(gap)) return true;
  return !SHORTENED.has(previous.word) && !/^\p{Ll}/u.test(text.slice(next.start, next.start + 2));
}
