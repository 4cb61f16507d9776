import { expect, it } from 'vitest';
import { simulateCustomers } from '../../bench/value/simulated-customers.ts';
import { randomFrom } from '../../src/lib/random.ts';
import {
  correlation,
  type FitCustomer,
  fitBuying,
  fitSpending,
  LEAST_REPEATERS,
} from '../../src/value/fit.ts';

function sample(customers: number, weeks: number, slope = 0): FitCustomer[] {
  const model = { r: 1.2, alpha: 3, a: 0.6, b: 4 };
  const all = simulateCustomers(
    model,
    { p: 6, q: 4, gamma: 15 },
    { customers, weeks, random: randomFrom(9) },
  );
  return all.map(({ past }) => {
    const at = past.map(({ day }) => day / 7);
    const mean = (past.reduce((sum, { amount }) => sum + amount, 0) / past.length) * past.length ** slope;
    return {
      repeats: past.length - 1,
      last: at.at(-1)! - at[0]!,
      known: weeks - at[0]!,
      times: past.length,
      mean,
      currency: 'EUR',
    };
  });
}

it('fits where there is enough', () => {
  const customers = sample(600, 60);
  expect(fitBuying(customers).refusal).toBeNull();
  expect(fitSpending(customers, 'EUR').refusal).toBeNull();
});

it('refuses with the numbers when too few came back', () => {
  const { model, refusal } = fitBuying(sample(60, 60));
  expect(model).toBeNull();
  expect(refusal).toMatchObject({ code: 'few-repeaters', needs: LEAST_REPEATERS });
  expect(refusal!.has).toBeLessThan(LEAST_REPEATERS);
});

it('refuses when the records are too short to tell who leaves', () => {
  expect(fitBuying(sample(2000, 10)).refusal).toMatchObject({ code: 'short-span' });
});

it('refuses to foretell sums that grow with the number of purchases', () => {
  const customers = sample(900, 60, 0.8);
  expect(Math.abs(correlation(customers.filter(({ times }) => times > 1)))).toBeGreaterThan(0.3);
  expect(fitSpending(customers, 'EUR').refusal).toMatchObject({ code: 'money-follows-frequency' });
});

it('asks of each currency that it has customers enough of its own', () => {
  expect(fitSpending(sample(600, 60), 'USD').refusal).toMatchObject({ code: 'few-amounts', has: 0 });
});

it('refuses rather than guesses when nobody ever leaves or all are alike', () => {
  const customers = sample(300, 60).map((one) => ({ ...one, repeats: 12, last: 59, known: 60 }));
  const { refusal, model } = fitBuying(customers);
  if (model)
    for (const value of [model.r, model.alpha, model.a, model.b]) expect(Number.isFinite(value)).toBe(true);
  else expect(refusal!.code).toBe('not-settled');
});
