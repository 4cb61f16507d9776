import type { Alert, Incident } from '../../model/alert.ts';
import { namesOf } from '../../store/alert-incidents.ts';
import { addMessage, countTold } from '../../store/alert-messages.ts';
import type { Db } from '../../store/db.ts';
import { type Target, targetsOf } from './people.ts';
import { dueAt, hourOf } from './policy.ts';
import { sendTellings, type TellEdges } from './send.ts';
import type { Said } from './words.ts';

export async function sayOf(tx: Db, incident: Incident, zone: string): Promise<Said> {
  return { incident, names: await namesOf(tx, incident), zone };
}

/** Tells one recipient of a step of an incident, at once or when he may be told; nothing when he has been. */
async function tellOne(
  tx: Db,
  edges: TellEdges,
  alert: Alert,
  said: Said,
  target: Target & { step: string },
  now: Date,
): Promise<boolean> {
  const { policy, zone } = alert;
  // Programs are not woken.
  const due =
    target.way === 'webhook' ? now : dueAt(now, policy, zone, await countTold(tx, target, hourOf(now)));
  const message = await addMessage(tx, {
    ...target,
    incidentId: said.incident.id,
    alertId: alert.id,
    dueAt: due,
  });
  if (!message) return false;
  if (due <= now) await sendTellings(tx, edges, [{ message, said, alert }], now);
  return true;
}

/** Tells everybody whom the alert names and who has not been told yet. Returns how many are told now or later. */
export async function tellIncident(
  tx: Db,
  edges: TellEdges,
  alert: Alert,
  incident: Incident,
  now: Date,
  step: { step: string; targets?: readonly Target[] } = { step: 'opened' },
): Promise<number> {
  const targets = step.targets ?? targetsOf(alert.tell, edges.people);
  const said = await sayOf(tx, incident, alert.zone);
  let told = 0;
  for (const target of targets)
    if (await tellOne(tx, edges, alert, said, { ...target, step: step.step }, now)) told += 1;
  return told;
}
