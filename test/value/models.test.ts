import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulateCustomers } from '../../bench/value/simulated-customers.ts';
import { randomFrom } from '../../src/lib/random.ts';
import {
  aliveOf,
  type BgNbd,
  expectedPurchases,
  fitBgNbd,
  logLikelihood,
  probabilityAlive,
  purchasesOf,
} from '../../src/value/bg-nbd.ts';
import { expectedSpending, fitGammaGamma } from '../../src/value/gamma-gamma.ts';

/** As fitted to the records of CDNOW (Fader, Hardie and Lee 2005; Fader and Hardie 2013). */
const CDNOW: BgNbd = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const SPENDING = { p: 6.25, q: 3.74, gamma: 15.44 };
const SHOP: BgNbd = { r: 1.2, alpha: 3, a: 0.6, b: 4 };

function simulated(customers: number, seed: number) {
  const all = simulateCustomers(SHOP, SPENDING, { customers, weeks: 78, random: randomFrom(seed) });
  return all.map(({ past, future }) => {
    const weeks = past.map(({ day }) => day / 7);
    const mean = past.reduce((sum, { amount }) => sum + amount, 0) / past.length;
    return {
      repeats: past.length - 1,
      last: weeks.at(-1)! - weeks[0]!,
      known: 78 - weeks[0]!,
      times: past.length,
      mean,
      next: future.length,
    };
  });
}

/** What the model says, by living through it many times. */
function lived({ r, alpha, a, b }: BgNbd, weeks: number): number {
  const money = { p: 1, q: 2, gamma: 1 };
  const all = simulateCustomers({ r, alpha, a, b }, money, {
    customers: 60_000,
    weeks: 0,
    random: randomFrom(3),
  });
  return (
    all.reduce((sum, { future }) => sum + future.filter(({ day }) => day <= weeks * 7).length, 0) / all.length
  );
}

describe('BG/NBD', () => {
  it('gives the expected purchases that its authors published', () => {
    expect(expectedPurchases(CDNOW, { repeats: 2, last: 30.43, known: 38.86 }, 39)).toBeCloseTo(1.226, 3);
  });

  it('gives the probability that follows from its formula, and 1 for who has bought once', () => {
    expect(probabilityAlive(CDNOW, { repeats: 2, last: 30.43, known: 38.86 })).toBeCloseTo(0.7266, 3);
    expect(probabilityAlive(CDNOW, { repeats: 0, last: 0, known: 38.86 })).toBe(1);
  });

  it('expects of new customers what they do when the model is lived through', () => {
    const told = expectedPurchases(SHOP, { repeats: 0, last: 0, known: 1e-9 }, 52);
    expect(lived(SHOP, 52) / told).toBeCloseTo(1, 1);
  });

  it('finds the parameters again that made the data, within their errors, and is as likely at least', () => {
    const customers = simulated(4000, 1);
    const fit = fitBgNbd(customers)!;
    expect(fit.logLikelihood).toBeGreaterThanOrEqual(logLikelihood(SHOP, customers));
    for (const [n, name] of (['r', 'alpha', 'a', 'b'] as const).entries()) {
      const off = Math.log(fit[name] / SHOP[name]) / Math.sqrt(fit.covariance[n]![n]!);
      expect(Math.abs(off), name).toBeLessThan(3.5);
    }
  });

  it('foretells what simulated customers buy in the next year, all together', () => {
    const customers = simulated(4000, 2);
    const fit = fitBgNbd(customers)!;
    const told = customers.reduce((sum, one) => sum + expectedPurchases(fit, one, 365 / 7), 0);
    const came = customers.reduce((sum, { next }) => sum + next, 0);
    expect(told / came).toBeGreaterThan(0.93);
    expect(told / came).toBeLessThan(1.07);
  });

  it('has intervals that hold the right value about 19 times of 20', () => {
    const customer = { repeats: 3, last: 20, known: 30 };
    const right = expectedPurchases(SHOP, customer, 52);
    const alive = probabilityAlive(SHOP, customer);
    const fits = Array.from({ length: 40 }, (_, seed) => fitBgNbd(simulated(400, 100 + seed))!);
    const holds = (low: number, value: number, high: number) => low <= value && value <= high;
    const purchases = fits.map((fit) => purchasesOf(fit, customer, 52));
    expect(purchases.filter(({ low, high }) => holds(low, right, high)).length).toBeGreaterThan(33);
    const chances = fits.map((fit) => aliveOf(fit, customer)!);
    expect(chances.filter(({ low, high }) => holds(low, alive, high)).length).toBeGreaterThan(33);
  });

  it('never says what cannot be: chances from 0 to 1, purchases from 0, more in a longer time', () => {
    const fit = fc.record({
      r: fc.double({ min: 0.02, max: 20, noNaN: true }),
      alpha: fc.double({ min: 0.05, max: 60, noNaN: true }),
      a: fc.double({ min: 0.02, max: 20, noNaN: true }),
      b: fc.double({ min: 0.5, max: 60, noNaN: true }),
    });
    const person = fc.tuple(
      fc.integer({ min: 0, max: 200 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 500, noNaN: true }),
    );
    fc.assert(
      fc.property(fit, person, (model, [repeats, share, known]) => {
        const customer = { repeats, last: repeats === 0 ? 0 : share * known, known };
        const alive = probabilityAlive(model, customer);
        const [half, year] = [expectedPurchases(model, customer, 26), expectedPurchases(model, customer, 52)];
        expect(alive >= 0 && alive <= 1).toBe(true);
        expect(half >= -1e-9 && year >= half - 1e-9).toBe(true);
      }),
    );
  });
});

describe('Gamma-Gamma', () => {
  it('gives the mean values that are published for the same records', () => {
    const fit = { p: 6.248866, q: 3.744547, gamma: 15.447409 };
    const told = [
      { times: 2, mean: 22.35 },
      { times: 1, mean: 11.77 },
      { times: 7, mean: 73.74 },
      { times: 0, mean: 0 },
    ].map((one) => expectedSpending(fit, one));
    for (const [n, value] of [24.6586, 18.9115, 71.4629, 35.1711].entries())
      expect(told[n]).toBeCloseTo(value, 2);
  });

  it('finds the parameters again that made the data, whatever the currency counts in', () => {
    const spenders = simulated(4000, 5).filter(({ times }) => times > 1);
    const fit = fitGammaGamma(spenders)!;
    const roubles = fitGammaGamma(spenders.map((one) => ({ ...one, mean: one.mean * 90 })))!;
    expect(roubles.gamma / fit.gamma).toBeCloseTo(90, 0);
    for (const [n, name] of (['p', 'q', 'gamma'] as const).entries())
      expect(Math.abs(Math.log(fit[name] / SPENDING[name])) / Math.sqrt(fit.covariance[n]![n]!)).toBeLessThan(
        3.5,
      );
  });
});
