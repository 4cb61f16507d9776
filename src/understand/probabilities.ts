/** Softmax of `sums` × `scale`, in place: probabilities that add up to 1. */
export function softmax<Sums extends number[] | Float64Array>(sums: Sums, scale = 1): Sums {
  let most = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < sums.length; at += 1) most = Math.max(most, (sums[at] ?? 0) * scale);
  let total = 0;
  for (let at = 0; at < sums.length; at += 1) {
    const share = Math.exp((sums[at] ?? 0) * scale - most);
    sums[at] = share;
    total += share;
  }
  for (let at = 0; at < sums.length; at += 1) sums[at] = (sums[at] ?? 0) / total;
  return sums;
}

/** Place of the largest, the first of equal ones; 0 when there are none. */
export function largest(values: ArrayLike<number>): number {
  let best = 0;
  for (let at = 1; at < values.length; at += 1)
    if ((values[at] as number) > (values[best] as number)) best = at;
  return best;
}

/** As precise as anybody looks at it, and as small as it is stored. */
export function toThousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
}
