import { cachedWords } from '../lib/cache.ts';
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

/** What a lexicon has for a word: of how many words phrases that begin with it can be, and its own entry. */
interface Opening {
  longest: number;
  entry: Pick<Hit, 'key' | 'weight'> | null;
}

const REMEMBERED = 20_000;

/** Words come again and again. */
const openingOf = onceFor((lexicon: ReadonlyMap<string, number>) => {
  const lengths = openingsOf(lexicon);
  return cachedWords(
    (_, word: Word): Opening => ({
      longest: lengths.get(word.lemmas[0] ?? '') ?? 0,
      entry: findWord(word, lexicon),
    }),
    REMEMBERED,
  );
});

/** Entries of the lexicon in a row of words: the longest at each place, none overlapping. Linear. */
export function findEntries(words: readonly Word[], lexicon: ReadonlyMap<string, number>): Hit[] {
  const find = openingOf(lexicon);
  const hits: Hit[] = [];
  let at = 0;
  while (at < words.length) {
    const word = words[at] as Word;
    const { longest, entry } = find(word.text, word);
    const hit = findPhrase(words, at, lexicon, longest) ?? (entry && { from: at, to: at + 1, ...entry });
    if (hit) hits.push(hit);
    at = hit ? hit.to : at + 1;
  }
  return hits;
}

function findPhrase(
  words: readonly Word[],
  from: number,
  lexicon: ReadonlyMap<string, number>,
  longest: number,
): Hit | null {
  for (let length = longest; length > 1; length -= 1) {
    const row = words.slice(from, from + length);
    if (row.length < length || row.at(-1)?.sentence !== row[0]?.sentence) continue;
    const key = row.map((word) => word.lemmas[0]).join(' ');
    const weight = lexicon.get(key);
    if (weight !== undefined) return { from, to: from + length, key, weight };
  }
  return null;
}

function findWord({ text, lemmas }: Word, lexicon: ReadonlyMap<string, number>): Opening['entry'] {
  // English entries are forms, Russian ones are lemmas.
  const exact = lexicon.get(text);
  if (exact !== undefined && /^[a-z]/.test(text)) return { key: text, weight: exact };
  for (let rank = 0; rank < lemmas.length; rank += 1) {
    const key = lemmas[rank] as string;
    const weight = lexicon.get(key);
    // An unlikely reading of the form counts for less.
    if (weight !== undefined) return { key, weight: rank === 0 ? weight : weight * 0.7 };
  }
  return null;
}
