import { randomFrom } from '../../src/lib/random.ts';
import { type BgNbd, expectedPurchases, fitBgNbd } from '../../src/value/bg-nbd.ts';
import { correlation } from '../../src/value/fit.ts';
import { YEAR_WEEKS } from '../../src/value/forecast.ts';
import { expectedSpending, fitGammaGamma, type GammaGamma } from '../../src/value/gamma-gamma.ts';
import { frequencyOf } from '../../src/value/history.ts';
import type { Row } from '../report.ts';
import { type SimulatedCustomer, simulateCustomers } from './simulated-customers.ts';

const SHOPS: Record<string, { model: BgNbd; money: GammaGamma }> = {
  // As fitted to the records of CDNOW (Fader, Hardie and Lee 2005), and two that buy more often.
  records: {
    model: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 },
    money: { p: 6.25, q: 3.74, gamma: 15.44 },
  },
  groceries: { model: { r: 1.2, alpha: 3, a: 0.4, b: 6 }, money: { p: 3, q: 5, gamma: 20 } },
  clothes: { model: { r: 0.8, alpha: 12, a: 0.6, b: 2 }, money: { p: 4, q: 3, gamma: 30 } },
};
const REPEATS = 20;
const EPOCH = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

const toDate = (day: number): Date => new Date(EPOCH + day * DAY_MS);

function factsOf(one: SimulatedCustomer, weeks: number) {
  const days = one.past.map(({ day }) => toDate(day));
  const mean = one.past.reduce((sum, { amount }) => sum + amount, 0) / one.past.length;
  return { ...frequencyOf({ days }, toDate(weeks * 7)), times: one.past.length, mean };
}

/** The share of what the best tenth will bring that the tenth with the highest scores brings. */
function capture(score: readonly number[], truth: readonly number[]): number {
  const order = score.map((_, n) => n).sort((a, b) => (score[b] as number) - (score[a] as number));
  const top = order.slice(0, Math.ceil(order.length / 10));
  const sum = (of: readonly number[]) => of.reduce((all, n) => all + (truth[n] as number), 0);
  const ideal = truth.map((_, n) => n).sort((a, b) => (truth[b] as number) - (truth[a] as number));
  return sum(top) / Math.max(1e-9, sum(ideal.slice(0, top.length)));
}

function spread(errors: readonly number[]): { middle: number; worst: number } {
  const sorted = errors.map(Math.abs).sort((a, b) => a - b);
  return { middle: sorted[sorted.length >> 1] ?? 0, worst: sorted[Math.floor(sorted.length * 0.95)] ?? 0 };
}

/** One shop of so many customers, again and again: errors of what all bring, and what the top tenth holds. */
function tryShop(name: string, customers: number, weeks: number): Row {
  const { model, money } = SHOPS[name] as (typeof SHOPS)[string];
  const [purchases, sums, gains]: [number[], number[], number[]] = [[], [], []];
  let [unsettled, repeaters] = [0, 0];
  for (let run = 0; run < REPEATS; run += 1) {
    const random = randomFrom(run * 7919 + customers);
    const all = simulateCustomers(model, money, { customers, weeks, random });
    const facts = all.map((one) => factsOf(one, weeks));
    repeaters += facts.filter(({ repeats }) => repeats > 0).length / REPEATS;
    const buying = fitBgNbd(facts);
    const spending = fitGammaGamma(facts.filter(({ times }) => times > 1));
    if (!buying || !spending) {
      unsettled += 1;
      continue;
    }
    const expected = facts.map((one) => expectedPurchases(buying, one, YEAR_WEEKS));
    // What the right model would expect: what chance adds is nobody's fault.
    const right = facts.reduce((sum, one) => sum + expectedPurchases(model, one, YEAR_WEEKS), 0);
    purchases.push(expected.reduce((sum, n) => sum + n, 0) / right - 1);
    const worth = facts.map((one, n) => (expected[n] as number) * expectedSpending(spending, one));
    const ideal = facts.map(
      (one) => expectedPurchases(model, one, YEAR_WEEKS) * expectedSpending(money, one),
    );
    sums.push(worth.reduce((sum, n) => sum + n, 0) / ideal.reduce((sum, n) => sum + n, 0) - 1);
    const truth = all.map(({ future }) => future.reduce((sum, { amount }) => sum + amount, 0));
    const byMoney = facts.map(({ times, mean }) => times * mean);
    gains.push(capture(worth, truth) - capture(byMoney, truth));
  }
  const [p, m] = [spread(purchases), spread(sums)];
  return {
    shop: name,
    weeks,
    customers,
    repeaters: Math.round(repeaters),
    unsettled,
    'purchases off by, median': p.middle,
    'at most, 95 %': p.worst,
    'money off by, median': m.middle,
    'money, 95 %': m.worst,
    'top tenth, over past money': gains.reduce((sum, n) => sum + n, 0) / Math.max(1, gains.length),
  };
}

export function tryShops(): Row[] {
  const sizes = [100, 250, 500, 1000];
  return Object.keys(SHOPS).flatMap((name) => [
    ...sizes.map((customers) => tryShop(name, customers, 52)),
    ...[13, 26, 39, 78].map((weeks) => tryShop(name, 500, weeks)),
  ]);
}

/** How far the sum of money is off when those who buy often spend more (or less) at a time. */
export function tryCorrelations(): Row[] {
  const { model, money } = SHOPS.clothes as (typeof SHOPS)[string];
  return [-0.4, -0.2, 0, 0.2, 0.4, 0.6].map((slope) => {
    const all = simulateCustomers(model, money, { customers: 4000, weeks: 52, random: randomFrom(11) });
    for (const one of all) {
      const factor = one.past.length ** slope;
      for (const each of [...one.past, ...one.future]) each.amount *= factor;
    }
    const facts = all.map((one) => factsOf(one, 52));
    const buying = fitBgNbd(facts);
    const spenders = facts.filter(({ times }) => times > 1);
    const spending = fitGammaGamma(spenders);
    const truth = all.reduce((sum, { future }) => sum + future.reduce((s, { amount }) => s + amount, 0), 0);
    const worth =
      buying && spending
        ? facts.reduce(
            (sum, one) => sum + expectedPurchases(buying, one, YEAR_WEEKS) * expectedSpending(spending, one),
            0,
          )
        : Number.NaN;
    return {
      'money grows with purchases to the power of': String(slope),
      correlation: correlation(spenders),
      'money off by': worth / truth - 1,
    };
  });
}
