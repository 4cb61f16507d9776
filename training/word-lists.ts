import { join } from 'node:path';
import { foldWord } from '../src/lib/fold.ts';
import type { Morphology } from '../src/model/ports.ts';
import {
  LIST,
  LISTS,
  type ListNumber,
  MOOD_SCALE,
  STRENGTH_SCALE,
  type WordTableRows,
  wordKey,
} from '../src/understand/classifier/word-table.ts';
import { readOwnRows } from './own-files.ts';
import { readText } from './read-set.ts';
import type { LanguagePlan } from './sets.ts';

const STRONGEST_MOOD = 4;
/** Places of `wordLists` of a plan. */
const OTHERS = [LIST.moods, LIST.second];
/** A frame that means nobody well or ill. */
const FRAMELESS = 5;

/** The lists as one table of hashes. A list that is not there is empty. */
export function readWordLists(
  folder: string,
  { wordLists, ownList, moodList, news, faultList }: LanguagePlan,
  morphology: Morphology,
): WordTableRows {
  const values = new Map<number, number[]>();
  const note = (word: string, list: ListNumber, value: number): void => {
    const key = wordKey(foldWord(word));
    const known = values.get(key) ?? new Array<number>(LISTS).fill(0);
    known[list] = value;
    values.set(key, known);
  };
  wordLists.forEach((name, at) => {
    for (const [word, value] of readList(folder, name)) note(word, OTHERS[at] ?? LIST.moods, value);
  });
  const opinions = [ownList, ...(moodList ? [moodList] : [])]
    .flatMap((list) => readOwnList(`lists/${list}`, 2))
    .filter(([word]) => !word.includes(' '));
  for (const [word, strength] of opinions)
    note(lemmasOf(word, morphology), LIST.own, Math.round(strength * STRENGTH_SCALE));
  if (news) {
    const facts = readOwnList(`lists/${news.factList}`, 2);
    for (const [word, strength] of [...opinions, ...facts])
      note(lemmasOf(word, morphology), LIST.first, Math.sign(strength));
    for (const [verb = '', object, subject] of readOwnRows(`lists/${news.frameList}`, 3))
      note(lemmasOf(verb, morphology), LIST.frames, FRAMELESS + 3 * Number(object) + Number(subject));
  }
  for (const [phrase, strength] of readOwnList(`../config/lexicons/${faultList}`, 3))
    note(lemmasOf(phrase, morphology), LIST.faults, Math.round(strength * STRENGTH_SCALE));
  return toTable(values);
}

/** Word key → its number in each list. */
export function toTable(rows: ReadonlyMap<number, readonly number[]>): WordTableRows {
  const words = Uint32Array.from(rows.keys()).sort();
  const values = new Int8Array(words.length * LISTS);
  words.forEach((key, at) => {
    values.set(rows.get(key) ?? [], at * LISTS);
  });
  return { words, values };
}

function lemmasOf(phrase: string, morphology: Morphology): string {
  return foldWord(phrase)
    .split(/\s+/)
    .map((word) => morphology.lemmas(word)[0] ?? word)
    .join(' ');
}

/** Words or phrases of a list of ours, with the number in the last column; those of letters only. */
export function readOwnList(name: string, columns: number): [string, number][] {
  return readOwnRows(name, columns).flatMap((cells): [string, number][] => {
    const [phrase = ''] = cells;
    return /^\p{L}[\p{L}' -]*$/u.test(phrase) ? [[phrase, Number(cells.at(-1))]] : [];
  });
}

function readList(folder: string, name: LanguagePlan['wordLists'][number]): [string, number][] {
  const lines =
    readText(join(folder, `lex_${name}.tsv`))
      ?.split('\n')
      .slice(1) ?? [];
  return lines.flatMap((line): [string, number][] => {
    const cells = line.split('\t');
    const [word = ''] = cells;
    if (!/^\p{L}/u.test(word)) return [];
    if (name === 'ru_rubtsova_pmi') return [[word, moodOf(Number(cells[1]))]];
    const opinion = cells[1];
    return opinion === 'positive' ? [[word, 1]] : opinion === 'negative' ? [[word, -1]] : [];
  });
}

function moodOf(odds: number): number {
  const bounded = Math.max(-STRONGEST_MOOD, Math.min(STRONGEST_MOOD, odds));
  return Math.round(bounded * MOOD_SCALE);
}
