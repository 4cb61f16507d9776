import { hashText, hashUnit } from '../../lib/hash32.ts';
import { onceFor } from '../../lib/once-for.ts';
import type { FeatureBuffer } from './feature-buffer.ts';
import { pushSteps, type Steps, stepsOf } from './steps.ts';
import type { WordSigns } from './word-signs.ts';
import { LIST, STRENGTH_SCALE, type WordTable } from './word-table.ts';

const LONGEST_PHRASE = 3;
/** The strongest sign counts in full, each further one less: more of the same says little more. */
const FADING = 0.85;
/** A fault that is denied is rather none. */
const DENIED = -0.3;
const STRONG = 0.8;
const BLANK = 0x20;

export interface FaultSteps {
  all: Steps;
  worst: Steps;
}

export function faultSteps(seed: number): FaultSteps {
  return { all: stepsOf(seed, 'fault', 0.4, 10), worst: stepsOf(seed, 'worst fault', 0.5, 5) };
}

/** What speaks for a complaint, and against one, from the list of faults; the same in training and in use. */
export function pushFaults(
  buffer: FeatureBuffer,
  steps: FaultSteps,
  signs: readonly WordSigns[],
  table: WordTable,
): void {
  const weights = faultsIn(signs, table);
  if (weights.length === 0) return;
  pushSteps(buffer, steps.all, fadingSum(weights) - fadingSum(weights.map((weight) => -weight)));
  pushSteps(buffer, steps.worst, Math.max(0, ...weights));
}

/** Three words are looked up for each word of a text: in a table so small that it stays near the processor. */
const faultsOf = onceFor((table: WordTable) => table.only(LIST.faults));

/** Strengths of what stands in the list: the longest phrase at each place, none overlapping. */
function faultsIn(signs: readonly WordSigns[], table: WordTable): number[] {
  const weights: number[] = [];
  const faults = faultsOf(table);
  for (let at = 0; at < signs.length; at += 1) {
    let value = 0;
    let length = 0;
    let key = 0;
    const end = Math.min(signs.length, at + LONGEST_PHRASE);
    for (let next = at; next < end; next += 1) {
      const { isWord, lemma, key: begun } = signs[next] as WordSigns;
      if (!isWord) break;
      key = next === at ? begun : hashText(lemma, hashUnit(key, BLANK));
      const row = faults.rowOf(key);
      if (row < 0) continue;
      value = faults.at(row, LIST.faults);
      length = next + 1 - at;
    }
    if (length === 0) continue;
    const weight = value / STRENGTH_SCALE;
    const isDenied = weight > STRONG && signs[at - 1]?.isDenial === true;
    weights.push(isDenied ? DENIED * weight : weight);
    at += length - 1;
  }
  return weights;
}

function fadingSum(weights: readonly number[]): number {
  return weights
    .filter((weight) => weight > 0)
    .sort((one, two) => two - one)
    .reduce((sum, weight, rank) => sum + weight * FADING ** rank, 0);
}
