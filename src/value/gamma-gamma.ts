import { hessian, inverse, varianceOf } from '../lib/covariance.ts';
import { logGamma } from '../lib/log-gamma.ts';
import { minimise } from '../lib/minimise.ts';

/**
 * Gamma-Gamma (Fader and Hardie, The gamma-gamma model of monetary value, 2013): what a customer spends at a time varies around his own mean
 * (gamma: p), and the means vary between customers (gamma: q, gamma), whatever how often they buy.
 */
export interface GammaGamma {
  p: number;
  q: number;
  gamma: number;
}

export interface GammaGammaFit extends GammaGamma {
  logLikelihood: number;
  /** Of the logarithms of p, q, gamma. */
  covariance: number[][];
  customers: number;
}

/** Days of purchase and what they brought on average. */
export interface Spending {
  times: number;
  mean: number;
}

const FARTHEST = 25;

function fromLogs(logs: readonly number[]): GammaGamma {
  const [p, q, gamma] = logs.map(Math.exp) as [number, number, number];
  return { p, q, gamma };
}

export function logLikelihood({ p, q, gamma }: GammaGamma, customers: readonly Spending[]): number {
  const fixed = q * Math.log(gamma) - logGamma(q);
  const constants: number[] = [];
  let sum = 0;
  for (const { times, mean } of customers) {
    constants[times] ??= logGamma(p * times + q) - logGamma(p * times) + p * times * Math.log(times) + fixed;
    sum += (constants[times] as number) + (p * times - 1) * Math.log(mean);
    sum -= (p * times + q) * Math.log(gamma + times * mean);
  }
  return sum;
}

/** The likeliest model, or null when the data do not settle on one. */
export function fitGammaGamma(customers: readonly Spending[]): GammaGammaFit | null {
  const scale = Math.max(1, customers.length);
  // Money is measured by its mean, so that the start is near in any currency.
  const unit = customers.reduce((sum, { mean }) => sum + mean, 0) / scale;
  const scaled = customers.map(({ times, mean }) => ({ times, mean: mean / unit }));
  const work = (logs: readonly number[]): number =>
    logs.some((log) => Math.abs(log) > FARTHEST)
      ? Number.NaN
      : -logLikelihood(fromLogs(logs), scaled) / scale;
  const best = minimise(work, [1, 1, 0]);
  if (!best.isSettled || !Number.isFinite(best.value)) return null;
  const covariance = inverse(hessian((logs) => work(logs) * scale, best.at));
  const { p, q, gamma } = fromLogs(best.at);
  // Below 1 the mean of all customers has no end.
  if (!covariance || q <= 1) return null;
  const model = { p, q, gamma: gamma * unit };
  return {
    ...model,
    logLikelihood: logLikelihood(model, customers),
    covariance,
    customers: customers.length,
  };
}

/** Expected mean value of a purchase: his own mean, drawn towards that of all customers. */
export function expectedSpending({ p, q, gamma }: GammaGamma, { times, mean }: Spending): number {
  return (p * (gamma + times * mean)) / (p * times + q - 1);
}

/** The same, and the deviation of its logarithm that comes of not knowing the parameters better. */
export function spendingOf(fit: GammaGammaFit, customer: Spending): { value: number; deviation: number } {
  const logs = [fit.p, fit.q, fit.gamma].map(Math.log);
  const work = (at: readonly number[]): number => Math.log(expectedSpending(fromLogs(at), customer));
  return {
    value: expectedSpending(fit, customer),
    deviation: Math.sqrt(varianceOf(work, logs, fit.covariance)),
  };
}
