import type { BgNbd } from '../../src/value/bg-nbd.ts';
import type { GammaGamma } from '../../src/value/gamma-gamma.ts';

const WEEK = 7;

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Marsaglia and Tsang, A simple method for generating gamma variables, 2000. */
function gamma(shape: number, random: () => number): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal(random);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < x * x * 0.5 + d - d * v + d * Math.log(v)) return d * v;
  }
}

function beta(a: number, b: number, random: () => number): number {
  const x = gamma(a, random);
  return x / (x + gamma(b, random));
}

export interface SimulatedCustomer {
  /** Days since the first of all, ascending: of the past, and of the year after it. */
  past: { day: number; amount: number }[];
  future: { day: number; amount: number }[];
}

/** Customers who come over `weeks` weeks, buy and leave as both models say, and a year more. The same for the same numbers. */
export function simulateCustomers(
  { r, alpha, a, b }: BgNbd,
  money: GammaGamma,
  { customers, weeks, random }: { customers: number; weeks: number; random: () => number },
): SimulatedCustomer[] {
  return Array.from({ length: customers }, () => {
    const rate = gamma(r, random) / alpha;
    const leaving = beta(a, b, random);
    const scale = gamma(money.q, random) / money.gamma;
    const amount = (): number => Math.max(0.01, gamma(money.p, random) / scale);
    let at = random() * weeks;
    const all = [{ day: at * WEEK, amount: amount() }];
    for (;;) {
      at += -Math.log(1 - random()) / rate;
      if (at > weeks + 365 / WEEK) break;
      all.push({ day: at * WEEK, amount: amount() });
      if (random() < leaving) break;
    }
    const end = weeks * WEEK;
    return { past: all.filter(({ day }) => day <= end), future: all.filter(({ day }) => day > end) };
  });
}
