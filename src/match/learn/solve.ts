/** The x of `matrix` x = `right`, for a symmetric matrix whose eigenvalues are above 0, by Cholesky's decomposition. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const lower: number[][] = [];
  matrix.forEach((line, row) => {
    const own: number[] = [];
    lower.push(own);
    for (let at = 0; at <= row; at += 1) {
      const known = own.slice(0, at).reduce((sum, one, k) => sum + one * (lower[at]?.[k] ?? 0), 0);
      const rest = (line[at] ?? 0) - known;
      own.push(at === row ? Math.sqrt(rest) : rest / (lower[at]?.[at] ?? 1));
    }
  });
  const forward: number[] = [];
  lower.forEach((line, row) => {
    const known = forward.reduce((sum, one, k) => sum + one * (line[k] ?? 0), 0);
    forward.push(((right[row] ?? 0) - known) / (line[row] ?? 1));
  });
  const solved = forward.slice();
  for (let row = forward.length - 1; row >= 0; row -= 1) {
    let rest = forward[row] ?? 0;
    for (let below = row + 1; below < forward.length; below += 1)
      rest -= (lower[below]?.[row] ?? 0) * (solved[below] ?? 0);
    solved[row] = rest / (lower[row]?.[row] ?? 1);
  }
  return solved;
}
