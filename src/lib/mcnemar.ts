/**
 * How likely chance alone makes two judges of the same cases differ so much, two-sided: `one` cases only the first gets right, `other` only the
 * second (McNemar 1947, by the exact binomial distribution). 0 to 1.
 */
export function mcnemar(one: number, other: number): number {
  const count = one + other;
  let term = -count * Math.LN2;
  let sum = 0;
  for (let hits = 0; hits <= Math.min(one, other); hits += 1) {
    sum += Math.exp(term);
    term += Math.log((count - hits) / (hits + 1));
  }
  return Math.min(1, 2 * sum);
}
