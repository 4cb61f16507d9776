import { FNV_START, hashUnit } from '../../lib/hash32.ts';
import { createScanner, WORD } from '../../lib/scan.ts';
import { endsSentence } from '../../lib/tokens.ts';
import { unitAt } from '../../lib/unit-at.ts';
import type { FactsOf, WordFacts } from './word-facts.ts';

/** A word of a text, or what stands in its place: a number, an address, an emoji. */
export interface NameWord {
  start: number;
  end: number;
  kind: number;
  facts: WordFacts;
  /** Signs between it and the word before, blanks apart; 0 for none. */
  gap: number;
  /** Does a sentence begin here? */
  isFirst: boolean;
  /** Place of the word before the quotation in which it stands; −1 outside. */
  quotedAfter: number;
}

const scanner = createScanner();
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
const OTHERS: readonly WordFacts[] = Array.from({ length: 8 }, (_, kind) => ({
  ...FEWEST_FACTS,
  word: 1000 + kind,
  lemma: 1000 + kind,
  shape: 2000 + kind,
  scores: [],
}));
/** Facts of what is before the text and behind it. */
export const OUTSIDE: WordFacts = { ...FEWEST_FACTS, word: 77, shape: 78, scores: [] };

const OPENS = '«„“"';
const CLOSES = '»”"';
const LONGEST_QUOTE = 8;

/** The words of a text in order. Linear. */
export function readNameWords(text: string, factsOf: FactsOf): NameWord[] {
  const scan = scanner.scan(text);
  const words: NameWord[] = [];
  let quoted = { after: -1, left: 0 };
  let before = { start: 0, end: 0 };
  for (let at = 0; at < scan.count; at += 1) {
    const [start, end, kind] = [scan.start(at), scan.end(at), scan.kinds[at] as number];
    const gap = readGap(text, before.end, start);
    if (gap.closes || quoted.left <= 0) quoted = { after: -1, left: 0 };
    if (gap.opens) quoted = { after: at - 1, left: LONGEST_QUOTE };
    quoted.left -= 1;
    words.push({
      start,
      end,
      kind,
      facts: kind === WORD ? factsOf(text.slice(start, end)) : (OTHERS[kind] as WordFacts),
      gap: gap.hash,
      isFirst: at === 0 || (gap.couldEnd && endsHere(text, before, start, end)),
      quotedAfter: gap.opens || quoted.after !== -1 ? quoted.after : -1,
    });
    before = { start, end };
  }
  return words;
}

/** The dot behind an initial ends nothing. */
function endsHere(text: string, before: { start: number; end: number }, start: number, end: number): boolean {
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

function readGap(text: string, from: number, to: number): Gap {
  let [hash, signs, opens, closes, couldEnd] = [0, 0, false, false, false];
  const end = Math.min(to, from + GAP_READ);
  for (let at = from; at < end; at += 1) {
    const unit = unitAt(text, at);
    if (unit === 0x20 || unit === 0xa0) continue;
    const sign = text.charAt(at);
    if (unit === 0x0a || sign === '.' || sign === '!' || sign === '?' || sign === '…') couldEnd = true;
    // A straight quotation mark closes when it follows a word directly.
    if (CLOSES.includes(sign) && (sign !== '"' || at === from)) closes = true;
    else if (OPENS.includes(sign)) opens = true;
    if (signs < SIGNS_READ) hash = hashUnit(hash || FNV_START, unit);
    signs += 1;
  }
  return { hash, opens, closes, couldEnd };
}
