import type { Finding, Incident } from '../../model/alert.ts';
import type { AlertId } from '../../model/ids.ts';
import {
  addIncident,
  addPosts,
  addSubjects,
  endIncidents,
  lockIncidents,
  openIncidents,
  updateIncident,
} from '../../store/alert-incidents.ts';
import type { Db } from '../../store/db.ts';
import { belongs, isOver } from './policy.ts';

/** Who noticed something. */
export interface Noticed {
  alertId: AlertId | null;
  ruleId: number | null;
  kind: string;
  cooldownMs: number;
}

/** Puts a finding into the incident that it belongs to, or opens one. From here until the transaction ends nobody else does. */
export async function placeFinding(
  tx: Db,
  by: Noticed,
  finding: Finding,
  now: Date,
): Promise<{ incident: Incident; isNew: boolean }> {
  await lockIncidents(tx);
  const open = await openIncidents(tx, finding.subjects);
  const over = open.filter((incident) => isOver(incident, now));
  await endIncidents(
    tx,
    over.map(({ id }) => id),
    now,
  );
  const known = open.find((one) => belongs(finding, { ...one, subjects: new Set(one.subjects) }, now));
  const incident = known ?? (await addIncident(tx, { ...by, ...finding, facts: finding.numbers }, now));
  await addSubjects(tx, incident.id, finding.subjects);
  const added = await addPosts(tx, incident.id, finding.documents, now);
  // Whoever noticed it first has the word: its numbers are of its kind.
  const isOwn = incident.kind === by.kind;
  const facts = isOwn ? finding.numbers : incident.facts;
  const seen = { added, facts, storyId: finding.storyId, peak: finding.documents.length };
  return { incident: await updateIncident(tx, incident.id, seen, now), isNew: !known };
}
