import { applyRule, type Claims, type Outcome } from '../../act/rules/apply.ts';
import type { MentionState } from '../../store/decisions.ts';
import type { KnownDocument } from '../known-facts.ts';
import { factsOfMention } from './mention-facts.ts';
import type { ReadyRule } from './read-rule.ts';
import type { CompiledRules } from './rule-set.ts';

/** A rule whose condition a mention meets, and what came of its actions; its alert is given, if it has one, by whoever saves the rest. */
export interface Fired {
  rule: ReadyRule;
  outcomes: Outcome[];
}

export interface Judged {
  /** As it is when all rules have done what they do. */
  state: MentionState;
  fired: Fired[];
  isChanged: boolean;
}

/**
 * Holds the document's mentions against the rules, in order; each sees what those before it have done. Changes the states and nothing
 * else. `isMeant`: may this rule judge this mention?
 */
export function judgeMentions(
  { rules, trial, topics, users, placeOf }: CompiledRules,
  document: KnownDocument,
  states: readonly MentionState[],
  isMeant: (rule: ReadyRule, state: MentionState) => boolean,
  now: Date,
): Judged[] {
  trial.read(document);
  return states.map((state) => {
    const topic = topics.get(state.topicId);
    const fired: Fired[] = [];
    const claims: Claims = new Map();
    if (!topic) return { state, fired, isChanged: false };
    const facts = factsOfMention(document.facts ?? {}, state, topic, users);
    trial.setFacts(facts);
    for (const [index, rule] of rules.entries()) {
      if (!isMeant(rule, state)) continue;
      facts.now = now;
      facts.zone = rule.zone;
      if (trial.holds(index)) fired.push({ rule, outcomes: applyRule(state, rule, placeOf, claims, now) });
    }
    const isChanged = fired.some(({ outcomes }) => outcomes.some(({ result }) => result === 'done'));
    return { state, fired, isChanged };
  });
}
