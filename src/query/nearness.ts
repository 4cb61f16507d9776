import { type Place, shortest } from './places.ts';

/*
 * Operators over places work with shortest places only: what holds another place of the same result is left out
 * (Clarke, Cormack, Burkowski 1995, An Algebra for Structured Text Search). So results stay as many as their operands.
 * All lists are in the order of the text.
 */

/** Words from the end of the first to the beginning of the second, 1 for neighbours; 0 or less when they touch or overlap. */
function distance(first: Place, second: Place): number {
  return second.from - first.to + 1;
}

/** The runs from one of `left` to one of `right` that do not overlap and are at most so many words apart. */
export function nearPlaces(
  left: readonly Place[],
  right: readonly Place[],
  atMost: number,
  ordered: boolean,
): Place[] {
  const found = following(left, right, atMost);
  return shortest(ordered ? found : [...found, ...following(right, left, atMost)]);
}

/** For each first the run to the second behind it that ends soonest. */
function following(firsts: readonly Place[], seconds: readonly Place[], atMost: number): Place[] {
  const found: Place[] = [];
  let at = 0;
  for (const first of [...firsts].sort((one, two) => one.to - two.to)) {
    while (at < seconds.length && (seconds[at] as Place).from < first.to) at += 1;
    let best = Number.POSITIVE_INFINITY;
    for (let next = at; next < seconds.length; next += 1) {
      const second = seconds[next] as Place;
      if (distance(first, second) > atMost || second.from >= best) break;
      best = Math.min(best, second.to);
    }
    if (best < Number.POSITIVE_INFINITY) found.push({ from: first.from, to: best });
  }
  return found;
}

/**
 * The runs from one of `left` to one of `right`, in either order, that stand in one sentence from end to end. So what
 * holds a shorter place can be left out: where the long one would do, the short one does.
 */
export function sentencePlaces(
  left: readonly Place[],
  right: readonly Place[],
  sentenceOf: (slot: number) => number,
): Place[] {
  const [one, two] = [shortest(left), shortest(right)];
  const together = (firsts: readonly Place[], seconds: readonly Place[]): Place[] => {
    let at = 0;
    return firsts.flatMap((first) => {
      while (at < seconds.length && (seconds[at] as Place).from < first.to) at += 1;
      const second = seconds[at];
      if (second === undefined || sentenceOf(first.from) !== sentenceOf(second.to - 1)) return [];
      return [{ from: first.from, to: second.to }];
    });
  };
  return shortest([...together(one, two), ...together(two, one)]);
}

/** Those of `left` that no one of `right` overlaps or is so near to. */
export function farPlaces(left: readonly Place[], right: readonly Place[], atMost: number): Place[] {
  const longest = right.reduce((most, { from, to }) => Math.max(most, to - from), 0);
  let start = 0;
  return left.filter((one) => {
    while (start < right.length && (right[start] as Place).from < one.from - atMost - longest) start += 1;
    for (let at = start; at < right.length; at += 1) {
      const other = right[at] as Place;
      if (other.from - one.to + 1 > atMost) break;
      if (one.from - other.to + 1 <= atMost) return false;
    }
    return true;
  });
}
