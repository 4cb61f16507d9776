import { loadPeople } from '../../act/alerts/people.ts';
import { InputError, type InputIssue } from '../../lib/errors.ts';
import type { Alert, AlertDefinition } from '../../model/alert.ts';
import type { AlertId } from '../../model/ids.ts';
import { describeIssue } from '../../query/issues.ts';
import { readRuleQuery } from '../../query/saved.ts';
import { findAlert, saveAlert } from '../../store/alerts.ts';
import { addAudit } from '../../store/audit.ts';
import type { Db } from '../../store/db.ts';
import { listTopics } from '../../store/topics.ts';
import type { JobDeps } from '../deps.ts';

type Deps = Pick<JobDeps, 'db' | 'clock' | 'delivery'>;

function unknownOf(at: string, names: readonly string[], isKnown: (name: string) => boolean): InputIssue[] {
  return names.filter((name) => !isKnown(name)).map((name) => ({ at, message: `there is no "${name}"` }));
}

/** What an alert names and is not there; `at` names the field. */
export async function mistakesOf(
  db: Db,
  { delivery }: Pick<Deps, 'delivery'>,
  alert: AlertDefinition,
): Promise<InputIssue[]> {
  const [topics, people] = [await listTopics(db), await loadPeople(db)];
  const { tell, policy, condition } = alert;
  const read = condition === '' ? null : readRuleQuery(condition, topics);
  const isPerson = (email: string): boolean => people.has(email.toLowerCase());
  return [
    ...(read && 'issues' in read
      ? read.issues.map((issue) => ({ at: 'condition', message: describeIssue(condition, issue, 'en') }))
      : []),
    ...unknownOf('topics', alert.topics, (key) => topics.some((topic) => topic.key === key)),
    ...unknownOf('people', [...tell.people, ...(policy.escalate?.to ?? [])], isPerson),
    ...unknownOf('chats', tell.chats, (key) => delivery.chats?.has(key) ?? false),
    ...unknownOf('webhooks', tell.webhooks, (key) => delivery.crms.get(key)?.tell !== undefined),
  ];
}

/** As it would be if it were saved now. */
export function unsavedAlert(definition: AlertDefinition, zone: string, now: Date): Alert {
  const said = { position: 0, inForceSince: now, updatedAt: now, savedBy: '' };
  return { ...definition, id: 0 as AlertId, zone, ...said };
}

/** All of them or none. @throws InputError with what cannot be found */
export async function saveAlerts(
  deps: Deps,
  alerts: readonly AlertDefinition[],
  by: { actor: string; zone: string },
): Promise<void> {
  const now = deps.clock.now();
  const issues: InputIssue[] = [];
  for (const alert of alerts) {
    const own = await mistakesOf(deps.db, deps, alert);
    issues.push(...own.map(({ at, message }) => ({ at: `${alert.key}.${at}`, message })));
  }
  if (issues.length > 0) throw new InputError(issues);
  await deps.db.transaction(async (tx) => {
    for (const alert of alerts) {
      const before = await findAlert(tx, alert.key);
      await saveAlert(tx, alert, by, now);
      const { kind, settings, topics, condition, tell, policy, enabled } = alert;
      const detail = { before, after: { kind, settings, topics, condition, tell, policy, enabled } };
      await addAudit(tx, {
        at: now,
        actor: by.actor,
        action: 'alert.saved',
        subject: `alert:${alert.key}`,
        detail,
      });
    }
  });
}
