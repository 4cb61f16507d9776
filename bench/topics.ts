import { follow, MISSING, ROOT } from '../src/lib/dictionary/dawg.ts';
import { type Dictionary, formsOf, loadDictionary, parseWord } from '../src/lib/dictionary/dictionary.ts';
import { pick, randomFrom } from './random.ts';

/** A query, and what says most nearly the same to Lucene's classic parser. */
export interface BenchTopic {
  query: string;
  lucene: string;
}

type Random = () => number;

const KNOWN_WORDS = 40_000;
const NAMES = 30_000;
const SYLLABLES =
  'ва но ри ко ми са ту ле до га зи пе ро ня фа би ко сту мар тин лон вер дик бра кло шу жен'.split(' ');
const ENGLISH =
  'delivery refund service price courier order support quality broken late cancel charge return store driver app login scam help money box parcel agent answer call line week phone card account'.split(
    ' ',
  );
const ENDINGS = ['', 'а', 'у', 'ом', 'е', 'ы', 'ов'];
const WORDS_OF_A_POST = 125;

/** Everyday words with their forms, names that no dictionary has, and English: what topics and posts are made of. */
export interface Language {
  /** The most common first. */
  words: string[][];
  names: string[];
}

/** The most common ranks most often: every tenfold of ranks is drawn equally often. */
function zipf<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(from.length ** random()) - 1] as T;
}

export async function makeLanguage(): Promise<Language> {
  const dictionary = await loadDictionary();
  const random = randomFrom(3);
  const words: string[][] = ENGLISH.map((word) => [word, `${word}s`]);
  const seen = new Set<string>();
  while (words.length < KNOWN_WORDS) {
    const [parse] = parseWord(dictionary, randomWord(dictionary, random));
    const forms = parse
      ? [...new Set(formsOf(dictionary, parse))].map((form) => form.replaceAll('ё', 'е'))
      : [];
    const [lemma] = forms;
    if (lemma === undefined || lemma.length < 3 || lemma.includes('-') || seen.has(lemma)) continue;
    seen.add(lemma);
    words.push(forms);
  }
  const names = Array.from({ length: NAMES }, (_, at) =>
    Array.from({ length: 2 + (at % 3) }, () => pick(random, SYLLABLES))
      .join('')
      .concat(pick(random, ['к', 'н', 'р', 'т'])),
  );
  return { words, names: [...new Set(names)] };
}

function randomWord({ words }: Dictionary, random: Random): string {
  const bytes: number[] = [];
  let index = ROOT;
  for (;;) {
    const labels: number[] = [];
    for (let label = words.guide[index << 1] ?? 0; label !== 0; ) {
      labels.push(label);
      const child = follow(words, index, label);
      label = child === MISSING ? 0 : (words.guide[(child << 1) + 1] ?? 0);
    }
    const label = pick(random, labels);
    if (label === undefined || label < 32) return decode(bytes);
    bytes.push(label);
    index = follow(words, index, label);
  }
}

function decode(bytes: readonly number[]): string {
  return bytes.map((byte) => String.fromCharCode(byte >= 0xe0 ? byte - 0xe0 + 0x430 : byte)).join('');
}

/** About a kilobyte of Cyrillic: everyday words in some form, of which a twentieth are names. */
export function makeBenchPosts(language: Language, count: number, seed: number): string[] {
  const random = randomFrom(seed);
  const word = (): string => {
    if (random() < 0.05) return zipf(random, language.names) + pick(random, ENDINGS);
    // What is new in every post: misspelt words and surnames.
    if (random() < 0.01) return Array.from({ length: 4 }, () => pick(random, SYLLABLES)).join('');
    return pick(random, zipf(random, language.words));
  };
  return Array.from({ length: count }, () => {
    const words = Array.from({ length: WORDS_OF_A_POST }, word);
    return words
      .map((one, at) => (at % 11 === 0 ? `. ${one.charAt(0).toUpperCase()}${one.slice(1)}` : ` ${one}`))
      .join('')
      .slice(2);
  });
}

/** 3 to 12 words in OR groups, phrases, nearness and exclusions, as agencies write them. */
export function makeBenchTopics(language: Language, count: number): BenchTopic[] {
  const random = randomFrom(11);
  const name = () => pick(random, language.names);
  // Words that people complain with: neither the most common nor the rarest.
  const word = () => language.words[300 + Math.floor(20_000 * random() ** 2)]?.[0] ?? 'слово';
  const some = (make: () => string, least: number, most: number): string[] =>
    Array.from({ length: least + Math.floor(random() * (most - least + 1)) }, make);
  const or = (words: readonly string[]): string => `(${words.join(' OR ')})`;

  const shapes: (() => BenchTopic)[] = [
    ...Array.from({ length: 8 }, () => () => {
      const [names, wanted, not] = [some(name, 1, 4), some(word, 2, 6), some(word, 1, 2)];
      return {
        query: `${or(names)} AND ${or(wanted)} NOT ${or(not)}`,
        lucene: `+${or(names)} +${or(wanted)} -${or(not)}`,
      };
    }),
    ...Array.from({ length: 4 }, () => () => {
      const [one, words] = [name(), some(word, 2, 5)];
      return {
        query: `${one} NEAR/5 ${or(words)}`,
        lucene: or(words.map((other) => `"${one} ${other}"~4`)),
      };
    }),
    ...Array.from({ length: 3 }, () => () => {
      const [one, words] = [name(), some(word, 2, 4)];
      return {
        query: `${one} NOT NEAR/3 ${or(words)}`,
        lucene: `+${one} ${words.map((other) => `-"${one} ${other}"~2`).join(' ')}`,
      };
    }),
    ...Array.from({ length: 1 }, () => () => {
      const [one, two, words] = [word(), word(), some(word, 2, 4)];
      return {
        query: `"${one} ${two}" OR (${one} AND ${or(words)})`,
        lucene: `"${one} ${two}" (+${one} +${or(words)})`,
      };
    }),
    () => {
      const [one, words] = [name(), some(word, 2, 4)];
      return { query: `${one.slice(0, 5)}* AND ${or(words)}`, lucene: `+${one.slice(0, 5)}* +${or(words)}` };
    },
    () => {
      const [one, words] = [name(), some(word, 2, 4)];
      return one.length < 4
        ? { query: `${one} AND ${or(words)}`, lucene: `+${one} +${or(words)}` }
        : { query: `${one}~1 AND ${or(words)}`, lucene: `+${one}~1 +${or(words)}` };
    },
    () => {
      const [one, words] = [name(), some(word, 2, 4)];
      return { query: `=${one} AND ${or(words)}`, lucene: `+${one} +${or(words)}` };
    },
  ];
  return Array.from({ length: count }, () => pick(random, shapes)());
}
