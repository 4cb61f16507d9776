import { createReservoir, randomFrom } from '../lib/random.ts';
import type { Refusal } from '../model/value.ts';
import { expectedPurchases } from './bg-nbd.ts';
import { type FitCustomer, fitBuying, fitSpending } from './fit.ts';
import { type ValueModels, YEAR_WEEKS } from './forecast.ts';
import { expectedSpending } from './gamma-gamma.ts';
import { DAY_MS, frequencyOf, type History, intervalsOf, median } from './history.ts';
import { quantile, type RfmScale, toQuintiles } from './rfm.ts';
import { createRows, type Rows } from './rows.ts';
import type { MoneyScale } from './tier.ts';

/** All that scoring one customer must know of the others. Plain data: it is stored as it is. */
export interface RegisterModel extends ValueModels {
  refusals: { buying: Refusal | null; spending: Readonly<Record<string, Refusal>> };
  rfm: RfmScale;
  money: Readonly<Record<string, MoneyScale>>;
  /** Median days between two purchases, of all. */
  rhythmDays: number;
  /** Different things that the median customer of the top tenth bought in the last 12 months. */
  topItems: number;
  /** Who has bought anything. */
  buyers: number;
}

/** The errors of a fit fall with the root of it: at 8,000 they are below what chance adds to any forecast, and a fit holds others up for a second. */
const FITTED = 8000;
const INTERVALS = 20_000;
const SEED = 26;
const COLUMNS = [
  'silent',
  'times',
  'net',
  'currency',
  'realised',
  'items',
  'repeats',
  'last',
  'known',
  'mean',
] as const;
type Column = (typeof COLUMNS)[number];
/** Without two purchases of anybody. */
const USUAL_RHYTHM = 60;
const TOP = 0.9;

export interface Register {
  /** One customer with purchases; `items`: different things of the last 12 months. */
  add(history: History, items: number, now: Date): void;
  finish(): RegisterModel;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

/** Takes customers in any order; some 100 bytes each. */
export function createRegister(): Register {
  const random = randomFrom(SEED);
  const rows = createRows<Column>(COLUMNS);
  const sample = createReservoir<FitCustomer>(FITTED, random);
  const intervals = createReservoir<number>(INTERVALS, random);
  const amounts = new Map<string, ReturnType<typeof createReservoir<number>>>();
  const currencies: string[] = [];
  const numberOf = (currency: string): number => {
    if (!currencies.includes(currency)) currencies.push(currency);
    return currencies.indexOf(currency);
  };
  return {
    add: (history, items, now) => {
      const { currency, lastYear, net } = history;
      const frequency = frequencyOf(history, now);
      const spent = { times: history.amounts.length, mean: mean(history.amounts) };
      const newest = history.days.at(-1) as Date;
      rows.add({
        ...frequency,
        silent: (now.getTime() - newest.getTime()) / DAY_MS,
        times: history.days.length,
        net,
        currency: numberOf(currency),
        realised: lastYear.bought - lastYear.refunded,
        items,
        mean: spent.mean,
      });
      sample.offer(() => ({ ...frequency, ...spent, currency }));
      for (const days of intervalsOf(history)) intervals.offer(() => days);
      const own = amounts.get(currency) ?? createReservoir<number>(INTERVALS, random);
      amounts.set(currency, own);
      for (const amount of history.amounts) own.offer(() => amount);
    },
    finish: () => {
      const models = fitModels(sample.kept(), currencies);
      return {
        ...models,
        rfm: rfmScale(rows, currencies),
        money: Object.fromEntries(
          currencies.map((currency, n) => [
            currency,
            moneyScale(rows, n, models, currency, median(amounts.get(currency)?.kept() ?? []) ?? 0),
          ]),
        ),
        rhythmDays: Math.max(1, median(intervals.kept()) ?? USUAL_RHYTHM),
        topItems: itemsOfTop(rows, currencies),
        buyers: rows.length(),
      };
    },
  };
}

function fitModels(
  sample: readonly FitCustomer[],
  currencies: readonly string[],
): Pick<RegisterModel, 'buying' | 'spending' | 'refusals'> {
  const buying = fitBuying(sample);
  const fits = currencies.map((currency) => [currency, fitSpending(sample, currency)] as const);
  return {
    buying: buying.model,
    spending: Object.fromEntries(fits.flatMap(([currency, { model }]) => (model ? [[currency, model]] : []))),
    refusals: {
      buying: buying.refusal,
      spending: Object.fromEntries(
        fits.flatMap(([currency, { refusal }]) => (refusal ? [[currency, refusal]] : [])),
      ),
    },
  };
}

function rfmScale(rows: Rows<Column>, currencies: readonly string[]): RfmScale {
  return {
    recency: toQuintiles(rows.column('silent').map((days) => -days)),
    frequency: toQuintiles(rows.column('times')),
    money: Object.fromEntries(
      currencies.map((currency, n) => [
        currency,
        toQuintiles(rows.column('net', (row) => row.currency === n)),
      ]),
    ),
  };
}

/** What each customer of a currency is expected to bring; null without both models. */
function expectedMoney(
  rows: Rows<Column>,
  number: number,
  models: ValueModels,
  currency: string,
): Float64Array | null {
  const { buying } = models;
  const spending = models.spending[currency];
  if (!buying || !spending) return null;
  const all: number[] = [];
  rows.each((row) => {
    if (row.currency === number)
      all.push(expectedPurchases(buying, row, YEAR_WEEKS) * expectedSpending(spending, row));
  });
  return Float64Array.from(all).sort();
}

function moneyScale(
  rows: Rows<Column>,
  number: number,
  models: ValueModels,
  currency: string,
  purchase: number,
): MoneyScale {
  const realised = rows.column('realised', (row) => row.currency === number && row.realised > 0).sort();
  const expected = expectedMoney(rows, number, models, currency);
  return {
    // The top tenth of all, not of those who bought last year: else a quiet year would have as many as a good one.
    realisedTop: topOf(realised, rows.column('realised', (row) => row.currency === number).length),
    realisedHalf: quantile(realised, 0.5),
    expectedTop: expected && quantile(expected, TOP),
    expectedHalf: expected && quantile(expected, 0.5),
    purchase,
  };
}

function topOf(sorted: Float64Array, all: number): number | null {
  const place = sorted.length - Math.ceil(all * (1 - TOP));
  return sorted[Math.max(0, place)] ?? null;
}

/** How many different things the top tenth bought, of each currency its own: a hundred roubles and a hundred pounds are not alike. */
function itemsOfTop(rows: Rows<Column>, currencies: readonly string[]): number {
  const cuts = currencies.map((_currency, n) =>
    quantile(rows.column('realised', (row) => row.currency === n).sort(), TOP),
  );
  const isTop = (row: Record<Column, number>): boolean =>
    row.realised > 0 && row.realised >= (cuts[row.currency] ?? Number.POSITIVE_INFINITY);
  return median([...rows.column('items', isTop)]) ?? 0;
}
