import { randomFrom, shuffle } from '../../src/lib/random.ts';
import { FEATURES, writeFeatures } from '../../src/understand/entities/features.ts';
import { rolesOf } from '../../src/understand/entities/sequence.ts';
import { LABELS, type SequenceWeights } from '../../src/understand/entities/sequence-weights.ts';
import type { NameWord } from '../../src/understand/entities/words.ts';
import { ChainSums } from './chain-sums.ts';
import type { SequenceExample } from './examples.ts';

export interface FitOptions {
  bits: number;
  rounds: number;
  seed: number;
  /** First length of a step. */
  rate: number;
  /** How much weights shrink when they are touched, in steps. */
  shrink: number;
  /** Share of the features that are left out each time, so that none is relied on alone. */
  dropped: number;
}

export const FIT: FitOptions = { bits: 17, rounds: 6, seed: 1, rate: 0.05, shrink: 1e-3, dropped: 0.5 };

const LEFT_OUT = 0xffffffff;
/** Slopes under this change nothing that is worth the time. */
const SLIGHT = 1e-4;

/** Weights and the sums of their squared slopes (AdaGrad, Duchi 2011). */
interface Learned {
  weights: Float32Array<ArrayBuffer>;
  slopes: Float32Array<ArrayBuffer>;
}

/** A conditional random field (Lafferty 2001) over hashed features, by stochastic steps. */
export function fitSequence(
  examples: readonly SequenceExample[],
  options: FitOptions,
  tell: (line: string) => void,
): SequenceWeights {
  const learned = (size: number): Learned => ({
    weights: new Float32Array(size),
    slopes: new Float32Array(size),
  });
  const words = learned(2 ** options.bits * LABELS);
  const moves = learned((LABELS + 1) * LABELS);
  const random = randomFrom(options.seed);
  const order = examples.map((_, at) => at);
  const learner = createLearner(words, moves, options, random);
  for (let round = 0; round < options.rounds; round += 1) {
    shuffle(order, random);
    let [loss, count] = [0, 0];
    for (const at of order) {
      const example = examples[at] as SequenceExample;
      loss += learner(example);
      count += example.words.length;
    }
    tell(`round ${round + 1}: loss ${(loss / count).toFixed(4)} a word`);
  }
  return { bits: options.bits, weights: words.weights, moves: moves.weights };
}

/** Takes one step on an example and tells its loss. */
function createLearner(
  words: Learned,
  moves: Learned,
  { bits, rate, shrink, dropped }: FitOptions,
  random: () => number,
): (example: SequenceExample) => number {
  const sums = new ChainSums();
  const kept = 1 / (1 - dropped);
  let rows = new Uint32Array(0);
  function change({ weights, slopes }: Learned, at: number, slope: number): void {
    const whole = slope + shrink * (weights[at] as number);
    slopes[at] = (slopes[at] as number) + whole * whole;
    weights[at] = (weights[at] as number) - (rate * whole) / Math.sqrt((slopes[at] as number) + 1e-6);
  }
  function scoreWord(read: readonly NameWord[], at: number): void {
    const from = at * FEATURES;
    writeFeatures(read, at, 32 - bits, rows, from);
    for (let one = from; one < from + FEATURES; one += 1) {
      if (random() < dropped) rows[one] = LEFT_OUT;
      else sums.add(at, words.weights, (rows[one] as number) * LABELS, kept);
    }
  }
  function learnWord(at: number, labels: Uint8Array): void {
    for (let label = 0; label < LABELS; label += 1) {
      const slope = sums.slope(at, label, labels);
      if (Math.abs(slope) < SLIGHT) continue;
      for (let one = at * FEATURES; one < (at + 1) * FEATURES; one += 1) {
        const row = rows[one] as number;
        if (row !== LEFT_OUT) change(words, row * LABELS + label, slope * kept);
      }
    }
  }
  return ({ words: read, labels }) => {
    if (rows.length < read.length * FEATURES) rows = new Uint32Array(read.length * FEATURES);
    const roles = rolesOf(read);
    sums.start(read.length, roles);
    for (let at = 0; at < read.length; at += 1) if (roles[at] !== 0) scoreWord(read, at);
    const loss = sums.solve(moves.weights, labels);
    for (let at = 0; at < read.length; at += 1) if (roles[at] !== 0) learnWord(at, labels);
    sums.eachMove(labels, (move, slope) => change(moves, move, slope));
    return loss;
  };
}
