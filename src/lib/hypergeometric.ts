const MOST_TERMS = 20_000;
const ENOUGH = 1e-13;

/** Gauss' ₂F₁(a, b; c; z) by its series, for z from 0 to below 1 and c that is no whole number below 1. NaN: it did not settle. */
export function hypergeometric(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 0; n < MOST_TERMS; n += 1) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    sum += term;
    // What is left is about a geometric series.
    if (Math.abs(term) <= ENOUGH * Math.abs(sum) * (1 - z)) return sum;
  }
  return Number.NaN;
}
