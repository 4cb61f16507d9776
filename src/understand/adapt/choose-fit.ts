import { fitWeights, lossOf, problemOf, type ShiftExample, type ShiftFit, toFit } from './fit-shift.ts';

/** An example, and the part of the material that it is set aside with: copies of one text are never on both sides. */
export interface GroupedExample extends ShiftExample {
  /** 0 … FOLDS − 1. */
  fold: number;
}

export const FOLDS = 5;
/** How dear mistakes are beside the size of the weights, from the strongest shrinkage to the weakest. */
const COSTS = [0.02, 0.06, 0.2, 0.6, 2];

/**
 * The fit whose shrinkage foretells best what it has not seen, by cross-validation. null when none foretells it better than the shipped
 * model as it is. The same examples give the same fit.
 */
export async function chooseFit(
  examples: readonly GroupedExample[],
  answers: number,
  pause?: () => Promise<void>,
): Promise<ShiftFit | null> {
  const problem = problemOf(examples, answers);
  const zero = () => new Float64Array((problem.features.length + 1) * answers);
  const inFold = (fold: number) => (at: number) => examples[at]?.fold === fold;
  const losses = COSTS.map(() => 0);
  let plain = 0;
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const weights = zero();
    plain += lossOf(problem, weights, inFold(fold));
    for (const [at, cost] of COSTS.entries()) {
      await fitWeights(problem, cost, weights, {
        isChosen: (place) => !inFold(fold)(place),
        ...(pause && { pause }),
      });
      losses[at] = (losses[at] as number) + lossOf(problem, weights, inFold(fold));
    }
  }
  const best = losses.indexOf(Math.min(...losses));
  if ((losses[best] as number) >= plain) return null;
  const weights = zero();
  for (const cost of COSTS.slice(0, best + 1))
    await fitWeights(problem, cost, weights, pause ? { pause } : {});
  return toFit(problem, weights);
}
