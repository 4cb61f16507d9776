import { hashText, spreadBits } from '../../lib/hash32.ts';
import type { OpinionToken } from '../../model/opinion.ts';
import { DENIALS } from './denials.ts';
import type { TargetView } from './target-view.ts';

/** What word lists say of a word: each −127 … 127, 0 for nothing. */
export interface PolarityTable {
  /** Hashes of words, ascending. */
  words: Uint32Array;
  /** `LISTS` numbers for each of them. */
  values: Int8Array;
}

/** The lists: moods by the company that words keep, two lists of opinion words by others, and our own. */
export const LISTS = 4;
/** A value of the first list is so many times the logarithm of odds. */
export const MOOD_SCALE = 30;
/** A value of our own list is so many times a strength of −3 … 3. */
export const STRENGTH_SCALE = 40;
const SEED = 0x2545f491;

export function polarityKey(word: string): number {
  return spreadBits(hashText(word, SEED)) >>> 0;
}

/** Signs that a text is warm or cold, from word lists; the same in training and in use. */
export class Polarity {
  private readonly table: PolarityTable;
  constructor(table: PolarityTable) {
    this.table = table;
  }

  signsOf(tokens: readonly OpinionToken[]): string[] {
    const found: string[] = [];
    if (this.table.words.length === 0) return found;
    const moods: number[] = [];
    let late = 0;
    let strength = 0;
    const [one, two] = [createCount(), createCount()];
    tokens.forEach(({ form, lemma }, at) => {
      const mood = /^\p{L}/u.test(form) ? this.value(form, 0) / MOOD_SCALE : 0;
      if (mood !== 0) moods.push(mood);
      if (at >= tokens.length - 4) late += mood;
      const turn = isDenied(tokens, at) ? -1 : 1;
      take(one, turn * this.value(lemma, 1));
      take(two, turn * this.value(lemma, 2));
      strength += (turn * this.value(lemma, 3)) / STRENGTH_SCALE;
    });
    const sum = moods.reduce((total, mood) => total + mood, 0);
    steps(found, 'mood', sum, 2, 6);
    steps(found, 'mean mood', moods.length > 0 ? sum / moods.length : 0, 0.25, 6);
    steps(found, 'best mood', Math.max(0, ...moods), 0.7, 6);
    steps(found, 'worst mood', Math.min(0, ...moods), 0.7, 6);
    steps(found, 'last mood', late, 1, 5);
    steps(found, 'strength', strength, 0.8, 6);
    for (const [name, { warm, cold }] of [['a', one] as const, ['b', two] as const]) {
      steps(found, `${name} warm`, warm, 1, 4);
      steps(found, `${name} cold`, cold, 1, 4);
      steps(found, `${name} balance`, warm - cold, 1, 4);
    }
    return found;
  }

  /** How the words around a target lean: all of them, those before and after it, in its clause, by distance, the nearest. */
  leaningsOf({ tokens, distances, clauses }: TargetView): string[] {
    const found: string[] = [];
    const [moods, opinions] = [createLeaning(), createLeaning()];
    tokens.forEach((token, at) => {
      const distance = distances[at] ?? 0;
      if (distance === 0) return;
      const turn = isDenied(tokens, at) ? -0.7 : 1;
      const isOwn = clauses[at] === 0;
      lean(moods, turn * this.moodOf(token), distance, isOwn);
      lean(opinions, turn * this.opinionOf(token), distance, isOwn);
    });
    tellLeaning(found, 'mood', moods);
    tellLeaning(found, 'opinion', opinions);
    return found;
  }

  private moodOf({ form }: OpinionToken): number {
    const mood = /^\p{L}/u.test(form) ? this.value(form, 0) / MOOD_SCALE : 0;
    return Math.abs(mood) < FAINT ? 0 : mood;
  }

  /** By whichever list knows the word: ours first. */
  private opinionOf({ lemma }: OpinionToken): number {
    const own = this.value(lemma, 3) / STRENGTH_SCALE;
    return own === 0 ? 1.5 * (this.value(lemma, 1) || this.value(lemma, 2)) : own;
  }

  private value(word: string, list: number): number {
    const { words, values } = this.table;
    const key = polarityKey(word);
    let [low, high] = [0, words.length - 1];
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = words[middle] as number;
      if (found === key) return values[middle * LISTS + list] as number;
      if (found < key) low = middle + 1;
      else high = middle - 1;
    }
    return 0;
  }
}

/** Moods nearer to nought are chance. */
const FAINT = 0.3;
/** Words so far away count half of those beside the target. */
const HALF_WAY = 3;

interface Leaning {
  all: number;
  before: number;
  after: number;
  clause: number;
  byDistance: number;
  nearest: { distance: number; value: number } | null;
}

function createLeaning(): Leaning {
  return { all: 0, before: 0, after: 0, clause: 0, byDistance: 0, nearest: null };
}

function lean(leaning: Leaning, value: number, distance: number, isOwn: boolean): void {
  if (value === 0) return;
  const size = Math.abs(distance);
  leaning.all += value;
  if (distance < 0) leaning.before += value;
  else leaning.after += value;
  if (isOwn) leaning.clause += value;
  leaning.byDistance += value / (1 + size / HALF_WAY);
  if (leaning.nearest === null || size < leaning.nearest.distance)
    leaning.nearest = { distance: size, value };
}

function tellLeaning(found: string[], name: string, leaning: Leaning): void {
  steps(found, `${name} all`, leaning.all, 1, 5);
  steps(found, `${name} before`, leaning.before, 1, 4);
  steps(found, `${name} after`, leaning.after, 1, 4);
  steps(found, `${name} clause`, leaning.clause, 0.7, 5);
  steps(found, `${name} by distance`, leaning.byDistance, 0.35, 7);
  if (!leaning.nearest) return;
  steps(found, `${name} nearest`, leaning.nearest.value, 0.8, 3);
  const far = Math.min(5, Math.floor(Math.log2(leaning.nearest.distance)));
  found.push(`${name} nearest ${leaning.nearest.value > 0 ? '+' : '−'} ${far}`);
}

/** By the word before it, or the one before that: «не очень хорошо». */
function isDenied(tokens: readonly OpinionToken[], at: number): boolean {
  return DENIALS.has(tokens[at - 1]?.form ?? '') || DENIALS.has(tokens[at - 2]?.form ?? '');
}

interface Count {
  warm: number;
  cold: number;
}

function createCount(): Count {
  return { warm: 0, cold: 0 };
}

function take(tally: Count, value: number): void {
  if (value > 0) tally.warm += 1;
  if (value < 0) tally.cold += 1;
}

/** One sign for every step that the value reaches, so that more is never less. */
function steps(found: string[], name: string, value: number, step: number, most: number): void {
  const reached = Math.min(most, Math.floor(Math.abs(value) / step));
  for (let at = 1; at <= reached; at += 1) found.push(`${name} ${value > 0 ? '+' : '−'}${at}`);
}
