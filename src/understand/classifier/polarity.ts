import type { FeatureBuffer } from './feature-buffer.ts';
import { pushSteps, type Steps, stepsOf } from './steps.ts';
import { isDenied, type WordSigns } from './word-signs.ts';
import { MOOD_SCALE, STRENGTH_SCALE, type WordTable } from './word-table.ts';

export interface PolaritySteps {
  mood: Steps;
  meanMood: Steps;
  bestMood: Steps;
  worstMood: Steps;
  lastMood: Steps;
  strength: Steps;
  /** Of the first list and of the second: how many words are warm, how many cold, and how many more. */
  lists: readonly [ListSteps, ListSteps];
}

interface ListSteps {
  warm: Steps;
  cold: Steps;
  balance: Steps;
}

export function polaritySteps(seed: number): PolaritySteps {
  const steps = (name: string, size: number, most: number) => stepsOf(seed, name, size, most);
  const list = (name: string): ListSteps => ({
    warm: steps(`${name} warm`, 1, 4),
    cold: steps(`${name} cold`, 1, 4),
    balance: steps(`${name} balance`, 1, 4),
  });
  return {
    mood: steps('mood', 2, 6),
    meanMood: steps('mean mood', 0.25, 6),
    bestMood: steps('best mood', 0.7, 6),
    worstMood: steps('worst mood', 0.7, 6),
    lastMood: steps('last mood', 1, 5),
    strength: steps('strength', 0.8, 6),
    lists: [list('a'), list('b')],
  };
}

/** How many of the last words tell how a text ends. */
const LAST = 4;

/** Signs that a text is warm or cold, from word lists; the same in training and in use. */
export function pushPolarity(
  buffer: FeatureBuffer,
  steps: PolaritySteps,
  signs: readonly WordSigns[],
  table: WordTable,
): void {
  if (table.isEmpty) return;
  let sum = 0;
  let moods = 0;
  let best = 0;
  let worst = 0;
  let late = 0;
  let strength = 0;
  let warmFirst = 0;
  let coldFirst = 0;
  let warmSecond = 0;
  let coldSecond = 0;
  for (let at = 0; at < signs.length; at += 1) {
    const sign = signs[at] as WordSigns;
    if (sign.mood !== 0) {
      const mood = sign.mood / MOOD_SCALE;
      moods += 1;
      sum += mood;
      best = Math.max(best, mood);
      worst = Math.min(worst, mood);
      if (at >= signs.length - LAST) late += mood;
    }
    if (sign.first === 0 && sign.second === 0 && sign.own === 0) continue;
    const turn = isDenied(signs, at) ? -1 : 1;
    const first = turn * sign.first;
    const second = turn * sign.second;
    if (first > 0) warmFirst += 1;
    if (first < 0) coldFirst += 1;
    if (second > 0) warmSecond += 1;
    if (second < 0) coldSecond += 1;
    strength += (turn * sign.own) / STRENGTH_SCALE;
  }
  pushSteps(buffer, steps.mood, sum);
  pushSteps(buffer, steps.meanMood, moods > 0 ? sum / moods : 0);
  pushSteps(buffer, steps.bestMood, best);
  pushSteps(buffer, steps.worstMood, worst);
  pushSteps(buffer, steps.lastMood, late);
  pushSteps(buffer, steps.strength, strength);
  pushList(buffer, steps.lists[0], warmFirst, coldFirst);
  pushList(buffer, steps.lists[1], warmSecond, coldSecond);
}

function pushList(
  buffer: FeatureBuffer,
  { warm, cold, balance }: ListSteps,
  more: number,
  less: number,
): void {
  pushSteps(buffer, warm, more);
  pushSteps(buffer, cold, less);
  pushSteps(buffer, balance, more - less);
}
