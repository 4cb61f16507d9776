import { FNV_START, hashUnit } from '../../lib/hash32.ts';
import { KINDS, type TokenKind } from '../../lib/scan.ts';
import { endsSentence, type Token } from '../../lib/tokens.ts';
import { unitAt } from '../../lib/unit-at.ts';
import type { FactsOf, WordFacts } from './word-facts.ts';

/** What of a token words of names are read by. */
export type Place = Pick<Token, 'kind' | 'start' | 'end'>;

/** A word of a text, or what stands in its place: a number, an address, an emoji. */
export interface NameWord {
  start: number;
  end: number;
  kind: TokenKind;
  facts: WordFacts;
  /** Signs between it and the word before, blanks apart; 0 for none. */
  gap: number;
  /** Does a sentence begin here? */
  isFirst: boolean;
  /** Place of the word before the quotation in which it stands; −1 outside. */
  quotedAfter: number;
}

const FEWEST_FACTS: WordFacts = {
  word: 0,
  lemma: 0,
  beginning: 0,
  ends: [0, 0, 0],
  shape: 0,
  sense: 0,
  form: 0,
  couldName: false,
  known: null,
  scores: [],
};
/** What stands in the place of words that are no words: all numbers, all addresses … are alike. */
const OTHERS: ReadonlyMap<TokenKind, WordFacts> = new Map(
  KINDS.map((kind, number) => [
    kind,
    { ...FEWEST_FACTS, word: 1000 + number, lemma: 1000 + number, shape: 2000 + number, scores: [] },
  ]),
);
/** Facts of what is before the text and behind it. */
export const OUTSIDE: WordFacts = { ...FEWEST_FACTS, word: 77, shape: 78, scores: [] };

const OPENS = '«„“"';
const CLOSES = '»”"';
const LONGEST_QUOTE = 8;
const BEFORE_ALL = { start: 0, end: 0 };

/** What stands at the tokens of a text (`tokenize`), in their order. Linear. */
export function readNameWords(text: string, tokens: readonly Place[], factsOf: FactsOf): NameWord[] {
  const words: NameWord[] = [];
  let quotedAfter = -1;
  let quotedLeft = 0;
  let before: Pick<Token, 'start' | 'end'> = BEFORE_ALL;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Place;
    const { kind, start, end } = token;
    const gap = readGap(text, before.end, start);
    if (gap.closes || quotedLeft <= 0) quotedAfter = -1;
    if (gap.opens) {
      quotedAfter = at - 1;
      quotedLeft = LONGEST_QUOTE;
    }
    quotedLeft -= 1;
    words.push({
      start,
      end,
      kind,
      facts: kind === 'word' ? factsOf(text.slice(start, end)) : (OTHERS.get(kind) as WordFacts),
      gap: gap.hash,
      isFirst: at === 0 || (gap.couldEnd && endsHere(text, before, start, end)),
      quotedAfter,
    });
    before = token;
  }
  return words;
}

/** The dot behind an initial ends nothing. */
function endsHere(text: string, before: Pick<Token, 'start' | 'end'>, start: number, end: number): boolean {
  if (before.end - before.start === 1) return false;
  const word = text.slice(before.start, Math.min(before.end, before.start + LONGEST_SHORTENED)).toLowerCase();
  return endsSentence(text, { end: before.end, word }, { start, end });
}

const LONGEST_SHORTENED = 8;
const SIGNS_READ = 4;
const GAP_READ = 40;

interface Gap {
  hash: number;
  opens: boolean;
  closes: boolean;
  couldEnd: boolean;
}

/** Between most words there is just a blank. */
const BLANK: Readonly<Gap> = { hash: 0, opens: false, closes: false, couldEnd: false };

function readGap(text: string, from: number, to: number): Readonly<Gap> {
  if (to === from + 1 && unitAt(text, from) === 0x20) return BLANK;
  const gap: Gap = { ...BLANK };
  let signs = 0;
  const end = Math.min(to, from + GAP_READ);
  for (let at = from; at < end; at += 1) {
    const unit = unitAt(text, at);
    if (unit === 0x20 || unit === 0xa0) continue;
    const sign = text.charAt(at);
    if (unit === 0x0a || sign === '.' || sign === '!' || sign === '?' || sign === '…') gap.couldEnd = true;
    // A straight quotation mark closes when it follows a word directly.
    if (CLOSES.includes(sign) && (sign !== '"' || at === from)) gap.closes = true;
    else if (OPENS.includes(sign)) gap.opens = true;
    if (signs < SIGNS_READ) gap.hash = hashUnit(gap.hash || FNV_START, unit);
    signs += 1;
  }
  return gap;
}
