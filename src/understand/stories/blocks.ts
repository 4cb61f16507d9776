import type { Run } from '../../lib/align-words.ts';
import { NAME_FLAG, NUMBER_FLAG, type StoryWords } from './words.ts';

export interface StoryText {
  words: StoryWords;
}

/** A passage that two texts share, with what was changed within it. Words are counted; ends are excluded. */
export interface Block {
  aFrom: number;
  aTo: number;
  bFrom: number;
  bTo: number;
  /** The same words, and those with a typing error. */
  matched: number;
  /** Filled in otherwise, as in a form: other numbers, other names, another phrase. */
  slots: number;
  /** Single words that were exchanged for others. */
  swaps: number;
}

/** A longer gap on both sides parts two blocks. */
const BRIDGED = 4;

/** `runs` as `alignWords` gives them for the words of both. */
export function blocksOf(a: StoryText, b: StoryText, runs: readonly Run[]): Block[] {
  const blocks: Block[] = [];
  for (const run of withoutNoise(runs)) {
    const last = blocks.at(-1);
    if (!last || Math.min(run.a - last.aTo, run.b - last.bTo) > BRIDGED) blocks.push(begin(run));
    else extend(last, run, a, b);
  }
  return blocks;
}

function begin({ a, b, length }: Run): Block {
  return { aFrom: a, aTo: a + length, bFrom: b, bTo: b + length, matched: length, slots: 0, swaps: 0 };
}

/** A word or two that both texts have somewhere is no passage: it must stand close to what is shared before and after it. */
function withoutNoise(runs: readonly Run[]): Run[] {
  return runs.filter((run, at) => {
    if (run.length >= 3) return true;
    const [before, after] = [runs[at - 1], runs[at + 1]];
    return distance(before, run) <= run.length && distance(run, after) <= run.length;
  });
}

/** 0 at the ends of a text. */
function distance(one: Run | undefined, next: Run | undefined): number {
  return one && next ? Math.max(next.a - one.a - one.length, next.b - one.b - one.length) : 0;
}

function extend(block: Block, run: Run, a: StoryText, b: StoryText): void {
  countGap(block, a, run.a, b, run.b);
  block.aTo = run.a + run.length;
  block.bTo = run.b + run.length;
  block.matched += run.length;
}

function countGap(block: Block, a: StoryText, aTo: number, b: StoryText, bTo: number): void {
  const [m, n] = [aTo - block.aTo, bTo - block.bTo];
  if (m === 0 || n === 0) return;
  if (m !== n) return countUneven(block, a.words, aTo, b.words, bTo);
  for (let at = 0; at < m; at += 1) countPair(block, a, block.aTo + at, b, block.bTo + at);
  if (m > 2) block.slots += 1;
}

function countPair(block: Block, a: StoryText, atA: number, b: StoryText, atB: number): void {
  const both = (a.words.flags[atA] as number) & (b.words.flags[atB] as number);
  if ((both & NUMBER_FLAG) > 0) block.slots += 1;
  else if (isTypingError(wordAt(a, atA), wordAt(b, atB))) block.matched += 1;
  else if ((both & NAME_FLAG) > 0) block.slots += 1;
  else block.swaps += 1;
}

function countUneven(block: Block, a: StoryWords, aTo: number, b: StoryWords, bTo: number): void {
  const flags = flagsOf(a, block.aTo, aTo) & flagsOf(b, block.bTo, bTo);
  const least = Math.min(aTo - block.aTo, bTo - block.bTo);
  if (flags > 0 || least > 2) block.slots += 1;
  else block.swaps += least;
}

function flagsOf({ flags }: StoryWords, from: number, to: number): number {
  let all = 0;
  for (let at = from; at < to; at += 1) all |= flags[at] as number;
  return all;
}

function wordAt({ words }: StoryText, at: number): string {
  return words.text.slice(words.starts[at], words.ends[at]).toLowerCase();
}

/** Longer words are compared by their beginning. */
const LONGEST = 40;

/** One edit in a word of four letters and more, two in one of eight and more; neighbours that changed places are one. */
export function isTypingError(one: string, other: string): boolean {
  const [a, b] = [one.slice(0, LONGEST), other.slice(0, LONGEST)];
  const least = Math.min(a.length, b.length);
  if (least < 3) return false;
  const allowed = least >= 8 ? 2 : 1;
  return Math.abs(a.length - b.length) <= allowed && editDistance(a, b) <= allowed;
}

/** Optimal string alignment. */
function editDistance(a: string, b: string): number {
  let [older, old] = [[] as number[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((old[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (old[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (older[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [older, old] = [old, row];
  }
  return old[b.length] ?? 0;
}
