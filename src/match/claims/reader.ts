import type { Claim, IdentifierKind } from './claim.ts';
import { claimFeatures } from './features.ts';

/** What people's words can say, in the order of the columns of weights. */
export const CLAIMS = ['own', 'behalf', 'quoted', 'shop'] as const;

/** Tells whose an identifier in a text is. */
export interface ClaimReader {
  claimOf(text: string, start: number, end: number, kind: IdentifierKind): Claim;
}

/** From this on it is his own, and from the other on nothing tells for sure. */
const OWN_FROM = 0.7;
const UNSAID_FROM = 0.4;

/** Row of the weights that every case has. */
export const BIAS = '(always)';

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** How likely each claim is, in the order of CLAIMS: of each by itself, made to sum up to 1. */
export function claimOdds(
  features: readonly string[],
  weights: ReadonlyMap<string, readonly number[]>,
): number[] {
  const sums = CLAIMS.map((_, at) =>
    [BIAS, ...features].reduce((sum, feature) => sum + (weights.get(feature)?.[at] ?? 0), 0),
  );
  const odds = sums.map(sigmoid);
  const total = odds.reduce((all, one) => all + one, 0);
  return odds.map((one) => one / total);
}

/** `weights`: of each feature one number for each of CLAIMS. */
export function createClaimReader(weights: ReadonlyMap<string, readonly number[]>): ClaimReader {
  return {
    claimOf(text, start, end, kind) {
      const odds = claimOdds(claimFeatures(text, start, end, kind), weights);
      const [own = 0] = odds;
      if (own >= OWN_FROM) return 'own';
      if (own >= UNSAID_FROM) return 'unsaid';
      const others = odds.slice(1);
      return CLAIMS[1 + others.indexOf(Math.max(...others))] ?? 'quoted';
    },
  };
}
