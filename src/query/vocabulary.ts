import type { Scan } from '../lib/scan.ts';
import type { Morphology } from '../model/ports.ts';
import { differsInEnding, isWithin, letterSet, mayBeWithin } from './typing-errors.ts';
import { lemmaKeys, spellings } from './word-keys.ts';
import { createWordTable } from './word-table.ts';

/** Number of a test that a word passes or not: has this lemma, is spelt so, begins so, is spelt almost so. */
export type TestId = number;

/**
 * The tests that the loaded queries put to words, each made once however many queries share it, and for each word seen in
 * documents the tests that it passes. So a document's word costs one look-up, whatever the queries ask of words.
 */
export interface Vocabulary {
  morphology: Morphology;
  lemma(key: string): TestId;
  /** Folded spelling. */
  spelling(word: string): TestId;
  prefix(beginning: string): TestId;
  typo(word: string, errors: number): TestId;
  /** One use fewer; a test that nothing uses is forgotten and its number used again. */
  release(test: TestId): void;
  /** Tests that a token of a scan passes. Do not change it. */
  ofToken(scan: Scan, token: number): Uint32Array;
  /** The same for a part of a hyphenated word, and for the whole word taken as one. */
  ofPart(word: string): Uint32Array;
  ofWhole(word: string): Uint32Array;
  /** Of a test of typing errors: how many are allowed. */
  errorsOf(test: TestId): number;
  /** The word, lemma or beginning that a test is about. */
  wordOf(test: TestId): string;
  kindOf(test: TestId): 'lemma' | 'spelling' | 'prefix' | 'typo';
  /** All numbers are below it. */
  size(): number;
  /** Tests in use. */
  count(): number;
}

const PARTS_AT_MOST = 20_000;
/** Longer words and addresses are looked at afresh. */
const LONGEST_WORD = 48;
const NONE = new Uint32Array(0);

interface Typo {
  test: TestId;
  word: string;
  errors: number;
  letters: number;
}

export function createVocabulary(morphology: Morphology): Vocabulary {
  const byKey = new Map<string, TestId>();
  const keys: (string | null)[] = [];
  const uses: number[] = [];
  const free: TestId[] = [];
  const typos = new Map<TestId, Typo>();
  let prefixes = 0;
  let longestPrefix = 0;
  // Raised by every change: what was remembered of a word before is worked out again when the word comes.
  let generation = 1;
  const words = createWordTable(LONGEST_WORD);
  const parts = new Map<string, Uint32Array>();
  let partsOf = 0;

  function use(key: string): TestId {
    const known = byKey.get(key);
    if (known !== undefined) {
      uses[known] = (uses[known] ?? 0) + 1;
      return known;
    }
    const test = free.pop() ?? keys.length;
    keys[test] = key;
    uses[test] = 1;
    byKey.set(key, test);
    generation += 1;
    return test;
  }

  function release(test: TestId): void {
    const left = (uses[test] ?? 0) - 1;
    uses[test] = left;
    const key = keys[test];
    if (left > 0 || key === null || key === undefined) return;
    byKey.delete(key);
    keys[test] = null;
    free.push(test);
    if (key.startsWith(PREFIX)) prefixes -= 1;
    typos.delete(test);
    generation += 1;
  }

  function usePrefix(beginning: string): TestId {
    if (!byKey.has(PREFIX + beginning)) prefixes += 1;
    longestPrefix = Math.max(longestPrefix, beginning.length);
    return use(PREFIX + beginning);
  }

  function useTypo(word: string, errors: number): TestId {
    const test = use(`${TYPO}${errors}${word}`);
    typos.set(test, { test, word, errors, letters: letterSet(word) });
    return test;
  }

  // Functions of their own rather than closures: words that were never seen come all the time.
  function take(key: string, found: Set<TestId>): void {
    const test = byKey.get(key);
    if (test !== undefined) found.add(test);
  }

  function find(word: string): Uint32Array {
    const found = new Set<TestId>();
    const lemmas = lemmaKeys(word, morphology);
    for (const lemma of lemmas) take(LEMMA + lemma, found);
    take(SPELLING + word, found);
    if (word.startsWith('#')) take(SPELLING + word.slice(1), found);
    if (prefixes > 0) for (const spelling of spellings(word)) takePrefixes(spelling, found);
    if (typos.size > 0) takeTypos([...spellings(word), ...inflected(word, lemmas)], found);
    return found.size === 0 ? NONE : Uint32Array.from(found);
  }

  function takePrefixes(word: string, found: Set<TestId>): void {
    const end = Math.min(word.length, longestPrefix);
    for (let length = 1; length <= end; length += 1) take(PREFIX + word.slice(0, length), found);
  }

  function takeTypos(forms: readonly string[], found: Set<TestId>): void {
    for (const form of forms) {
      const letters = letterSet(form);
      for (const typo of typos.values())
        if (mayBeWithin(letters, typo.letters, typo.errors) && isWithin(form, typo.word, typo.errors))
          found.add(typo.test);
    }
  }

  function ofPart(word: string): Uint32Array {
    if (partsOf !== generation || parts.size > PARTS_AT_MOST) parts.clear();
    partsOf = generation;
    const known = parts.get(word);
    if (known !== undefined) return known;
    const found = find(word);
    if (word.length <= LONGEST_WORD) parts.set(word, found);
    return found;
  }

  function ofWhole(word: string): Uint32Array {
    if (word.length > 2 * LONGEST_WORD) return NONE;
    const found = new Set<TestId>();
    for (const lemma of morphology.lemmas(word.replaceAll('-', ''))) take(LEMMA + lemma, found);
    const end = prefixes > 0 ? Math.min(word.length, longestPrefix) : 0;
    for (let length = word.indexOf('-') + 1; length <= end; length += 1)
      take(PREFIX + word.slice(0, length), found);
    return found.size === 0 ? NONE : Uint32Array.from(found);
  }

  return {
    morphology,
    lemma: (key) => use(LEMMA + key),
    spelling: (word) => use(SPELLING + word),
    prefix: usePrefix,
    typo: useTypo,
    release,
    ofToken: (scan, token) => words.get(scan, token, generation, find),
    ofPart,
    ofWhole,
    errorsOf: (test) => typos.get(test)?.errors ?? 0,
    wordOf: (test) => keys[test]?.replace(/^[="*]|^~\d/, '') ?? '',
    kindOf: (test) => KINDS[keys[test]?.charAt(0) ?? ''] ?? 'typo',
    size: () => keys.length,
    count: () => byKey.size,
  };
}

/** The dictionary forms that are held against typing errors: of words glued in a tag there are none. */
function inflected(word: string, lemmas: readonly string[]): string[] {
  const bare = word.replace(/^#(?=.)/, '');
  return lemmas.filter((lemma) => differsInEnding(bare, lemma));
}

const [LEMMA, SPELLING, PREFIX, TYPO] = ['=', '"', '*', '~'];
const KINDS: Readonly<Record<string, 'lemma' | 'spelling' | 'prefix'>> = {
  [LEMMA]: 'lemma',
  [SPELLING]: 'spelling',
  [PREFIX]: 'prefix',
};
