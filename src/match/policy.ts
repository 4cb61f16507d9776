import type { ConsentState } from '../model/customer.ts';

/**
 * strong_only: own identifiers link by themselves, names propose. suggest_all: nothing links by itself, people confirm.
 * consented_only: as strong_only, among customers who have agreed to be recognised.
 */
export const MATCH_POLICIES = ['strong_only', 'suggest_all', 'consented_only'] as const;
export type MatchPolicy = (typeof MATCH_POLICIES)[number];

/** May a customer be looked for at all? Whoever objects is not, under any policy. */
export function mayBeFound(policy: MatchPolicy, consent: ConsentState | null): boolean {
  if (policy === 'consented_only') return consent === 'given';
  return consent === null || consent === 'given';
}
