/** A phrase in two bodies of talk: how many voices hold it, of how many. */
export interface Usage {
  here: number;
  ofHere: number;
  there: number;
  ofThere: number;
}

/** Natural logarithms of the factorials from 0 to `most`. */
export function logFactorials(most: number): Float64Array {
  const logs = new Float64Array(most + 1);
  for (let n = 2; n <= most; n += 1) logs[n] = (logs[n - 1] as number) + Math.log(n);
  return logs;
}

function logChoose(logs: Float64Array, n: number, k: number): number {
  return (logs[n] as number) - (logs[k] as number) - (logs[n - k] as number);
}

/**
 * Fisher's exact test, one-sided: how likely at least so many of the phrase's voices stand here when they fall on both bodies by
 * chance. `logs` reaches `ofHere + ofThere`.
 */
export function chanceOfMore({ here, ofHere, there, ofThere }: Usage, logs: Float64Array): number {
  const holding = here + there;
  const most = Math.min(holding, ofHere);
  const all = logChoose(logs, ofHere + ofThere, holding);
  let chance = 0;
  for (let k = Math.max(here, holding - ofThere); k <= most; k += 1) {
    const term = Math.exp(logChoose(logs, ofHere, k) + logChoose(logs, ofThere, holding - k) - all);
    chance += term;
    if (term < chance * 1e-9) break;
  }
  return Math.min(1, chance);
}

/** The least chance that a phrase with so many voices can come to: all of them here. */
function leastChance({ here, ofHere, there, ofThere }: Usage, logs: Float64Array): number {
  const most = Math.min(here + there, ofHere);
  return chanceOfMore({ here: most, there: here + there - most, ofHere, ofThere }, logs);
}

/**
 * How small a chance must be for the phrase to count when so many are tried, so that among all that are tried a false one is found
 * with a chance of `level` at most: Bonferroni's bound over those that could come below it at all (Tarone 1990, A modified
 * Bonferroni method for discrete data).
 */
export function boundForMany(usages: readonly Usage[], logs: Float64Array, level: number): number {
  // Every phrase of the same number of voices has the same least chance.
  const byVoices = new Map<number, number>();
  const least = usages.map((usage) => {
    const holding = usage.here + usage.there;
    const known = byVoices.get(holding);
    if (known !== undefined) return known;
    const chance = leastChance(usage, logs);
    byVoices.set(holding, chance);
    return chance;
  });
  least.sort((one, two) => one - two);
  for (let tried = 1; tried <= least.length; tried += 1)
    if ((least[tried] ?? 1) > level / tried) return level / tried;
  return level / Math.max(1, least.length);
}

/** Dunning's log-likelihood ratio G² (1993, Accurate Methods for the Statistics of Surprise and Coincidence), from 0. */
export function logLikelihood({ here, ofHere, there, ofThere }: Usage): number {
  const share = (here + there) / (ofHere + ofThere);
  const cells: readonly [number, number][] = [
    [here, ofHere * share],
    [there, ofThere * share],
    [ofHere - here, ofHere * (1 - share)],
    [ofThere - there, ofThere * (1 - share)],
  ];
  return (
    2 * cells.reduce((sum, [seen, expected]) => (seen > 0 ? sum + seen * Math.log(seen / expected) : sum), 0)
  );
}

/** Weight of the prior in voices: as if so many had been heard before, with the shares of both bodies together. */
const PRIOR = 100;

/**
 * Weighted log-odds with an informative Dirichlet prior, in standard deviations (Monroe, Colaresi, Quinn 2008, Fightin' Words,
 * equations 16, 20 and 22): positive for what is said more here.
 */
export function logOddsScore({ here, ofHere, there, ofThere }: Usage): number {
  const prior = (PRIOR * (here + there)) / (ofHere + ofThere);
  const odds = (count: number, of: number) =>
    Math.log((count + prior) / Math.max(prior, of + PRIOR - count - prior));
  const variance = 1 / (here + prior) + 1 / (there + prior);
  return (odds(here, ofHere) - odds(there, ofThere)) / Math.sqrt(variance);
}
