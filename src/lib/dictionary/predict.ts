import { eachTail, follow, MISSING } from './dawg.ts';
import {
  type Dictionary,
  eachSpelling,
  FORM_PREFIXES,
  lemmaOf,
  type Parse,
  parseWord,
  readNumber,
  tagOf,
} from './dictionary.ts';

/** Parts that words take in front without changing how they are inflected. */
const KNOWN_PREFIXES = (
  'авиа авто аква анти антропо архи арт астро аудио аэро без бес био вело взаимо вне внутри видео вперед впереди гекто ' +
  'гелио гео гетеро гига гигро гипер гипо гомо дву двух де дез дека деци дис до евро за зоо интер инфра квази кило кино ' +
  'контр космо крипто лже лжи магнито макро мега медиа мета микро милли мини моно мото мульти на наи нано не недо нейро ' +
  'нео низ обер обще одно около орто палео пан пара пере под пост поли полу после пра пред прото псевдо радио раз рас ре ' +
  'само сверх спец суб супер теле тетра топ транс ультра фото шоу экзо эко экс эконом экстра электро эндо энерго этно'
).split(' ');
const SHORTEST_REST = 3;
/** No part that can stand in front is longer. */
export const LONGEST_FRONT = 8;
const LONGEST_PREFIX = 5;
const LONGEST_ENDING = 5;
const SHORTEST_WORD = 4;

/** Parts of speech of which there are no new words. */
export const CLOSED = /NUMR|NPRO|PRED|PREP|CONJ|PRCL|INTJ|Apro|NUMB|ROMN|LATN|PNCT|UNKN/;

export interface Guess {
  /** What stands before the known word of which `parse` is a reading; '' when the ending alone is known. */
  front: string;
  parse: Parse;
  lemma: string;
  score: number;
}

/**
 * Dictionary forms that a word unknown to the dictionary may have, most likely first: by a known word after a prefix, and by
 * the words that end alike. The method is pymorphy's (Korobov 2015, Morphological Analyzer and Generator for Russian and
 * Ukrainian Languages).
 */
export function predictLemmas(dictionary: Dictionary, word: string): string[] {
  return predictParses(dictionary, word).map(({ lemma }) => lemma);
}

/** Readings that a word unknown to the dictionary may have, most likely first. */
export function predictParses(dictionary: Dictionary, word: string): Guess[] {
  const known = KNOWN_PREFIXES.filter((prefix) => word.startsWith(prefix)).flatMap((prefix) =>
    afterPrefix(dictionary, word, prefix.length, 0.7),
  );
  const guesses = known.length > 0 ? known : [...anyPrefix(dictionary, word), ...byEnding(dictionary, word)];
  return guesses.sort((one, two) => two.score - one.score);
}

function isProductive(dictionary: Dictionary, parse: Parse): boolean {
  return !CLOSED.test(tagOf(dictionary, parse));
}

function afterPrefix(dictionary: Dictionary, word: string, length: number, score: number): Guess[] {
  if (word.length - length < SHORTEST_REST) return [];
  return parseWord(dictionary, word.slice(length))
    .filter((parse) => isProductive(dictionary, parse))
    .map((parse) => {
      const front = word.slice(0, length);
      return { front, parse, lemma: front + lemmaOf(dictionary, parse), score };
    });
}

function anyPrefix(dictionary: Dictionary, word: string): Guess[] {
  const guesses: Guess[] = [];
  for (let length = 1; length <= LONGEST_PREFIX; length += 1)
    guesses.push(...afterPrefix(dictionary, word, length, 0.3));
  return guesses;
}

/** By the longest ending that known words have, and the one a letter shorter. */
function byEnding(dictionary: Dictionary, word: string): Guess[] {
  if (word.length < SHORTEST_WORD) return [];
  const guesses: Guess[] = [];
  const seen = new Set<string>();
  let shortest = 1;
  for (const [at, prefix] of FORM_PREFIXES.entries()) {
    if (!word.startsWith(prefix)) continue;
    for (let length = LONGEST_ENDING; length >= shortest; length -= 1) {
      if (length >= word.length - prefix.length) continue;
      const found = endingParses(dictionary, at, word, length).filter(({ parse }) => {
        const key = `${parse.word} ${parse.paradigm} ${parse.form}`;
        return !seen.has(key) && seen.add(key);
      });
      if (found.length === 0) continue;
      const most = Math.max(1, ...found.map(({ count }) => count));
      for (const { parse, count } of found)
        guesses.push({
          front: '',
          parse,
          lemma: lemmaOf(dictionary, parse),
          score: (count * (length / 10 + 0.1)) / most,
        });
      shortest = Math.max(1, length - 1);
    }
  }
  return guesses;
}

function endingParses(
  dictionary: Dictionary,
  prefix: number,
  word: string,
  length: number,
): { parse: Parse; count: number }[] {
  const dawg = dictionary.endings[prefix];
  if (dawg === undefined) return [];
  const stem = word.slice(0, -length);
  const found: { parse: Parse; count: number }[] = [];
  eachSpelling(dawg, word.slice(-length), (ending, index) => {
    const payload = follow(dawg, index, 1);
    if (payload === MISSING) return;
    eachTail(dawg, payload, 6, ([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]) => {
      const parse = { word: stem + ending, paradigm: readNumber(c, d), form: readNumber(e, f) };
      if (isProductive(dictionary, parse)) found.push({ parse, count: readNumber(a, b) });
    });
  });
  return found;
}
