import type { Purchase } from '../model/customer.ts';

export const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;
export const YEAR_MS = 365 * DAY_MS;

export type PurchaseFact = Pick<Purchase, 'at' | 'amount' | 'currency' | 'item' | 'channel'>;

/** One customer's purchases, made up. Several of one day (UTC) are one purchase; amounts of 0 and below are no purchases but pay back. */
export interface History {
  /** Days of purchases in any currency, ascending, as moments of their first purchase. */
  days: readonly Date[];
  /** The currency in which most days of purchase are; sums of others are left out of all figures. */
  currency: string;
  /** What each day of purchase in that currency brought. */
  amounts: readonly number[];
  /** Of the last 12 months: what was bought, and paid back (above 0). */
  lastYear: { bought: number; refunded: number; refunds: number };
  /** Of all time, what was paid back taken off. */
  net: number;
}

function dayOf(at: Date): number {
  return Math.floor(at.getTime() / DAY_MS);
}

function mainCurrency(bought: readonly PurchaseFact[]): string {
  const days = new Map<string, Set<number>>();
  for (const { currency, at } of bought) {
    const known = days.get(currency) ?? new Set();
    days.set(currency, known.add(dayOf(at)));
  }
  const ranked = [...days].sort((a, b) => b[1].size - a[1].size || (a[0] < b[0] ? -1 : 1));
  return ranked[0]?.[0] ?? '';
}

/** Sums by day, in the order of time. */
function byDay(purchases: readonly PurchaseFact[]): { at: Date; amount: number }[] {
  const days = new Map<number, { at: Date; amount: number }>();
  for (const { at, amount } of purchases) {
    const known = days.get(dayOf(at));
    if (!known) days.set(dayOf(at), { at, amount });
    else {
      known.amount += amount;
      if (at < known.at) known.at = at;
    }
  }
  return [...days.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
}

function sumOf(amounts: readonly { amount: number }[]): number {
  return amounts.reduce((sum, { amount }) => sum + amount, 0);
}

/** null: nothing was bought until `now`. What is dated later is left out. */
export function toHistory(purchases: readonly PurchaseFact[], now: Date): History | null {
  const past = purchases.filter(({ at }) => at <= now);
  const bought = past.filter(({ amount }) => amount > 0);
  if (bought.length === 0) return null;
  const currency = mainCurrency(bought);
  const own = past.filter((one) => one.currency === currency);
  const recent = own.filter(({ at }) => now.getTime() - at.getTime() < YEAR_MS);
  const refunds = recent.filter(({ amount }) => amount < 0);
  return {
    days: byDay(bought).map(({ at }) => at),
    currency,
    amounts: byDay(own.filter(({ amount }) => amount > 0)).map(({ amount }) => amount),
    lastYear: {
      bought: sumOf(recent.filter(({ amount }) => amount > 0)),
      refunded: -sumOf(refunds),
      refunds: refunds.length,
    },
    net: sumOf(own),
  };
}

/** What models of buying know of a customer (Fader and Hardie's x, t_x and T): purchases after the first; when the last was; how long he is known. In weeks since the first. */
export interface Frequency {
  repeats: number;
  last: number;
  known: number;
}

export function frequencyOf({ days }: Pick<History, 'days'>, now: Date): Frequency {
  const first = (days[0] as Date).getTime();
  const last = (days.at(-1) as Date).getTime();
  return {
    repeats: days.length - 1,
    last: (last - first) / WEEK_MS,
    known: (now.getTime() - first) / WEEK_MS,
  };
}

/** Days between one purchase and the next. */
export function intervalsOf({ days }: Pick<History, 'days'>): number[] {
  return days.slice(1).map((at, n) => (at.getTime() - (days[n] as Date).getTime()) / DAY_MS);
}

export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2;
}
