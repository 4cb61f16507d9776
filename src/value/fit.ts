import type { Refusal } from '../model/value.ts';
import { type BgNbdFit, fitBgNbd } from './bg-nbd.ts';
import { fitGammaGamma, type GammaGammaFit, type Spending } from './gamma-gamma.ts';
import type { Frequency } from './history.ts';

// Chosen by simulation: docs/decisions/0026, `npm run bench -- value`.
export const LEAST_REPEATERS = 100;
const LEAST_SPAN_DAYS = 180;
/** Of money with frequency, either way: above it the mean of the frequent is not that of the others. */
const MOST_CORRELATION = 0.3;
/** In one currency. */
const LEAST_SPENDERS = 100;

const DAYS_A_WEEK = 7;

/** A customer of the sample that models are fitted to. */
export interface FitCustomer extends Frequency {
  /** Days of purchase in the main currency and what they brought on average. */
  times: number;
  mean: number;
  currency: string;
}

export type Fitted<Model> = { model: Model; refusal: null } | { model: null; refusal: Refusal };

function refuse(code: Refusal['code'], has = 0, needs = 0): { model: null; refusal: Refusal } {
  return { model: null, refusal: { code, has, needs } };
}

/** How often customers buy, or why that cannot be said. */
export function fitBuying(customers: readonly FitCustomer[]): Fitted<BgNbdFit> {
  const repeaters = customers.filter(({ repeats }) => repeats > 0).length;
  if (repeaters < LEAST_REPEATERS) return refuse('few-repeaters', repeaters, LEAST_REPEATERS);
  const span = Math.floor(customers.reduce((most, { known }) => Math.max(most, known), 0) * DAYS_A_WEEK);
  if (span < LEAST_SPAN_DAYS) return refuse('short-span', span, LEAST_SPAN_DAYS);
  const model = fitBgNbd(customers);
  return model ? { model, refusal: null } : refuse('not-settled');
}

/** Pearson's, of the logarithms: a few very rich customers would decide it otherwise. */
export function correlation(customers: readonly Spending[]): number {
  const x = customers.map(({ times }) => Math.log(times));
  const y = customers.map(({ mean }) => Math.log(mean));
  const middle = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const [mx, my] = [middle(x), middle(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (const [n, one] of x.entries()) {
    const [dx, dy] = [one - mx, (y[n] as number) - my];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy);
}

/** What a purchase brings, in one currency, or why that cannot be said. Who bought once says nothing of how sums vary. */
export function fitSpending(customers: readonly FitCustomer[], currency: string): Fitted<GammaGammaFit> {
  const spenders = customers.filter((one) => one.currency === currency && one.times > 1);
  if (spenders.length < LEAST_SPENDERS) return refuse('few-amounts', spenders.length, LEAST_SPENDERS);
  const found = Math.abs(correlation(spenders));
  if (found > MOST_CORRELATION)
    return refuse('money-follows-frequency', Math.round(found * 100) / 100, MOST_CORRELATION);
  const model = fitGammaGamma(spenders);
  return model ? { model, refusal: null } : refuse('not-settled');
}
