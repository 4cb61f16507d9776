import { Z_95 } from '../lib/wilson.ts';
import type { Ranged } from '../model/value.ts';
import { aliveOf, type BgNbdFit, purchasesOf } from './bg-nbd.ts';
import { type GammaGammaFit, spendingOf } from './gamma-gamma.ts';
import { frequencyOf, type History } from './history.ts';

export const YEAR_WEEKS = 365 / 7;

export interface ValueModels {
  buying: BgNbdFit | null;
  /** By currency. */
  spending: Readonly<Record<string, GammaGammaFit>>;
}

export interface Forecast {
  alive: Ranged | null;
  purchases: Ranged | null;
  money: Ranged | null;
}

const NONE: Forecast = { alive: null, purchases: null, money: null };

function product(
  purchases: Ranged & { deviation: number },
  mean: { value: number; deviation: number },
): Ranged {
  const value = purchases.value * mean.value;
  // The two are fitted apart, on other facts: the variances of their logarithms add up.
  const spread = Math.exp(Z_95 * Math.hypot(purchases.deviation, mean.deviation));
  return { value, low: value / spread, high: value * spread };
}

/** The next 12 months: what customers with such a past bring on average. What one of them brings varies far more than these intervals. */
export function forecastOf({ buying, spending }: ValueModels, history: History, now: Date): Forecast {
  if (!buying) return NONE;
  const customer = frequencyOf(history, now);
  const { deviation, ...purchases } = purchasesOf(buying, customer, YEAR_WEEKS);
  const model = spending[history.currency];
  const times = history.amounts.length;
  const mean = history.amounts.reduce((sum, one) => sum + one, 0) / times;
  const money = model && product({ ...purchases, deviation }, spendingOf(model, { times, mean }));
  return { alive: aliveOf(buying, customer), purchases, money: money ?? null };
}
