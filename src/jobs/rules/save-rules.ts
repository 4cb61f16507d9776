import { unsavedRule } from '../../act/rules/unsaved.ts';
import { InputError, type InputIssue } from '../../lib/errors.ts';
import { describeIssue } from '../../query/issues.ts';
import { readRuleQuery } from '../../query/saved.ts';
import { addAudit } from '../../store/audit.ts';
import { findRule, saveRule } from '../../store/rules.ts';
import type { JobDeps } from '../deps.ts';
import { loadNamed, type Named, readRule } from './read-rule.ts';
import type { ReadRuleFile } from './rule-file.ts';

type Deps = Pick<JobDeps, 'db' | 'clock' | 'delivery'>;

function mistakesOf(given: ReadRuleFile, named: Named, zone: string, now: Date): InputIssue[] {
  const { condition, at } = given;
  const read = readRuleQuery(condition, named.topics);
  if ('issues' in read)
    return read.issues.map((issue) => ({
      at,
      message: `condition ${describeIssue(condition, issue, 'en')}`,
    }));
  const { trouble } = readRule(unsavedRule(given, null, zone, now), named);
  return (trouble?.messages ?? []).map(({ en }) => ({ at, message: en }));
}

/** Refuses rules that could not be used as they are written. Throws InputError with every mistake. */
export async function checkRules(
  { db, clock, delivery }: Deps,
  rules: readonly ReadRuleFile[],
  zone: string,
): Promise<void> {
  const named = await loadNamed(db, delivery.crms);
  const issues = rules.flatMap((rule) => mistakesOf(rule, named, zone, clock.now()));
  if (issues.length > 0) throw new InputError(issues);
}

/** All of them or none. Returns the keys of those that are new or changed. */
export async function saveRules(
  deps: Deps,
  rules: readonly ReadRuleFile[],
  by: { actor: string; zone: string },
): Promise<string[]> {
  await checkRules(deps, rules, by.zone);
  const now = deps.clock.now();
  return deps.db.transaction(async (tx) => {
    const changed: string[] = [];
    for (const { key, name, condition, actions, enabled } of rules) {
      const known = await findRule(tx, key);
      const saved = await saveRule(tx, { key, name, condition, actions, enabled }, by, now);
      if (!saved.changed) continue;
      changed.push(key);
      const before = known && { condition: known.condition, actions: known.actions, enabled: known.enabled };
      const detail = { before, after: { condition, actions, enabled } };
      await addAudit(tx, { at: now, actor: by.actor, action: 'rule.saved', subject: `rule:${key}`, detail });
    }
    return changed;
  });
}
