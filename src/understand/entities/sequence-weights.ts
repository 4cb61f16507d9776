/** O, then B and I of each kind. */
export const LABELS = 7;

/** A linear chain over hashed features. */
export interface SequenceWeights {
  /** Two to this power are the rows. */
  bits: number;
  /** Row by row, LABELS numbers each. */
  weights: Int8Array | Float32Array;
  /** From label (LABELS of them, and the beginning) × to label, in the unit of the weights. */
  moves: Float32Array;
}

/** What a model makes of a word by itself. */
export interface WordScores {
  model: SequenceWeights;
  /** LABELS numbers each: for the word, for the one behind it, for the one before it. */
  alone: readonly number[];
}
