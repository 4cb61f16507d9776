import { onceFor } from '../lib/once-for.ts';
import type { Span } from '../model/tag.ts';
import type { Word } from './reading.ts';

export interface Hit {
  /** Index of its first word. */
  from: number;
  /** Index after its last word. */
  to: number;
  /** The lexicon's entry. */
  key: string;
  weight: number;
}

/** First and last word of a hit, and where it stands. */
export function placeOf(words: readonly Word[], { from, to }: Hit): { first: Word; last: Word; span: Span } {
  const first = words[from] as Word;
  const last = words[to - 1] as Word;
  return { first, last, span: { field: first.field, start: first.start, end: last.end } };
}

/** Likeliest lemmas that phrases begin with → the greatest number of words in such a phrase. Found once for each lexicon. */
const openingsOf = onceFor((lexicon: ReadonlyMap<string, number>): ReadonlyMap<string, number> => {
  const lengths = new Map<string, number>();
  for (const key of lexicon.keys()) {
    const words = key.split(' ');
    const first = words[0] ?? '';
    if (words.length > 1) lengths.set(first, Math.max(words.length, lengths.get(first) ?? 0));
  }
  return lengths;
});

/** Entries of the lexicon in a row of words: the longest at each place, none overlapping. Linear. */
export function findEntries(words: readonly Word[], lexicon: ReadonlyMap<string, number>): Hit[] {
  const lengths = openingsOf(lexicon);
  const hits: Hit[] = [];
  let at = 0;
  while (at < words.length) {
    const hit = findPhrase(words, at, lexicon, lengths) ?? findWord(words, at, lexicon);
    if (hit) hits.push(hit);
    at = hit ? hit.to : at + 1;
  }
  return hits;
}

function findPhrase(
  words: readonly Word[],
  from: number,
  lexicon: ReadonlyMap<string, number>,
  lengths: ReadonlyMap<string, number>,
): Hit | null {
  const first = words[from];
  const longest = lengths.get(first?.lemmas[0] ?? '') ?? 0;
  for (let length = longest; length > 1; length -= 1) {
    const row = words.slice(from, from + length);
    if (row.length < length || row.at(-1)?.sentence !== first?.sentence) continue;
    const key = row.map((word) => word.lemmas[0]).join(' ');
    const weight = lexicon.get(key);
    if (weight !== undefined) return { from, to: from + length, key, weight };
  }
  return null;
}

function findWord(words: readonly Word[], at: number, lexicon: ReadonlyMap<string, number>): Hit | null {
  const word = words[at];
  if (word === undefined) return null;
  // English entries are forms, Russian ones are lemmas.
  const exact = lexicon.get(word.text);
  if (exact !== undefined && /^[a-z]/.test(word.text))
    return { from: at, to: at + 1, key: word.text, weight: exact };
  for (let rank = 0; rank < word.lemmas.length; rank += 1) {
    const key = word.lemmas[rank] as string;
    const weight = lexicon.get(key);
    // An unlikely reading of the form counts for less.
    if (weight !== undefined)
      return { from: at, to: at + 1, key, weight: rank === 0 ? weight : weight * 0.7 };
  }
  return null;
}
