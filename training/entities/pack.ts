import { LABELS, type SequenceWeights } from '../../src/understand/entities/sequence-weights.ts';

/** Larger weights are cut to this share of all: a few would make the steps of all others coarse. */
const CUT = 0.9999;

/**
 * Weights of 8 bits, moves in the same unit. `towardsNames`: how much less likely no name is taken to be than it was learned,
 * in log-odds: where names are left unmarked in part, too few would be found.
 */
export function packSequence(
  { bits, weights, moves }: SequenceWeights,
  towardsNames: number,
): SequenceWeights {
  const step = sizeAt(weights, CUT) / 127;
  return {
    bits,
    weights: Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight / step)))),
    moves: Float32Array.from(moves, (move, at) => (at % LABELS === 0 ? move - towardsNames : move) / step),
  };
}

function sizeAt(weights: ArrayLike<number>, share: number): number {
  const sizes = Float32Array.from(weights, Math.abs).sort();
  return sizes[Math.floor(share * (sizes.length - 1))] || 1;
}
