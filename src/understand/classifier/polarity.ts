import type { OpinionToken } from '../../model/opinion.ts';
import { isDenied } from './denials.ts';
import type { FeatureBuffer } from './feature-buffer.ts';
import { pushSteps, type Steps, stepsOf } from './steps.ts';
import { beginKey, LIST, MOOD_SCALE, STRENGTH_SCALE, type WordTable } from './word-table.ts';

export interface PolaritySteps {
  mood: Steps;
  meanMood: Steps;
  bestMood: Steps;
  worstMood: Steps;
  lastMood: Steps;
  strength: Steps;
  /** Of the first list and of the second: how many words are warm, how many cold, and how many more. */
  lists: readonly { warm: Steps; cold: Steps; balance: Steps }[];
}

export function polaritySteps(seed: number): PolaritySteps {
  const steps = (name: string, size: number, most: number) => stepsOf(seed, name, size, most);
  return {
    mood: steps('mood', 2, 6),
    meanMood: steps('mean mood', 0.25, 6),
    bestMood: steps('best mood', 0.7, 6),
    worstMood: steps('worst mood', 0.7, 6),
    lastMood: steps('last mood', 1, 5),
    strength: steps('strength', 0.8, 6),
    lists: ['a', 'b'].map((name) => ({
      warm: steps(`${name} warm`, 1, 4),
      cold: steps(`${name} cold`, 1, 4),
      balance: steps(`${name} balance`, 1, 4),
    })),
  };
}

/** How many of the last words tell how a text ends. */
const LAST = 4;

/** Signs that a text is warm or cold, from word lists; the same in training and in use. */
export function pushPolarity(
  buffer: FeatureBuffer,
  steps: PolaritySteps,
  tokens: readonly OpinionToken[],
  table: WordTable,
): void {
  if (table.isEmpty) return;
  let [sum, moods, best, worst, late, strength] = [0, 0, 0, 0, 0, 0];
  let [warmFirst, coldFirst, warmSecond, coldSecond] = [0, 0, 0, 0];
  for (let at = 0; at < tokens.length; at += 1) {
    const { isWord, form, lemma } = tokens[at] as OpinionToken;
    const mood = isWord ? table.value(form, LIST.moods) / MOOD_SCALE : 0;
    if (mood !== 0) {
      moods += 1;
      sum += mood;
      best = Math.max(best, mood);
      worst = Math.min(worst, mood);
      if (at >= tokens.length - LAST) late += mood;
    }
    const row = table.rowOf(beginKey(lemma));
    if (row < 0) continue;
    const turn = isDenied(tokens, at) ? -1 : 1;
    const first = turn * table.at(row, LIST.first);
    const second = turn * table.at(row, LIST.second);
    if (first > 0) warmFirst += 1;
    if (first < 0) coldFirst += 1;
    if (second > 0) warmSecond += 1;
    if (second < 0) coldSecond += 1;
    strength += (turn * table.at(row, LIST.own)) / STRENGTH_SCALE;
  }
  pushSteps(buffer, steps.mood, sum);
  pushSteps(buffer, steps.meanMood, moods > 0 ? sum / moods : 0);
  pushSteps(buffer, steps.bestMood, best);
  pushSteps(buffer, steps.worstMood, worst);
  pushSteps(buffer, steps.lastMood, late);
  pushSteps(buffer, steps.strength, strength);
  steps.lists.forEach(({ warm, cold, balance }, list) => {
    const [more, less] = list === 0 ? [warmFirst, coldFirst] : [warmSecond, coldSecond];
    pushSteps(buffer, warm, more);
    pushSteps(buffer, cold, less);
    pushSteps(buffer, balance, more - less);
  });
}
