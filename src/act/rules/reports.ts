import type { DocumentId, MentionId } from '../../model/ids.ts';
import type { Rule, RuleTrouble } from '../../model/rule.ts';
import type { Outcome } from './apply.ts';

/** What one action of the rule would come to. */
export interface ActionCount {
  action: Outcome['action'];
  value: string;
  /** It would be changed; it is so already; a person, an earlier rule, a case stands in the way. */
  counts: Record<Outcome['result'], number>;
}

export interface DryRunChange {
  mentionId: MentionId;
  documentId: DocumentId;
  topicName: string;
  title: string | null;
  /** At most 400 characters. */
  text: string;
  outcomes: Outcome[];
}

export interface DryRunResult {
  /** Mentions looked at, of `total` that there are since then. */
  looked: number;
  total: number;
  ended: 'all' | 'limit' | 'time' | 'aborted';
  /** Mentions that meet the condition, and those in which something would change. */
  matched: number;
  changed: number;
  actions: ActionCount[];
  /** Of those in which something would change, by chance, the newest first. */
  sample: DryRunChange[];
  trouble: RuleTrouble | null;
  tookMs: number;
}

/** What a rule says of one mention as it stands now. */
export interface RuleExplained {
  rule: Rule;
  /**
   * `meets`: it meets the condition. `misses`: it does not. `older`: it meets it, but was found before the rule was saved, which acts on it
   * when somebody asks for it. `off`: switched off. `trouble`: passed over.
   */
  verdict: 'meets' | 'misses' | 'older' | 'off' | 'trouble';
  /** Of one that it misses. */
  reasons: { message: { ru: string; en: string } }[];
  /** Of one that it meets; of an action that was done already, by whom. */
  outcomes: Outcome[];
  trouble: RuleTrouble | null;
}
