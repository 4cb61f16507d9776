import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import Az from 'az';
import PorterStemmer from 'natural/lib/natural/stemmers/porter_stemmer.js';
import type { Morphology } from '../model/ports.ts';
import { cached } from './cache.ts';
import { possibleStems } from './case-endings.ts';
import { ENGLISH_BASES } from './english-forms.ts';
import { errorMessage, PermanentError } from './errors.ts';

const CACHED_WORDS = 100_000;
/** Longer ones are no words of a language; the dictionary is not asked. */
const LONGEST_WORD = 48;
const PREDICTED_AT_MOST = 3;
const KNOWN = { ignoreCase: true, stutter: 0, typos: 0, parsers: ['Dictionary'] };
const GUESS = { ...KNOWN, parsers: ['HyphenAdverb', 'PrefixKnown', 'PrefixUnknown?', 'SuffixKnown?'] };

let loading: Promise<Morphology> | undefined;

/** Reads the dictionary once (about 0.2 s, 95 MB). Throws PermanentError when it is not there. */
export function loadMorphology(): Promise<Morphology> {
  loading ??= initDictionary().then(createMorphology);
  return loading;
}

/** Long words are looked at afresh: a cache of them would be bounded in number and not in size. */
function createMorphology(): Morphology {
  const remembered = cached(findLemmas, CACHED_WORDS);
  return { lemmas: (word) => (word.length > LONGEST_WORD ? longWord(word) : remembered(word)) };
}

function initDictionary(): Promise<void> {
  const folder = dirname(createRequire(import.meta.url).resolve('az/package.json'));
  return new Promise((resolve, reject) => {
    Az.Morph.init(join(folder, 'dicts'), (error) => {
      if (error === null || error === undefined) return resolve();
      reject(
        new PermanentError('no-dictionary', `cannot read the az dictionary: ${errorMessage(error)}`, error),
      );
    });
  });
}

function findLemmas(word: string): readonly string[] {
  if (word.length > LONGEST_WORD) return longWord(word);
  if (word.includes('-')) return hyphenated(word);
  const bare = word.replace(/^([a-z0-9]+)'(?:s|[а-я]+)$/, '$1');
  if (/[а-я]/.test(bare)) return russianLemmas(bare);
  if (/^[a-z']+$/.test(bare)) return englishLemmas(bare);
  return [bare];
}

/** Beyond any dictionary: stretched letters are still worth a look, the rest is its own lemma. */
function longWord(word: string): readonly string[] {
  const squeezed = word.replace(/(.)\1{2,}/gsu, '$1');
  return squeezed.length <= LONGEST_WORD && squeezed !== word ? findLemmas(squeezed) : [word];
}

/** Each part in its dictionary forms: «альфа-банком» → «альфа-банк». */
function hyphenated(word: string): readonly string[] {
  const parts = word.split('-');
  const last = parts.pop() ?? '';
  const head = parts.map((part) => findLemmas(part)[0] ?? part).join('-');
  const joined = findLemmas(last).map((lemma) => `${head}-${lemma}`);
  // The first part may stay as it is («интернет-») or change with the last («компании-»): both are kept.
  const plain = findLemmas(last).map((lemma) => `${parts.join('-')}-${lemma}`);
  return unique([...joined, ...plain]);
}

function russianLemmas(word: string): readonly string[] {
  const known = dictionaryLemmas(word);
  if (known.length > 0) return known;
  const squeezed = squeezedForms(word);
  for (const form of squeezed) {
    const lemmas = dictionaryLemmas(form);
    if (lemmas.length > 0) return lemmas;
  }
  const plain = squeezed.at(-1) ?? word;
  return unique([...predictedLemmas(plain), ...possibleStems(plain)]);
}

function dictionaryLemmas(word: string): string[] {
  const parses = Az.Morph(word, KNOWN);
  // The dictionary takes some names of firms for indeclinable; people decline them all the same.
  const isName = parses.some(({ tag }) => tag.Fixd && (tag.Orgn || tag.Trad));
  return unique([...parses.map((parse) => normalForm(parse)), ...(isName ? possibleStems(word) : [])]);
}

function predictedLemmas(word: string): string[] {
  const parses = Az.Morph(word, GUESS).map((parse) => normalForm(parse));
  return unique(parses).slice(0, PREDICTED_AT_MOST);
}

function normalForm(parse: ReturnType<typeof Az.Morph>[number]): string {
  return String(parse.normalize() || parse).replaceAll('ё', 'е');
}

function englishLemmas(word: string): readonly string[] {
  const forms = [word, ...squeezedForms(word)];
  return unique(
    forms.flatMap((form) => {
      const base = ENGLISH_BASES.get(form);
      const stem = PorterStemmer.stem(form) || form;
      return base === undefined ? [stem] : [PorterStemmer.stem(base), stem];
    }),
  );
}

/** «пллоооохо» → «пллоохо», «плохо»: what a word with a letter three times in a row may stand for, plainest last. */
function squeezedForms(word: string): string[] {
  if (!/(.)\1\1/u.test(word)) return [];
  const twice = word.replace(/(.)\1{2,}/gu, '$1$1');
  return [twice, word.replace(/(.)\1{2,}/gu, '$1'), word.replace(/(.)\1+/gu, '$1')];
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}
