import type { Blend } from '../src/understand/classifier/model.ts';
import { largest, softmax } from '../src/understand/probabilities.ts';
import { type Goal, measure, reached } from './measure.ts';

export interface Heldback {
  right: readonly number[];
  /** Per example, log-odds per answer. */
  linear: readonly (readonly number[])[];
  network: readonly (readonly number[])[];
}

const SHARES = [0, 0.25, 0.4, 0.55, 0.7, 1];
const SHARPNESS = [0.4, 0.6, 0.8, 1, 1.25, 1.5, 2];
const STEPS = Array.from({ length: 15 }, (_, at) => (at - 7) * 0.2);
/** What a step away from no bias must bring: so few examples do not tell more. */
const RELUCTANCE = 0.0004;
/** Biases that miss the best score by no more are as good: among halves of some hundred examples their mean did better on the other half. */
const NEAR_BEST = 0.01;

/**
 * How linear classifier and network are added up, found on examples that neither has seen: shares and sharpness by likelihood
 * (Platt), then biases by the
 * goal: for macro-F1, classes that are rare count as much as others.
 */
export function findBlend(
  { right, linear, network }: Heldback,
  answers: number,
  goal: Goal = 'macroF1',
): Blend {
  let best = { loss: Number.POSITIVE_INFINITY, linear: 1, network: 0 };
  for (const share of SHARES)
    for (const sharpness of SHARPNESS) {
      const [ofLinear, ofNetwork] = [sharpness * (1 - share), sharpness * share];
      const logits = linear.map((odds, at) => add(odds, network[at] ?? [], ofLinear, ofNetwork));
      const biases = fairBiases(logits, right, answers);
      const loss = meanLoss(
        logits.map((row) => row.map((logit, at) => logit + (biases[at] as number))),
        right,
      );
      if (loss < best.loss) best = { loss, linear: ofLinear, network: ofNetwork };
    }
  const logits = linear.map((odds, at) => add(odds, network[at] ?? [], best.linear, best.network));
  const biases = fairBiases(logits, right, answers);
  const calibrated = logits.map((row) => add(row, biases, 1, 1));
  const fairness = bestBiases(calibrated, right, answers, goal);
  return { linear: best.linear, network: best.network, biases, fairness };
}

function add(one: readonly number[], two: readonly number[], ofOne: number, ofTwo: number): number[] {
  return one.map((value, at) => ofOne * value + ofTwo * (two[at] ?? 0));
}

/** Biases by which each answer is expected as often as it is right, by a few steps of scaling. */
function fairBiases(
  logits: readonly (readonly number[])[],
  right: readonly number[],
  answers: number,
): number[] {
  const biases = new Array<number>(answers).fill(0);
  const shares = biases.map((_, one) => shareOf(one, right));
  for (let round = 0; round < 20; round += 1) {
    const expected = new Array<number>(answers).fill(0);
    for (const row of logits)
      softmax(Float64Array.from(row, (logit, at) => logit + (biases[at] as number))).forEach(
        (probability, at) => {
          expected[at] = (expected[at] as number) + probability / logits.length;
        },
      );
    biases.forEach((bias, at) => {
      biases[at] = bias + Math.log((shares[at] as number) / Math.max(1e-3, expected[at] as number));
    });
  }
  return biases;
}

function meanLoss(logits: readonly (readonly number[])[], right: readonly number[]): number {
  let loss = 0;
  logits.forEach((row, at) => {
    const most = Math.max(...row);
    const sum = row.reduce((total, logit) => total + Math.exp(logit - most), 0);
    loss += Math.log(sum) - ((row[right[at] as number] as number) - most);
  });
  return loss / logits.length;
}

/**
 * What is added to log-odds so that the largest reaches the goal best: the mean of all biases that come near the best, for the best by itself is
 * what suits these examples by chance.
 */
export function bestBiases(
  logits: readonly (readonly number[])[],
  right: readonly number[],
  answers: number,
  goal: Goal,
): number[] {
  const tried = biasesToTry(right, answers).map(({ biases, distance }) => {
    const given = logits.map((row) => largest(row.map((logit, at) => logit + (biases[at] as number))));
    return { biases, score: reached(measure(right, given, answers), goal) - RELUCTANCE * distance };
  });
  const best = Math.max(...tried.map(({ score }) => score));
  const near = tried.filter(({ score }) => score >= best - NEAR_BEST);
  return near[0]?.biases.map((_, at) => meanOf(near.map(({ biases }) => biases[at] as number))) ?? [];
}

/** Steps from no bias, and from one that makes all answers equally dear; with the square of how far they go. Only differences of biases count. */
function biasesToTry(right: readonly number[], answers: number): { biases: number[]; distance: number }[] {
  const none = new Array<number>(answers).fill(0);
  const equal = none.map((_, one) => -Math.log(shareOf(one, right)));
  const last = answers - 1;
  return [none, equal].flatMap((start) =>
    STEPS.flatMap((one) =>
      (answers > 2 ? STEPS : [0]).map((two) => {
        const moved = start.map((bias, at) => bias + (at === 0 ? one : at === last && answers > 2 ? two : 0));
        const zero = moved[answers > 2 ? 1 : last] ?? 0;
        return { biases: moved.map((bias) => bias - zero), distance: one * one + two * two };
      }),
    ),
  );
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function shareOf(one: number, right: readonly number[]): number {
  return Math.max(1e-3, right.filter((answer) => answer === one).length / right.length);
}
