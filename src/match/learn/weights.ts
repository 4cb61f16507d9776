import { EVIDENCE_GROUPS, type GroupNumbers, type MatchWeights } from '../../model/match-weights.ts';

/** As shipped: all signs count for what they are worth by the register. */
export const FACTORY_WEIGHTS: MatchWeights = {
  offset: 0,
  groups: { identifiers: 1, nick: 1, name: 1, place: 1, others: 1 },
};

/** What weights make of a sum of bits whose parts these are: the bits that are added to it. */
export function learnedBits(groups: GroupNumbers, { offset, groups: weights }: MatchWeights): number {
  return EVIDENCE_GROUPS.reduce((sum, group) => sum + (weights[group] - 1) * groups[group], offset);
}

export function isFactory({ offset, groups }: MatchWeights): boolean {
  return offset === 0 && EVIDENCE_GROUPS.every((group) => groups[group] === 1);
}
