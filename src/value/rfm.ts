import type { Rfm } from '../model/value.ts';
import type { History } from './history.ts';

/** Four cuts between five parts of as many customers as there can be; equal values stay in one part. */
export type Quintiles = readonly [number, number, number, number];

/** What RFM measures of a customer; `silentDays` since the newest purchase, the less the better. */
export interface RfmFacts {
  silentDays: number;
  times: number;
  /** All that was bought, less what was paid back, in the main currency. */
  net: number;
  currency: string;
}

export interface RfmScale {
  recency: Quintiles;
  frequency: Quintiles;
  /** Of each currency its own: sums are never compared across. */
  money: Readonly<Record<string, Quintiles>>;
}

/** The value below which a share of the values lies; `sorted` ascending. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** Sorts a typed array in place. */
export function toQuintiles(values: Float64Array): Quintiles {
  values.sort();
  const [one, two, three, four] = [0.2, 0.4, 0.6, 0.8].map((share) => quantile(values, share));
  return [one, two, three, four] as Quintiles;
}

/** 1 lowest to 5 highest. */
export function quintileOf(cuts: Quintiles, value: number): number {
  return 1 + cuts.filter((cut) => value >= cut).length;
}

export function toRfmFacts(history: History, silentDays: number): RfmFacts {
  const { days, net, currency } = history;
  return { silentDays, times: days.length, net, currency };
}

/** null: nobody of that currency stood in the register when the scale was made. */
export function rfmOf(scale: RfmScale, { silentDays, times, net, currency }: RfmFacts): Rfm | null {
  const money = scale.money[currency];
  if (!money) return null;
  return {
    // Fewer days of silence are better.
    recency: quintileOf(scale.recency, -silentDays),
    frequency: quintileOf(scale.frequency, times),
    money: quintileOf(money, net),
  };
}
