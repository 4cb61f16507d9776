import type { FeatureFamily } from '../../model/opinion.ts';

/** The part of a text's features that counts, as a vector: numbers of features, ascending, and their values. */
export interface SparseVector {
  rows: Uint32Array;
  values: Float64Array;
}

/** As the shipped models add features up: within a family each counts by the square root of how many there are. */
export function vectorOf(
  texts: readonly { families: readonly FeatureFamily[]; share: number }[],
  bits: number,
): SparseVector {
  const sums = new Map<number, number>();
  for (const { families, share } of texts)
    for (const { hashes, weight } of families) {
      const value = (share * weight) / Math.sqrt(hashes.length);
      for (const hash of hashes) {
        const row = hash >>> (32 - bits);
        sums.set(row, (sums.get(row) ?? 0) + value);
      }
    }
  const rows = Uint32Array.from(sums.keys()).sort();
  return { rows, values: Float64Array.from(rows, (row) => sums.get(row) as number) };
}
