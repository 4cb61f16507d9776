/** One example: keys of the signs that it shows. */
export interface Example {
  keys: readonly string[];
  /** Is it the brand? */
  positive: boolean;
  /** How much it counts; 1 is a sentence that a person judged. */
  weight: number;
}

/** Sign → weight in logits; '' is the bias. */
export type Weights = ReadonlyMap<string, number>;

export interface Training {
  rounds: number;
  /** Step at the beginning; falls with the rounds. */
  rate: number;
  /** Pull towards the weights that it starts from, per round. */
  pull: number;
  /** Which weights may change; all when left out. */
  learns?: (key: string) => boolean;
}

export function probability(keys: readonly string[], weights: Weights): number {
  let sum = weights.get('') ?? 0;
  for (const key of keys) sum += weights.get(key) ?? 0;
  return 1 / (1 + Math.exp(-sum));
}

/**
 * Logistic regression by stochastic gradient descent with the prior weights as its starting point and its centre (MAP under a
 * Gaussian prior): without examples it is the prior, with many it follows them. The order of the examples is the caller's: the same
 * input gives the same weights.
 */
export function fitWeights(examples: readonly Example[], prior: Weights, training: Training): Weights {
  const weights = new Map(prior);
  for (let round = 0; round < training.rounds; round += 1) {
    const rate = training.rate / (1 + round / 5);
    for (const { keys, positive, weight } of examples) {
      const error = (positive ? 1 : 0) - probability(keys, weights);
      const step = rate * weight * error;
      for (const key of ['', ...keys]) {
        if (training.learns?.(key) === false) continue;
        const old = weights.get(key) ?? 0;
        weights.set(key, old + step - rate * weight * training.pull * (old - (prior.get(key) ?? 0)));
      }
    }
  }
  return weights;
}
