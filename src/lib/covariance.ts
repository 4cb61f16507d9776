const STEP = 1e-3;

function at(point: readonly number[], axis: number, by: number, other = axis, byOther = 0): number[] {
  return point.map((value, n) => value + (n === axis ? by : 0) + (n === other ? byOther : 0));
}

/** Second derivatives by central differences. */
export function hessian(
  work: (at: readonly number[]) => number,
  point: readonly number[],
  step = STEP,
): number[][] {
  const middle = work(point);
  return point.map((_, i) =>
    point.map((_, j) => {
      if (i === j) return (work(at(point, i, step)) - 2 * middle + work(at(point, i, -step))) / step ** 2;
      const same = work(at(point, i, step, j, step)) + work(at(point, i, -step, j, -step));
      const apart = work(at(point, i, step, j, -step)) + work(at(point, i, -step, j, step));
      return (same - apart) / (4 * step ** 2);
    }),
  );
}

/** L of L·Lᵀ (Cholesky), or null when the matrix is not positive definite. */
function lowerRoot(matrix: readonly (readonly number[])[]): number[][] | null {
  const root = matrix.map((row) => row.map(() => 0));
  for (const [i, row] of matrix.entries())
    for (let j = 0; j <= i; j += 1) {
      let rest = row[j] as number;
      for (let k = 0; k < j; k += 1) rest -= (root[i]?.[k] as number) * (root[j]?.[k] as number);
      if (i !== j) (root[i] as number[])[j] = rest / (root[j]?.[j] as number);
      else if (rest > 0) (root[i] as number[])[i] = Math.sqrt(rest);
      else return null;
    }
  return root;
}

function solve(root: readonly (readonly number[])[], right: readonly number[]): number[] {
  const size = right.length;
  const x = [...right];
  for (let i = 0; i < size; i += 1) {
    for (let k = 0; k < i; k += 1) x[i] = (x[i] as number) - (root[i]?.[k] as number) * (x[k] as number);
    x[i] = (x[i] as number) / (root[i]?.[i] as number);
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < size; k += 1)
      x[i] = (x[i] as number) - (root[k]?.[i] as number) * (x[k] as number);
    x[i] = (x[i] as number) / (root[i]?.[i] as number);
  }
  return x;
}

/** Inverse of a positive definite matrix; null when it is not. */
export function inverse(matrix: readonly (readonly number[])[]): number[][] | null {
  const root = lowerRoot(matrix);
  return (
    root &&
    matrix.map((_, i) =>
      solve(
        root,
        matrix.map((_, j) => (i === j ? 1 : 0)),
      ),
    )
  );
}

/** Variance of a function of parameters whose covariance is known, to the first order (the delta method). */
export function varianceOf(
  work: (at: readonly number[]) => number,
  point: readonly number[],
  covariance: readonly (readonly number[])[],
): number {
  const slope = point.map((_, n) => (work(at(point, n, STEP)) - work(at(point, n, -STEP))) / (2 * STEP));
  return slope.reduce(
    (sum, s, i) => sum + slope.reduce((all, d, j) => all + s * d * (covariance[i]?.[j] as number), 0),
    0,
  );
}
