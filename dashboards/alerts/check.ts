import type { InputIssue } from '../../src/lib/errors.ts';
import type { Alert, AlertDefinition } from '../../src/model/alert.ts';
import type { AlertId } from '../../src/model/ids.ts';
import { removeAlert } from '../../src/store/alerts.ts';
import { addAudit } from '../../src/store/audit.ts';
import type { DashboardDeps } from '../deps.ts';

/** Of what somebody wrote, or the mistakes in it and what it names that is not there. */
export async function checkAlert(
  { alerts }: Pick<DashboardDeps, 'alerts'>,
  value: unknown,
): Promise<{ definition: AlertDefinition } | { issues: InputIssue[] }> {
  const read = alerts.read(value);
  if ('issues' in read) return read;
  const issues = await alerts.mistakesOf(read);
  return issues.length > 0 ? { issues } : { definition: read };
}

/** As it would be if it were saved now. */
export function unsavedAlert(definition: AlertDefinition, zone: string, now: Date): Alert {
  const said = { position: 0, inForceSince: now, updatedAt: now, savedBy: '' };
  return { ...definition, id: 0 as AlertId, zone, ...said };
}

/** Its incidents stay to be read. False when there is none of this key. */
export async function dropAlert(
  { db, clock }: Pick<DashboardDeps, 'db' | 'clock'>,
  key: string,
  actor: string,
): Promise<boolean> {
  const at = clock.now();
  return db.transaction(async (tx) => {
    if (!(await removeAlert(tx, key, at))) return false;
    await addAudit(tx, { at, actor, action: 'alert.removed', subject: `alert:${key}`, detail: {} });
    return true;
  });
}
