import type { OpinionToken } from '../../model/opinion.ts';
import { DENIALS } from './denials.ts';
import { addSteps } from './steps.ts';
import { LIST, STRENGTH_SCALE, type WordTable } from './word-table.ts';

const LONGEST_PHRASE = 3;
/** The strongest sign counts in full, each further one less: more of the same says little more. */
const FADING = 0.85;
/** A fault that is denied is rather none. */
const DENIED = -0.3;
const STRONG = 0.8;

/** What speaks for a complaint, and against one, from the list of faults; the same in training and in use. */
export function faultSigns(tokens: readonly OpinionToken[], table: WordTable): string[] {
  const weights = faultsIn(tokens, table);
  const found: string[] = [];
  if (weights.length === 0) return found;
  addSteps(found, 'fault', fadingSum(weights) - fadingSum(weights.map((weight) => -weight)), 0.4, 10);
  addSteps(found, 'worst fault', Math.max(0, ...weights), 0.5, 5);
  return found;
}

/** Strengths of what stands in the list: the longest phrase at each place, none overlapping. */
function faultsIn(tokens: readonly OpinionToken[], table: WordTable): number[] {
  const weights: number[] = [];
  for (let at = 0; at < tokens.length; at += 1)
    for (let length = LONGEST_PHRASE; length > 0; length -= 1) {
      const weight = weightAt(tokens, at, length, table);
      if (weight === 0) continue;
      weights.push(weight);
      at += length - 1;
      break;
    }
  return weights;
}

function weightAt(tokens: readonly OpinionToken[], at: number, length: number, table: WordTable): number {
  let key = '';
  for (let next = at; next < at + length; next += 1) {
    const token = tokens[next];
    if (token === undefined || !/^\p{L}/u.test(token.form)) return 0;
    key += next === at ? token.lemma : ` ${token.lemma}`;
  }
  const weight = table.value(key, LIST.faults) / STRENGTH_SCALE;
  const isDenied = weight > STRONG && DENIALS.has(tokens[at - 1]?.form ?? '');
  return isDenied ? DENIED * weight : weight;
}

function fadingSum(weights: readonly number[]): number {
  return weights
    .filter((weight) => weight > 0)
    .sort((one, two) => two - one)
    .reduce((sum, weight, rank) => sum + weight * FADING ** rank, 0);
}
