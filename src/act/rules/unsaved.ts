import type { Rule, RuleDefinition } from '../../model/rule.ts';

/** A rule that is only looked at: where it is saved already, in its place. */
export function unsavedRule(definition: RuleDefinition, known: Rule | null, zone: string, now: Date): Rule {
  const { key, name, condition, actions, enabled } = definition;
  const unsaved = {
    id: 0 as Rule['id'],
    position: Number.MAX_SAFE_INTEGER,
    version: 0,
    savedBy: '',
    trouble: null,
  };
  const written = { key, name, condition, actions, enabled, zone };
  return { ...unsaved, ...known, ...written, inForceSince: now, updatedAt: now };
}
