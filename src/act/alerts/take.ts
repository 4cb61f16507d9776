import type { Incident } from '../../model/alert.ts';
import type { IncidentId } from '../../model/ids.ts';
import { acknowledge, getIncident, lockIncidents } from '../../store/alert-incidents.ts';
import { dropHeld } from '../../store/alert-messages.ts';
import { addAudit } from '../../store/audit.ts';
import type { Db } from '../../store/db.ts';

/** Somebody takes an incident: nothing of it is passed on, what was held back is not told. null: there is no such incident. */
export async function takeIncident(tx: Db, id: IncidentId, by: string, now: Date): Promise<Incident | null> {
  await lockIncidents(tx);
  const isFirst = await acknowledge(tx, id, by, now);
  if (isFirst) {
    await dropHeld(tx, id);
    await addAudit(tx, { at: now, actor: by, action: 'alert.taken', subject: `incident:${id}`, detail: {} });
  }
  return getIncident(tx, id);
}
