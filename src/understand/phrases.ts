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

type Lexicon = ReadonlyMap<string, number>;

/** What a lexicon has of a word. */
interface Known {
  /** The word alone; null where it only begins phrases. */
  weight: number | null;
  /** The greatest number of words in a phrase that it begins; 0 where it begins none. */
  longest: number;
}

/** By lemma, or by form. Two questions in one, for they are asked of every word of every text. */
const knownIn = onceFor((lexicon: Lexicon): ReadonlyMap<string, Known> => {
  const known = new Map<string, Known>();
  const of = (word: string): Known => known.get(word) ?? { weight: null, longest: 0 };
  for (const [key, weight] of lexicon) {
    const [first = '', ...others] = key.split(' ');
    const longest = others.length > 0 ? others.length + 1 : 0;
    known.set(first, { ...of(first), longest: Math.max(of(first).longest, longest) });
    if (longest === 0) known.set(key, { ...of(key), weight });
  }
  return known;
});

/** Entries of the lexicon in a row of words: the longest at each place, none overlapping. Linear. */
export function findEntries(words: readonly Word[], lexicon: Lexicon): Hit[] {
  const known = knownIn(lexicon);
  const hits: Hit[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const hit = findAt(words, at, lexicon, known);
    if (hit === null) continue;
    hits.push(hit);
    at = hit.to - 1;
  }
  return hits;
}

function findAt(
  words: readonly Word[],
  at: number,
  lexicon: Lexicon,
  known: ReadonlyMap<string, Known>,
): Hit | null {
  const { text, lemmas } = words[at] as Word;
  const likeliest = known.get(lemmas[0] ?? '');
  if (likeliest && likeliest.longest > 0) {
    const hit = findPhrase(words, at, likeliest.longest, lexicon);
    if (hit) return hit;
  }
  // English entries are forms, Russian ones are lemmas.
  const exact = text === lemmas[0] ? likeliest : known.get(text);
  if (exact && exact.weight !== null && /^[a-z]/.test(text))
    return { from: at, to: at + 1, key: text, weight: exact.weight };
  for (let rank = 0; rank < lemmas.length; rank += 1) {
    const key = lemmas[rank] as string;
    const weight = (rank === 0 ? likeliest : known.get(key))?.weight ?? null;
    // An unlikely reading of the form counts for less.
    if (weight !== null) return { from: at, to: at + 1, key, weight: rank === 0 ? weight : weight * 0.7 };
  }
  return null;
}

function findPhrase(words: readonly Word[], from: number, longest: number, lexicon: Lexicon): Hit | null {
  const first = words[from];
  for (let length = longest; length > 1; length -= 1) {
    const row = words.slice(from, from + length);
    if (row.length < length || row.at(-1)?.sentence !== first?.sentence) continue;
    const key = row.map((word) => word.lemmas[0]).join(' ');
    const weight = lexicon.get(key);
    if (weight !== undefined) return { from, to: from + length, key, weight };
  }
  return null;
}
