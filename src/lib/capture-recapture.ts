/** An estimate with the limits of its 95 % interval. */
export interface Interval {
  value: number;
  low: number;
  high: number;
}

/** Two samples of the same population: what each found, and what both did. */
export interface Recapture {
  first: number;
  second: number;
  both: number;
}

/** With fewer in both, the estimate is not nearly unbiased: Seber 1982, p. 60, after Robson and Regier 1964. */
export const LEAST_RECAPTURED = 7;

const TAIL = 0.025;
/** No population that we watch is larger. */
const MOST = 1e9;

/** Lanczos approximation (g = 7, nine terms), good to 15 digits; `x` > 0.5. */
function logGamma(x: number): number {
  const terms = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const z = x - 1;
  const sum = terms.reduce((total, term, at) => (at === 0 ? term : total + term / (z + at)), 0);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/** Terms smaller than that against their sum change nothing. */
const NEGLIGIBLE = 1e-15;

/**
 * Probability that at most (`towards` −1) or at least (1) so many are in both samples of a population of `total`: terms of the
 * hypergeometric distribution from `both` outwards, each from the one before.
 */
function tail({ first, second, both }: Recapture, total: number, towards: -1 | 1): number {
  const rest = total - first - second;
  const start = logChoose(first, both) + logChoose(total - first, second - both) - logChoose(total, second);
  let term = Math.exp(start);
  let sum = term;
  for (let k = both; term > sum * NEGLIGIBLE; k += towards) {
    term *=
      towards === 1
        ? ((first - k) * (second - k)) / ((k + 1) * (rest + k + 1))
        : (k * (rest + k)) / ((first - k + 1) * (second - k + 1));
    sum += term;
  }
  return sum;
}

/** The least total for which `holds`, which is false up to some total and true from there on. */
function firstTotal(from: number, holds: (total: number) => boolean): number {
  let low = from;
  let step = 1;
  while (low + step < MOST && !holds(low + step)) {
    low += step;
    step *= 2;
  }
  let high = low + step;
  if (holds(low)) return low;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * How large a population is, from two samples that overlap: Chapman's estimator, (n₁ + 1)(n₂ + 1)/(m + 1) − 1 (D. G. Chapman,
 * "Some properties of the hypergeometric distribution with applications to zoological sample censuses", 1951; G. A. F. Seber,
 * "The Estimation of Animal Abundance", 2nd ed. 1982, p. 60). The interval holds the totals that neither tail of the
 * hypergeometric distribution of m rejects at 2.5 % (Clopper and Pearson's way, which Chapman 1951 takes too): unlike one by
 * the normal distribution it has no width of zero when one sample lies within the other, and none below what was seen. null
 * when too few are in both.
 */
export function estimateTotal(recapture: Recapture): Interval | null {
  const { first, second, both } = recapture;
  if (both < LEAST_RECAPTURED) return null;
  const seen = first + second - both;
  const value = Math.max(seen, ((first + 1) * (second + 1)) / (both + 1) - 1);
  // The larger the population, the fewer are expected in both.
  const low = firstTotal(seen, (total) => tail(recapture, total, -1) > TAIL);
  const high = firstTotal(seen, (total) => tail(recapture, total, 1) <= TAIL) - 1;
  return { value, low: Math.min(low, value), high: Math.max(high, value) };
}

/**
 * The sum of independent estimates, with the interval that their intervals leave it: the method of variance estimates recovery
 * (G. Y. Zou and A. Donner, "Construction of confidence limits about effect measures: a general approach", Statistics in
 * Medicine 27, 2008).
 */
export function sumOf(parts: readonly Interval[]): Interval {
  const value = parts.reduce((sum, part) => sum + part.value, 0);
  const below = Math.sqrt(parts.reduce((sum, { value: own, low }) => sum + (own - low) ** 2, 0));
  const above = Math.sqrt(parts.reduce((sum, { value: own, high }) => sum + (high - own) ** 2, 0));
  return { value, low: value - below, high: value + above };
}
