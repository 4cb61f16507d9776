import type { UserId } from '../../model/ids.ts';
import type { DecidedField, Decision, EffectAction, Priority } from '../../model/rule.ts';
import { tagField } from '../../model/rule.ts';
import type { Sentiment, SentimentLabel } from '../../model/tag.ts';
import type { MentionState } from '../../store/decisions.ts';

/** One thing that a rule or a person wants of a mention. `null`: nobody, or out of the basket. */
export type Wish =
  | { action: 'tag'; tag: string; isThere: boolean }
  | { action: 'tone'; label: SentimentLabel }
  | { action: 'priority'; priority: Priority }
  | { action: 'assign'; user: UserId | null; email: string }
  | { action: 'basket'; isThere: boolean };

/** What stood there: enough to put it back. */
export interface Before {
  value: unknown;
  decision: Decision | null;
}

const FIELDS = { tone: 'tone', priority: 'priority', assign: 'assigned', basket: 'basket' } as const;

export function fieldOf(wish: Wish): DecidedField {
  return wish.action === 'tag' ? tagField(wish.tag) : FIELDS[wish.action];
}

/** As the ledger and people are told. */
export function wishedValue(wish: Wish): string {
  switch (wish.action) {
    case 'tag':
      return wish.tag;
    case 'tone':
      return wish.label;
    case 'priority':
      return wish.priority;
    case 'assign':
      return wish.email;
    case 'basket':
      return '';
  }
}

/** A tone that was decided, not estimated. */
const SCORES: Record<SentimentLabel, number> = { negative: -1, neutral: 0, positive: 1, unsure: 0 };

export function hasTag(state: Pick<MentionState, 'tags'>, tag: string): boolean {
  return state.tags.some((one) => tagField(one) === tagField(tag));
}

/** Is it so already? */
export function isSo(state: MentionState, wish: Wish): boolean {
  switch (wish.action) {
    case 'tag':
      return hasTag(state, wish.tag) === wish.isThere;
    case 'tone':
      return state.sentiment.label === wish.label;
    case 'priority':
      return state.priority === wish.priority;
    case 'assign':
      return state.assignedTo === wish.user;
    case 'basket':
      return (state.basketAt !== null) === wish.isThere;
  }
}

/** Makes it so. Changes `state`; returns what stood there. */
export function grant(state: MentionState, wish: Wish, by: Decision): Before {
  const field = fieldOf(wish);
  const decision = state.decided[field] ?? null;
  const value = currentValue(state, wish.action);
  if (wish.action === 'tag') {
    const others = state.tags.filter((one) => tagField(one) !== field);
    state.tags = wish.isThere ? [...others, wish.tag] : others;
  } else if (wish.action === 'tone') {
    state.taggerSentiment ??= state.sentiment;
    state.sentiment = { label: wish.label, score: SCORES[wish.label], confidence: 1 };
  } else if (wish.action === 'priority') state.priority = wish.priority;
  else if (wish.action === 'assign') state.assignedTo = wish.user;
  else state.basketAt = wish.isThere ? new Date(by.at) : null;
  state.decided = { ...state.decided, [field]: by };
  return { value, decision };
}

function currentValue(state: MentionState, action: Wish['action']): unknown {
  switch (action) {
    case 'tag':
      return null;
    case 'tone':
      return state.sentiment;
    case 'priority':
      return state.priority;
    case 'assign':
      return state.assignedTo;
    case 'basket':
      return state.basketAt;
  }
}

/** Puts back what stood there before a rule's effect, in `state`. False when somebody has decided since: then nothing is changed. */
export function takeBack(
  state: MentionState,
  effect: { action: EffectAction; value: string; at: Date; before: unknown },
  rule: string,
): boolean {
  const { action, value, at } = effect;
  if (action === 'alert') return false;
  const field = action === 'tag' ? tagField(value) : FIELDS[action];
  const stands = state.decided[field];
  if (!stands || !('rule' in stands) || stands.rule !== rule || stands.at !== at.toISOString()) return false;
  const before = effect.before as Before;
  const { [field]: _, ...others } = state.decided;
  state.decided = before.decision ? { ...others, [field]: before.decision } : others;
  if (action === 'tag') state.tags = state.tags.filter((one) => tagField(one) !== field);
  else if (action === 'priority') state.priority = before.value as Priority;
  else if (action === 'assign') state.assignedTo = before.value as UserId | null;
  else if (action === 'basket') state.basketAt = null;
  else takeBackTone(state, before);
  return true;
}

/** Without an earlier decision the taggers' word of today counts, not that of then. */
function takeBackTone(state: MentionState, { value, decision }: Before): void {
  state.sentiment = decision ? (value as Sentiment) : (state.taggerSentiment ?? state.sentiment);
  if (!decision) state.taggerSentiment = null;
}
