import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { foldWord } from '../src/lib/fold.ts';
import type { Morphology } from '../src/model/ports.ts';
import {
  LISTS,
  MOOD_SCALE,
  type PolarityTable,
  polarityKey,
  STRENGTH_SCALE,
} from '../src/understand/classifier/polarity.ts';
import { readText } from './read-set.ts';
import type { LanguagePlan } from './sets.ts';

const STRONGEST_MOOD = 4;

/** The lists as one table of hashes. A list that is not there is empty. */
export function readWordLists(
  folder: string,
  { wordLists, ownList }: LanguagePlan,
  morphology: Morphology,
): PolarityTable {
  const values = new Map<number, number[]>();
  const note = (word: string, list: number, value: number): void => {
    const key = polarityKey(foldWord(word));
    const known = values.get(key) ?? new Array<number>(LISTS).fill(0);
    known[list] = value;
    values.set(key, known);
  };
  wordLists.forEach((name, list) => {
    for (const [word, value] of readList(folder, name)) note(word, list, value);
  });
  for (const [word, strength] of readOwnList(ownList))
    note(morphology.lemmas(foldWord(word))[0] ?? word, LISTS - 1, Math.round(strength * STRENGTH_SCALE));
  return toTable(values);
}

/** Word key → its number in each list. */
export function toTable(rows: ReadonlyMap<number, readonly number[]>): PolarityTable {
  const words = Uint32Array.from(rows.keys()).sort();
  const values = new Int8Array(words.length * LISTS);
  words.forEach((key, at) => {
    values.set(rows.get(key) ?? [], at * LISTS);
  });
  return { words, values };
}

/** Single words of it: classifiers look at words one by one. */
function readOwnList(name: string): [string, number][] {
  const lines =
    readText(fileURLToPath(new URL(`../config/lexicons/${name}`, import.meta.url)))?.split('\n') ?? [];
  return lines.flatMap((line): [string, number][] => {
    const [word = '', strength = ''] = line.split('\t');
    return /^\p{L}[\p{L}'-]*$/u.test(word.trim()) ? [[word.trim(), Number(strength)]] : [];
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
    const opinion = name === 'ru_rusentilex2017' ? cells[2] : cells[1];
    return opinion === 'positive' ? [[word, 1]] : opinion === 'negative' ? [[word, -1]] : [];
  });
}

function moodOf(odds: number): number {
  const bounded = Math.max(-STRONGEST_MOOD, Math.min(STRONGEST_MOOD, odds));
  return Math.round(bounded * MOOD_SCALE);
}
