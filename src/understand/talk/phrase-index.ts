import { isLoose } from './patterns.ts';
import { createPhraseWalk, type PhraseWalk } from './phrase-walk.ts';
import type { Units } from './units.ts';
import type { Words } from './words.ts';

/** The number of a phrase: the same for the same lemmas in any order. */
export type PhraseNumber = number;

export interface PhraseIndex {
  /** Phrases that are in enough texts. */
  phrases: PhraseNumber[];
  /** Numbers of lemmas, in rising order. */
  lemmasOf(phrase: PhraseNumber): readonly number[];
  /** Numbers of the texts that hold it, in rising order. */
  textsOf(phrase: PhraseNumber): Int32Array;
  /** How it is written: words in a row, the most frequent first. */
  formsOf(phrase: PhraseNumber): WrittenForm[];
}

export interface WrittenForm {
  words: number[];
  count: number;
  /** Its words may stand in either order and with a word between. */
  isLoose: boolean;
}

/** 1 for the lemmas that at least `least` of the first `count` texts hold. */
function lemmasOfUse({ numbers, starts }: Units, words: Words, count: number, least: number): Uint8Array {
  const texts = new Int32Array(words.lemmas);
  const seen = new Int32Array(words.lemmas).fill(-1);
  for (let text = 0; text < count; text += 1)
    for (let at = starts[text] as number; at < (starts[text + 1] as number); at += 1) {
      const lemma = (numbers[at] as number) < 0 ? -1 : words.lemma(numbers[at] as number);
      if (lemma < 0 || seen[lemma] === text) continue;
      seen[lemma] = text;
      texts[lemma] = (texts[lemma] as number) + 1;
    }
  return Uint8Array.from(texts, (many) => (many >= least ? 1 : 0));
}

/** In how many texts each phrase is: of the first `compared`, and of all. */
function countTexts(
  walk: PhraseWalk,
  texts: number,
  compared: number,
): { holding: number[]; total: number[] } {
  const seen: number[] = [];
  const holding: number[] = [];
  const total: number[] = [];
  walk.walk(0, texts, ({ phrase, text }) => {
    if (seen[phrase] === text) return;
    seen[phrase] = text;
    total[phrase] = (total[phrase] ?? 0) + 1;
    holding[phrase] = (holding[phrase] ?? 0) + (text < compared ? 1 : 0);
  });
  return { holding, total };
}

/**
 * Phrases that at least `least` of the first `compared` texts hold. In two walks: words that are rare make no phrase that is
 * frequent (Agrawal, Srikant 1994), and only of the frequent ones it is kept which texts hold them.
 */
export function indexPhrases(units: Units, words: Words, compared: number, least: number): PhraseIndex {
  const walk = createPhraseWalk(units, words, lemmasOfUse(units, words, compared, least));
  const texts = units.starts.length - 1;
  const { holding, total } = countTexts(walk, texts, compared);
  const phrases: PhraseNumber[] = [];
  const offsets = new Int32Array(walk.numbers.count + 1);
  for (let phrase = 1; phrase < walk.numbers.count; phrase += 1) {
    const isFrequent = (holding[phrase] ?? 0) >= least;
    if (isFrequent) phrases.push(phrase);
    offsets[phrase + 1] = (offsets[phrase] as number) + (isFrequent ? (total[phrase] as number) : 0);
  }
  const postings = fillPostings(walk, texts, offsets);
  const textsOf = (phrase: PhraseNumber) => postings.subarray(offsets[phrase], offsets[phrase + 1]);
  return {
    phrases,
    textsOf,
    lemmasOf: walk.numbers.lemmasOf,
    formsOf: (phrase) => formsIn(walk, textsOf(phrase), phrase),
  };
}

/** The texts of each phrase that has room between its offset and the next. */
function fillPostings(walk: PhraseWalk, texts: number, offsets: Int32Array): Int32Array {
  const postings = new Int32Array(offsets.at(-1) as number);
  const filled = offsets.slice();
  const last = new Int32Array(offsets.length).fill(-1);
  walk.walk(0, texts, ({ phrase, text }) => {
    if (last[phrase] === text || offsets[phrase] === offsets[phrase + 1]) return;
    last[phrase] = text;
    const at = filled[phrase] as number;
    postings[at] = text;
    filled[phrase] = at + 1;
  });
  return postings;
}

/** Texts looked at: enough to tell how most write it. */
const MOST_FOR_FORMS = 1_000;

function formsIn(walk: PhraseWalk, texts: Int32Array, phrase: PhraseNumber): WrittenForm[] {
  const forms = new Map<string, WrittenForm>();
  for (const text of texts.subarray(0, MOST_FOR_FORMS))
    walk.walk(text, text + 1, ({ phrase: met, windows, window }) => {
      if (met !== phrase) return;
      const words = windows.words.slice(0, windows.lengths[window]);
      const key = words.join(' ');
      const known = forms.get(key);
      if (known) known.count += 1;
      else forms.set(key, { words, count: 1, isLoose: isLoose(windows.pattern[window] as number) });
    });
  return [...forms.values()].sort((one, two) => two.count - one.count);
}
