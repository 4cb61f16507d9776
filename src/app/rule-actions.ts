import type { RuleActionsOfPages } from '../../dashboards/deps.ts';
import type { JobDeps } from '../jobs/deps.ts';
import { dryRun } from '../jobs/rules/dry-run.ts';
import { explainRules } from '../jobs/rules/explain-rules.ts';
import { loadNamed, readRule } from '../jobs/rules/read-rule.ts';
import { requestRun, requestUndo } from '../jobs/rules/run.ts';
import { actAgain } from '../jobs/rules/undo.ts';

/** A request is answered within five seconds. */
const DRY_RUN = { withinMs: 4000, limit: 20_000, samples: 20 };

/** What the dashboard does with rules, by the jobs that it may not import. */
export function ruleActions(
  deps: Pick<JobDeps, 'db' | 'clock' | 'queue' | 'resources' | 'delivery'>,
): RuleActionsOfPages {
  const { crms } = deps.delivery;
  return {
    webhooks: [...crms].filter(([, crm]) => crm.tell !== undefined).map(([key]) => key),
    check: async (rule) => {
      const { ready, trouble } = readRule(rule, await loadNamed(deps.db, crms));
      return { isUsable: ready !== null, trouble };
    },
    dryRun: (rule, since, signal) => dryRun(deps, { rule, since, ...DRY_RUN }, signal),
    run: (tx, { rule, ...request }) =>
      requestRun(tx, deps, { ...request, rule: { ruleId: rule.id, version: rule.version } }),
    undo: (tx, run) => requestUndo(tx, deps, run),
    explain: (mention) => explainRules(deps, mention),
    restored: (tx, documents) => actAgain(tx, deps, documents),
  };
}
