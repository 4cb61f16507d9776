/** Of a share, both 0 to 1. */
export interface Interval {
  low: number;
  high: number;
}

/** Two-sided 95 %. */
export const Z_95 = 1.96;

/**
 * Confidence interval of the share `right / of`, which need not be whole numbers (Wilson 1927, Probable inference, the law of succession, and
 * statistical inference). `z`: quantile of the normal distribution, 95 % without it.
 */
export function wilsonInterval(right: number, of: number, z: number = Z_95): Interval {
  if (of === 0) return { low: 0, high: 1 };
  const share = right / of;
  const middle = share + z ** 2 / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  const scale = 1 + z ** 2 / of;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}
