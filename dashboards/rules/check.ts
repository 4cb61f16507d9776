import { unsavedRule } from '../../src/act/rules/unsaved.ts';
import type { Rule, RuleDefinition } from '../../src/model/rule.ts';
import { describeIssue } from '../../src/query/issues.ts';
import { readRuleQuery } from '../../src/query/saved.ts';
import { listTopics } from '../../src/store/topics.ts';
import type { Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';

/** Whom mistakes are told, and in whose zone days of a condition are meant. */
type Writer = Pick<Viewer, 'language' | 'zone' | 'now'>;

/** What is wrong with a condition, with a caret under the place. */
export async function conditionMistakes(
  deps: DashboardDeps,
  { language }: Writer,
  condition: string,
): Promise<string[]> {
  const read = readRuleQuery(condition, await listTopics(deps.db));
  if ('query' in read) return [];
  return read.issues.map((issue) => describeIssue(condition, issue, language));
}

/** The rule as it would be, its condition having been read; or what it names and is not there, in the writer's words. */
export async function checkRule(
  deps: DashboardDeps,
  { language, zone, now }: Writer,
  definition: RuleDefinition,
  known: Rule | null,
): Promise<{ rule: Rule } | { mistakes: string[] }> {
  const rule = unsavedRule(definition, known, zone, now);
  const { trouble } = await deps.rules.check(rule);
  return trouble ? { mistakes: trouble.messages.map((message) => message[language]) } : { rule };
}
