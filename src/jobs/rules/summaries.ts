import { giveSummary, SUMMARY_AT_MOST } from '../../act/rules/alert.ts';
import type { Db } from '../../store/db.ts';
import { heldMentions, takeEndedHours } from '../../store/rule-effects.ts';
import { findRuleById } from '../../store/rules.ts';
import type { JobDeps } from '../deps.ts';
import { loadNamed, readRule } from './read-rule.ts';

/** After the end of an hour; what was being written then has been written by now. */
const GRACE_MS = 60_000;
const AT_ONCE = 50;

type Deps = Pick<JobDeps, 'db' | 'clock' | 'delivery' | 'casePolicy'>;

async function summarise(tx: Db, deps: Deps): Promise<number> {
  const now = deps.clock.now();
  const hours = await takeEndedHours(tx, new Date(now.getTime() - GRACE_MS), AT_ONCE);
  const named = hours.length > 0 ? await loadNamed(tx, deps.delivery.crms) : null;
  for (const one of hours) {
    const held = await heldMentions(tx, one, SUMMARY_AT_MOST);
    const rule = held.count > 0 ? await findRuleById(tx, one.ruleId) : null;
    const alert = rule && named && readRule(rule, named).ready?.alert;
    if (alert) await giveSummary(tx, alert, { hour: one.hour, ...held }, deps.casePolicy.dashboardUrl, now);
  }
  return hours.length;
}

/** Tells, once an hour is over, of the mentions beyond a rule's limit in one message. Returns how many hours were closed. */
export function summariseAlerts(deps: Deps): Promise<number> {
  return deps.db.transaction((tx) => summarise(tx, deps));
}
