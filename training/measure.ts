export interface Score {
  count: number;
  accuracy: number;
  /** Means over the classes, 0 … 1. */
  macroF1: number;
  macroRecall: number;
  /** Per class. */
  f1: number[];
}

/**
 * What biases are chosen for: F1 over all classes, or over the first and the last (what is neutral goes without saying), or how
 * often it is right.
 */
export type Goal = 'macroF1' | 'opinionF1' | 'accuracy';

export function reached({ macroF1, accuracy, f1 }: Score, goal: Goal): number {
  if (goal === 'opinionF1') return ((f1[0] ?? 0) + (f1.at(-1) ?? 0)) / 2;
  return goal === 'accuracy' ? accuracy : macroF1;
}

/** `right` and `given` are numbers of classes, `classes` of them. */
export function measure(right: readonly number[], given: readonly number[], classes: number): Score {
  const f1: number[] = [];
  let recall = 0;
  for (let one = 0; one < classes; one += 1) {
    let [hits, wrong, missed] = [0, 0, 0];
    right.forEach((answer, at) => {
      if (answer === one && given[at] === one) hits += 1;
      else if (answer === one) missed += 1;
      else if (given[at] === one) wrong += 1;
    });
    f1.push((2 * hits) / Math.max(1, 2 * hits + wrong + missed));
    recall += hits / Math.max(1, hits + missed);
  }
  const same = right.filter((answer, at) => given[at] === answer).length;
  return {
    count: right.length,
    accuracy: same / Math.max(1, right.length),
    macroF1: f1.reduce((sum, one) => sum + one, 0) / classes,
    macroRecall: recall / classes,
    f1,
  };
}
