import type { UserId } from '../../model/ids.ts';
import type { DecidedField, Decision, EffectAction, RuleActions } from '../../model/rule.ts';
import type { MentionState } from '../../store/decisions.ts';
import { type Before, fieldOf, grant, isSo, type Wish, wishedValue } from './decide.ts';

/**
 * What came of one action of a rule. `done`: changed. `same`: it was so. `person`, `rule`: somebody who goes before has decided
 * otherwise. `case`: somebody works on it, so it is not hidden.
 */
export interface Outcome {
  action: EffectAction;
  value: string;
  result: 'done' | 'same' | 'person' | 'rule' | 'case';
  /** Of what was not changed: who has decided what stands there, if anybody has. */
  standing?: Decision;
  /** Of what was done. */
  before?: Before;
}

/** A rule as it acts, with its assignee looked up. */
export interface ActingRule {
  key: string;
  actions: RuleActions;
  assignee: UserId | null;
}

/** Place of a rule among those that there are; behind all others when it is none of them any more. */
export type PlaceOf = (key: string) => number;

export function wishesOf({ actions, assignee }: ActingRule): Wish[] {
  const { tags = [], tone, priority, assign, basket } = actions;
  return [
    ...tags.map((tag): Wish => ({ action: 'tag', tag, isThere: true })),
    ...(tone ? [{ action: 'tone', label: tone } as const] : []),
    ...(priority ? [{ action: 'priority', priority } as const] : []),
    ...(assign ? [{ action: 'assign', user: assignee, email: assign } as const] : []),
    ...(basket ? [{ action: 'basket', isThere: true } as const] : []),
  ];
}

/** Which rule has had its say about a field, though it changed nothing because it was so already. */
export type Claims = Map<DecidedField, Decision & { rule: string }>;

/**
 * Does to `state` what the rule wants, as far as nobody who goes before it has decided otherwise: a person, an earlier rule. `claims`:
 * of the rules before it, to which its own are added.
 */
export function applyRule(
  state: MentionState,
  rule: ActingRule,
  placeOf: PlaceOf,
  claims: Claims,
  now: Date,
): Outcome[] {
  const by = { rule: rule.key, at: now.toISOString() };
  return wishesOf(rule).map((wish) => {
    const outcome = applyWish(state, wish, by, placeOf, claims);
    // Tags and the basket are never wanted otherwise by another rule.
    const isSettled = outcome.result === 'same' && wish.action !== 'tag' && wish.action !== 'basket';
    if (isSettled && !claims.has(fieldOf(wish))) claims.set(fieldOf(wish), by);
    return outcome;
  });
}

function applyWish(
  state: MentionState,
  wish: Wish,
  by: Decision & { rule: string },
  placeOf: PlaceOf,
  claims: Claims,
): Outcome {
  const standing = state.decided[fieldOf(wish)];
  const claim = claims.get(fieldOf(wish));
  const about = { action: wish.action, value: wishedValue(wish) };
  const known = standing ? { ...about, standing } : about;
  if (isSo(state, wish)) return { ...known, result: 'same' };
  if (standing && 'person' in standing) return { ...known, result: 'person' };
  if (standing && standing.rule !== by.rule && placeOf(standing.rule) < placeOf(by.rule))
    return { ...known, result: 'rule' };
  if (claim) return { ...about, standing: claim, result: 'rule' };
  if (wish.action === 'basket' && state.hasCase) return { ...known, result: 'case' };
  return { ...known, result: 'done', before: grant(state, wish, by) };
}
