/** Lanczos' approximation with g = 7 and nine terms (Godfrey 2001): 15 right digits. */
const G = 7;
const TERMS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** ln Γ(x), for x above 0. */
export function logGamma(x: number): number {
  // The approximation is worse near 0: Γ(x) = Γ(x + 1) / x.
  if (x < 0.5) return logGamma(x + 1) - Math.log(x);
  let sum = TERMS[0] as number;
  for (let n = 1; n < TERMS.length; n += 1) sum += (TERMS[n] as number) / (x - 1 + n);
  const t = x - 1 + G + 0.5;
  return HALF_LOG_TWO_PI + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}
