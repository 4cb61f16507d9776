/** Of a share, both 0 to 1. */
export interface Interval {
  low: number;
  high: number;
}

const Z = 1.96;

/** 95 % confidence interval of the share `right / of` (Wilson 1927, Probable inference, the law of succession, and statistical inference). */
export function wilsonInterval(right: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 };
  const share = right / of;
  const middle = share + Z ** 2 / (2 * of);
  const spread = Z * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  const scale = 1 + Z ** 2 / of;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}
