export interface Minimum {
  at: number[];
  value: number;
  /** False: it ran out of steps. */
  isSettled: boolean;
}

type Corner = { at: number[]; value: number };

const MOST_STEPS = 600;
const FIRST_STEP = 0.5;
/** Begun again it is near: it only has to see whether the bottom is one. */
const NEXT_STEP = 0.1;

function moved(from: readonly number[], towards: readonly number[], by: number): number[] {
  return from.map((value, n) => value + by * ((towards[n] as number) - value));
}

function centreOf(corners: readonly Corner[]): number[] {
  const [first] = corners as [Corner];
  return first.at.map((_, n) => corners.reduce((sum, { at }) => sum + (at[n] as number), 0) / corners.length);
}

/** The simplex around a point: one corner there, one a step along each axis. */
function simplexAt(start: readonly number[], size: number, look: (at: number[]) => Corner): Corner[] {
  const others = start.map((_, axis) => start.map((value, n) => (n === axis ? value + size : value)));
  return [[...start], ...others].map(look);
}

/** One step of Nelder and Mead on corners in order, the best first. */
function step(corners: Corner[], look: (at: number[]) => Corner): void {
  const last = corners.length - 1;
  const worst = corners[last] as Corner;
  const centre = centreOf(corners.slice(0, last));
  const mirrored = look(moved(centre, worst.at, -1));
  if (mirrored.value < (corners[0] as Corner).value) {
    const further = look(moved(centre, worst.at, -2));
    corners[last] = further.value < mirrored.value ? further : mirrored;
  } else if (mirrored.value < (corners[last - 1] as Corner).value) corners[last] = mirrored;
  else {
    const nearer = look(moved(centre, mirrored.value < worst.value ? mirrored.at : worst.at, 0.5));
    if (nearer.value < Math.min(worst.value, mirrored.value)) corners[last] = nearer;
    else
      for (let n = 1; n <= last; n += 1)
        corners[n] = look(moved((corners[0] as Corner).at, (corners[n] as Corner).at, 0.5));
  }
}

function isSmall(corners: readonly Corner[], tolerance: number): boolean {
  const [best] = corners as [Corner];
  return corners.every(
    ({ at, value }) =>
      Math.abs(value - best.value) <= tolerance * (1e-3 + Math.abs(best.value)) &&
      at.every((one, n) => Math.abs(one - (best.at[n] as number)) < 1e-4),
  );
}

/**
 * Least value of a function, from a start, without derivatives (Nelder and Mead, A simplex method for function minimization, 1965); begun again
 * where it ended, because a simplex may collapse before the bottom. What is not a number counts as endlessly high.
 */
export function minimise(
  work: (at: readonly number[]) => number,
  start: readonly number[],
  tolerance = 1e-10,
): Minimum {
  const look = (at: number[]): Corner => {
    const value = work(at);
    return { at, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value };
  };
  let best: Minimum = { at: [...start], value: Number.POSITIVE_INFINITY, isSettled: false };
  for (let round = 0; round < 4; round += 1) {
    const corners = simplexAt(best.at, round === 0 ? FIRST_STEP : NEXT_STEP, look);
    let steps = 0;
    do {
      corners.sort((one, two) => one.value - two.value);
      step(corners, look);
      steps += 1;
    } while (steps < MOST_STEPS && !isSmall(corners, tolerance));
    corners.sort((one, two) => one.value - two.value);
    const [{ at, value }] = corners as [Corner];
    const isSame = best.value - value <= tolerance * (1 + Math.abs(value));
    best = { at, value, isSettled: steps < MOST_STEPS && isSame };
    if (best.isSettled) break;
  }
  return best;
}
