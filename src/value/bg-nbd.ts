import { hessian, inverse, varianceOf } from '../lib/covariance.ts';
import { hypergeometric } from '../lib/hypergeometric.ts';
import { logGamma } from '../lib/log-gamma.ts';
import { type Minimum, minimise } from '../lib/minimise.ts';
import { Z_95 } from '../lib/wilson.ts';
import type { Ranged } from '../model/value.ts';
import type { Frequency } from './history.ts';

/**
 * BG/NBD (Fader, Hardie and Lee, “Counting your customers” the easy way, Marketing Science 24, 2005): each customer buys at a rate of his own
 * (gamma: r, alpha) and is lost after a purchase with a chance of his own (beta: a, b). Time is in weeks.
 */
export interface BgNbd {
  r: number;
  alpha: number;
  a: number;
  b: number;
}

export interface BgNbdFit extends BgNbd {
  logLikelihood: number;
  /** Of the logarithms of r, alpha, a, b. */
  covariance: number[][];
  customers: number;
}

const STARTS = [
  [0, 1, 0, 0.7],
  [-1, 2, -2, 1],
  [1, 3, -1, 2],
] as const;
/** Of logarithms: beyond it the data do not tell a parameter from 0 or from without end. */
const FARTHEST = 6;
/** A customer known for hours is taken for one of a day: the series would not end. */
const LEAST_KNOWN = 1 / 7;

function fromLogs(logs: readonly number[]): BgNbd {
  const [r, alpha, a, b] = logs.map(Math.exp) as [number, number, number, number];
  return { r, alpha, a, b };
}

export function toLogs({ r, alpha, a, b }: BgNbd): number[] {
  return [r, alpha, a, b].map(Math.log);
}

/** What the likelihood of so many repeats holds that does not depend on when they were. */
function constantOf({ r, alpha, a, b }: BgNbd, repeats: number): number {
  const buying = logGamma(r + repeats) - logGamma(r) + r * Math.log(alpha);
  return buying + logGamma(a + b) + logGamma(b + repeats) - logGamma(b) - logGamma(a + b + repeats);
}

/** Natural logarithm of the likelihood, in the form that does not overflow (Fader and Hardie, Overcoming the BG/NBD model's #NUM! error problem, 2013). */
export function logLikelihood(model: BgNbd, customers: readonly Frequency[]): number {
  const { r, alpha, a, b } = model;
  const constants: number[] = [];
  const lost = Math.log(a);
  let sum = 0;
  for (const { repeats, last, known } of customers) {
    constants[repeats] ??= constantOf(model, repeats);
    const stays = -(r + repeats) * Math.log(alpha + known);
    sum += constants[repeats] as number;
    if (repeats === 0) sum += stays;
    else {
      const left = lost - Math.log(b + repeats - 1) - (r + repeats) * Math.log(alpha + last);
      sum += Math.max(stays, left) + Math.log1p(Math.exp(-Math.abs(stays - left)));
    }
  }
  return sum;
}

/** Another start only where the one before did not settle. */
function bestFrom(
  starts: readonly (readonly number[])[],
  work: (logs: readonly number[]) => number,
): Minimum | null {
  let best: Minimum | null = null;
  for (const start of starts) {
    const found = minimise(work, start);
    if (!best || found.value < best.value - 1e-9 || (found.isSettled && !best.isSettled)) best = found;
    if (found.isSettled) break;
  }
  return best;
}

/** The likeliest model, or null when the data do not settle on one. Some milliseconds per thousand customers and hundred steps. */
export function fitBgNbd(customers: readonly Frequency[]): BgNbdFit | null {
  const scale = Math.max(1, customers.length);
  const work = (logs: readonly number[]): number =>
    logs.some((log) => Math.abs(log) > FARTHEST)
      ? Number.NaN
      : -logLikelihood(fromLogs(logs), customers) / scale;
  const best = bestFrom(STARTS, work);
  if (!best?.isSettled || !Number.isFinite(best.value)) return null;
  const covariance = inverse(hessian((logs) => work(logs) * scale, best.at));
  if (!covariance) return null;
  return {
    ...fromLogs(best.at),
    logLikelihood: -best.value * scale,
    covariance,
    customers: customers.length,
  };
}

/** Odds that he was lost after the last purchase, against that he is still a customer. */
function oddsLost({ r, alpha, a, b }: BgNbd, { repeats, last, known }: Frequency): number {
  if (repeats === 0) return 0;
  return Math.exp(
    Math.log(a / (b + repeats - 1)) + (r + repeats) * Math.log((alpha + known) / (alpha + last)),
  );
}

/** 0 to 1. Who has bought once is always one by this model: it lets nobody go before the second purchase. */
export function probabilityAlive(model: BgNbd, customer: Frequency): number {
  return 1 / (1 + oddsLost(model, customer));
}

/** Expected purchases in the next `weeks` (their equation 10, after Euler's transformation: fewer terms, nothing that overflows). */
export function expectedPurchases(model: BgNbd, customer: Frequency, weeks: number): number {
  const { r, alpha, b } = model;
  const { repeats } = customer;
  const known = Math.max(LEAST_KNOWN, customer.known);
  // At a = 1 two infinities take each other away.
  const a = Math.abs(model.a - 1) < 1e-6 ? 1 + 1e-6 : model.a;
  const z = weeks / (alpha + known + weeks);
  const c = a + b + repeats - 1;
  const series = hypergeometric(a + b - 1 - r, a - 1, c, z);
  const whileAlive = (c / (a - 1)) * (1 - (1 - z) ** (a - 1) * series);
  return whileAlive / (1 + oddsLost(model, customer));
}

function ranged(
  value: number,
  spread: number,
  there: (x: number) => number,
  back: (y: number) => number,
): Ranged {
  return { value, low: back(there(value) - spread), high: back(there(value) + spread) };
}

const logit = (share: number): number => Math.log(share / (1 - share));
const share = (odds: number): number => 1 / (1 + Math.exp(-odds));

/** With the interval that comes of not knowing the parameters better; null for who has bought once. */
export function aliveOf(fit: BgNbdFit, customer: Frequency): Ranged | null {
  if (customer.repeats === 0) return null;
  const work = (logs: readonly number[]): number => -Math.log(oddsLost(fromLogs(logs), customer));
  const spread = Z_95 * Math.sqrt(varianceOf(work, toLogs(fit), fit.covariance));
  return ranged(probabilityAlive(fit, customer), spread, logit, share);
}

/** Likewise; `deviation` is that of the logarithm, for figures that are made from it. */
export function purchasesOf(
  fit: BgNbdFit,
  customer: Frequency,
  weeks: number,
): Ranged & { deviation: number } {
  const work = (logs: readonly number[]): number =>
    Math.log(expectedPurchases(fromLogs(logs), customer, weeks));
  const deviation = Math.sqrt(varianceOf(work, toLogs(fit), fit.covariance));
  const value = expectedPurchases(fit, customer, weeks);
  return { ...ranged(value, Z_95 * deviation, Math.log, Math.exp), deviation };
}
