import type { UserId } from '../../model/ids.ts';
import type { Decision, EffectAction, RuleActions } from '../../model/rule.ts';
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

/** Does to `state` what the rule wants, as far as nobody who goes before it has decided otherwise: a person, an earlier rule. */
export function applyRule(state: MentionState, rule: ActingRule, placeOf: PlaceOf, now: Date): Outcome[] {
  return wishesOf(rule).map((wish) => applyWish(state, wish, rule.key, placeOf, now));
}

function applyWish(state: MentionState, wish: Wish, rule: string, placeOf: PlaceOf, now: Date): Outcome {
  const standing = state.decided[fieldOf(wish)];
  const about = { action: wish.action, value: wishedValue(wish), ...(standing ? { standing } : {}) };
  if (isSo(state, wish)) return { ...about, result: 'same' };
  if (standing && 'person' in standing) return { ...about, result: 'person' };
  if (standing && standing.rule !== rule && placeOf(standing.rule) < placeOf(rule))
    return { ...about, result: 'rule' };
  if (wish.action === 'basket' && state.hasCase) return { ...about, result: 'case' };
  return { ...about, result: 'done', before: grant(state, wish, { rule, at: now.toISOString() }) };
}
