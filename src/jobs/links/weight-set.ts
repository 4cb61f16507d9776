import { FACTORY_WEIGHTS } from '../../match/learn/weights.ts';
import type { MatchWeights } from '../../model/match-weights.ts';
import type { Db } from '../../store/db.ts';
import { versionInForce, weightsInForce } from '../../store/match-weights.ts';

export interface WeightSet {
  /** The weights in force, whichever process has learned or reverted them; read again when others are. */
  current(db: Db): Promise<MatchWeights>;
}

export function createWeightSet(): WeightSet {
  let known: { version: number | null; weights: MatchWeights } = { version: null, weights: FACTORY_WEIGHTS };
  return {
    async current(db) {
      const version = await versionInForce(db);
      if (version !== known.version)
        known = { version, weights: (await weightsInForce(db))?.weights ?? FACTORY_WEIGHTS };
      return known.weights;
    },
  };
}
