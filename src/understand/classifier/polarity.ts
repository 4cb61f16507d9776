import type { OpinionToken, TargetView } from '../../model/opinion.ts';
import { DENIALS } from './denials.ts';
import { addSteps } from './steps.ts';
import { LIST, MOOD_SCALE, STRENGTH_SCALE, type WordTable } from './word-table.ts';

/** Signs that a text is warm or cold, from word lists; the same in training and in use. */
export function polaritySigns(tokens: readonly OpinionToken[], table: WordTable): string[] {
  const found: string[] = [];
  if (table.isEmpty) return found;
  const moods: number[] = [];
  let late = 0;
  let strength = 0;
  const [one, two] = [createCount(), createCount()];
  tokens.forEach(({ form, lemma }, at) => {
    const mood = /^\p{L}/u.test(form) ? table.value(form, LIST.moods) / MOOD_SCALE : 0;
    if (mood !== 0) moods.push(mood);
    if (at >= tokens.length - 4) late += mood;
    const turn = isDenied(tokens, at) ? -1 : 1;
    take(one, turn * table.value(lemma, LIST.first));
    take(two, turn * table.value(lemma, LIST.second));
    strength += (turn * table.value(lemma, LIST.own)) / STRENGTH_SCALE;
  });
  const sum = moods.reduce((total, mood) => total + mood, 0);
  addSteps(found, 'mood', sum, 2, 6);
  addSteps(found, 'mean mood', moods.length > 0 ? sum / moods.length : 0, 0.25, 6);
  addSteps(found, 'best mood', Math.max(0, ...moods), 0.7, 6);
  addSteps(found, 'worst mood', Math.min(0, ...moods), 0.7, 6);
  addSteps(found, 'last mood', late, 1, 5);
  addSteps(found, 'strength', strength, 0.8, 6);
  for (const [name, { warm, cold }] of [['a', one] as const, ['b', two] as const]) {
    addSteps(found, `${name} warm`, warm, 1, 4);
    addSteps(found, `${name} cold`, cold, 1, 4);
    addSteps(found, `${name} balance`, warm - cold, 1, 4);
  }
  return found;
}

/** How the words around a target lean: all of them, those before and after it, in its clause, by distance, the nearest. */
export function leaningSigns({ tokens, distances, clauses }: TargetView, table: WordTable): string[] {
  const found: string[] = [];
  const [moods, opinions] = [createLeaning(), createLeaning()];
  tokens.forEach((token, at) => {
    const distance = distances[at] ?? 0;
    if (distance === 0) return;
    const turn = isDenied(tokens, at) ? -0.7 : 1;
    const isOwn = clauses[at] === 0;
    lean(moods, turn * moodOf(token, table), distance, isOwn);
    lean(opinions, turn * opinionOf(token, table), distance, isOwn);
  });
  tellLeaning(found, 'mood', moods);
  tellLeaning(found, 'opinion', opinions);
  return found;
}

function moodOf({ form }: OpinionToken, table: WordTable): number {
  const mood = /^\p{L}/u.test(form) ? table.value(form, LIST.moods) / MOOD_SCALE : 0;
  return Math.abs(mood) < FAINT ? 0 : mood;
}

/** By whichever list knows the word: ours first. */
function opinionOf({ lemma }: OpinionToken, table: WordTable): number {
  const own = table.value(lemma, LIST.own) / STRENGTH_SCALE;
  return own === 0 ? 1.5 * (table.value(lemma, LIST.first) || table.value(lemma, LIST.second)) : own;
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
  addSteps(found, `${name} all`, leaning.all, 1, 5);
  addSteps(found, `${name} before`, leaning.before, 1, 4);
  addSteps(found, `${name} after`, leaning.after, 1, 4);
  addSteps(found, `${name} clause`, leaning.clause, 0.7, 5);
  addSteps(found, `${name} by distance`, leaning.byDistance, 0.35, 7);
  if (!leaning.nearest) return;
  addSteps(found, `${name} nearest`, leaning.nearest.value, 0.8, 3);
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
