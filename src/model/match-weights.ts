/** Signs that say the same sort of thing and are trusted alike. */
export const EVIDENCE_GROUPS = ['identifiers', 'nick', 'name', 'place', 'others'] as const;
export type EvidenceGroup = (typeof EVIDENCE_GROUPS)[number];
/** Bits, or what they are multiplied by, of each group. */
export type GroupNumbers = Readonly<Record<EvidenceGroup, number>>;

/** How far signs are trusted: log2 of the odds = prior + offset + Σ weight × bits of the group. */
export interface MatchWeights {
  /** Bits. */
  offset: number;
  groups: GroupNumbers;
}

/** Of decided pairs that were said to be about as likely. */
export interface ReliabilityBin {
  /** Mean of what was said, 0 to 1. */
  said: number;
  right: number;
  count: number;
}

/** What decisions say of weights, on those that the weights had not learned from. */
export interface HeldOut {
  /** Authors whom it was measured on. */
  authors: number;
  /** Mean of −ln of the probability of what was decided: with the weights that were in force, and with the learned ones. */
  before: number;
  after: number;
  /** Standard error of the difference. */
  error: number;
  /** Of the weights that were in force, and of the learned ones. */
  reliability: { before: readonly ReliabilityBin[]; after: readonly ReliabilityBin[] };
}

/** active: the newest of these is in force. reverted: somebody took it back. no_better: it was never in force. */
export const WEIGHTS_STATES = ['active', 'reverted', 'no_better'] as const;
export type WeightsState = (typeof WEIGHTS_STATES)[number];

/** Weights that were learned. */
export interface WeightsVersion {
  version: number;
  weights: MatchWeights;
  learnedAt: Date;
  /** `system` or who asked for it. */
  by: string;
  /** Authors of whom people had decided something. */
  decisions: number;
  heldOut: HeldOut;
  state: WeightsState;
}
