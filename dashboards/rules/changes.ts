import type { RuleRunId } from '../../src/model/ids.ts';
import type { Rule, RuleDefinition, RuleRun } from '../../src/model/rule.ts';
import { addAudit } from '../../src/store/audit.ts';
import type { Db } from '../../src/store/db.ts';
import { moveRule, removeRule, saveRule } from '../../src/store/rules.ts';
import type { DashboardDeps } from '../deps.ts';

type Rules = Pick<DashboardDeps, 'db' | 'clock' | 'rules'>;

interface Act {
  /** A user's e-mail, or `api:` and a token's name. */
  actor: string;
  /** In the audit. */
  action: string;
}

/** `change` says what the audit keeps of it, or null when there was nothing to do: then nothing stands there. */
async function change<Detail extends Record<string, unknown> | null>(
  { db, clock }: Rules,
  key: string,
  { actor, action }: Act,
  work: (tx: Db, now: Date) => Promise<Detail>,
): Promise<Detail> {
  const at = clock.now();
  return db.transaction(async (tx) => {
    const detail = await work(tx, at);
    if (detail !== null) await addAudit(tx, { at, actor, action, subject: `rule:${key}`, detail });
    return detail;
  });
}

/** Keeps a rule that has been checked. `by.zone`: in which days of its condition are meant. */
export async function keepRule(
  deps: Rules,
  definition: RuleDefinition,
  known: Rule | null,
  by: { actor: string; zone: string },
): Promise<void> {
  const { condition, actions, enabled } = definition;
  await change(deps, definition.key, { actor: by.actor, action: 'rule.saved' }, async (tx, now) => {
    if (!(await saveRule(tx, definition, by, now)).changed) return null;
    const before = known
      ? { condition: known.condition, actions: known.actions, enabled: known.enabled }
      : null;
    return { before, after: { condition, actions, enabled } };
  });
}

export async function switchRule(
  deps: Rules,
  rule: Rule,
  enabled: boolean,
  by: { actor: string; zone: string },
): Promise<void> {
  await change(deps, rule.key, { actor: by.actor, action: 'rule.saved' }, async (tx, now) =>
    (await saveRule(tx, { ...rule, enabled }, by, now)).changed ? { enabled } : null,
  );
}

/** One place earlier or later, where there is one. */
export async function shiftRule(deps: Rules, { key }: Rule, by: 'up' | 'down', actor: string): Promise<void> {
  await change(deps, key, { actor, action: 'rule.moved' }, async (tx) =>
    (await moveRule(tx, key, by === 'up' ? -1 : 1)) ? { by } : null,
  );
}

/** What it did stays. */
export async function dropRule(deps: Rules, { key }: Rule, actor: string): Promise<void> {
  await change(deps, key, { actor, action: 'rule.removed' }, async (tx, now) => {
    await removeRule(tx, key, now);
    return {};
  });
}

/** Over mentions found since then, in the background. `alerts`: its alerts go out too, where it has some. Returns the run's number. */
export async function startRuleRun(
  deps: Rules,
  rule: Rule,
  { since, alerts: asked }: { since: Date; alerts: boolean },
  actor: string,
): Promise<RuleRunId> {
  const alerts = asked && rule.actions.alert !== undefined;
  const { run } = await change(deps, rule.key, { actor, action: 'rule.run' }, async (tx) => ({
    run: await deps.rules.run(tx, { rule, since, alerts, actor }),
    since,
    alerts,
  }));
  return run;
}

/** Takes back what a run did, in the background. False when there is nothing to take back. */
export async function undoRuleRun(deps: Rules, run: RuleRun, actor: string): Promise<boolean> {
  const undone = await change(deps, run.ruleKey, { actor, action: 'rule.undone' }, async (tx) =>
    (await deps.rules.undo(tx, run.id)) ? { run: run.id } : null,
  );
  return undone !== null;
}
