import { randomUUID } from 'node:crypto';
import type { Alert, ChatPayload, Incident } from '../../model/alert.ts';
import type { AlertId, IncidentId } from '../../model/ids.ts';
import {
  endIncidents,
  getIncident,
  lockIncidents,
  lockOver,
  markEscalated,
  neglectedIncidents,
} from '../../store/alert-incidents.ts';
import {
  type AlertMessage,
  addMessage,
  grownMessages,
  lockDueHeld,
  markTold,
  messagesOf,
  outdatedMessages,
  postpone,
} from '../../store/alert-messages.ts';
import { alertsById } from '../../store/alerts.ts';
import type { Db } from '../../store/db.ts';
import { addDelivery } from '../../store/deliveries.ts';
import { INCIDENT_EVENTS } from './event.ts';
import { type Target, targetsOf } from './people.ts';
import { quietUntil } from './policy.ts';
import { incidentPayload, sendTellings, type TellEdges, type Telling } from './send.ts';
import { sayOf, tellIncident } from './tell.ts';
import { wordsOf } from './words.ts';

const AT_ONCE = 500;
/** A message that is edited rings nowhere; once a minute keeps within what chats allow. */
const EDIT_MS = 60_000;
const UPDATE_MS = 5 * 60_000;

async function tellingOf(
  tx: Db,
  message: AlertMessage,
  alerts: ReadonlyMap<AlertId, Alert>,
): Promise<Telling | null> {
  const incident = await getIncident(tx, message.incidentId);
  const alert = message.alertId === null ? null : (alerts.get(message.alertId) ?? null);
  return incident && { message, alert, said: await sayOf(tx, incident, alert?.zone ?? 'UTC') };
}

async function alertsOf(tx: Db, messages: readonly AlertMessage[]): Promise<Map<AlertId, Alert>> {
  return alertsById(tx, [...new Set(messages.flatMap(({ alertId }) => alertId ?? []))]);
}

/** What waited for the end of quiet hours, or of an hour: to each recipient as one message. */
async function releaseHeld(tx: Db, edges: TellEdges, now: Date): Promise<number> {
  const held = await lockDueHeld(tx, now, AT_ONCE);
  const alerts = await alertsOf(tx, held);
  const groups = new Map<string, Telling[]>();
  for (const message of held) {
    const telling = await tellingOf(tx, message, alerts);
    const policy = telling?.alert?.policy;
    const quiet =
      policy && !policy.urgent ? quietUntil(now, policy.quiet, telling?.alert?.zone ?? 'UTC') : null;
    if (quiet) await postpone(tx, message.id, quiet);
    if (!telling || quiet) continue;
    const key = `${message.way} ${message.recipient}`;
    groups.set(key, [...(groups.get(key) ?? []), telling]);
  }
  for (const tellings of groups.values()) await sendTellings(tx, edges, tellings, now);
  return groups.size;
}

/** Messages that can be edited say what is known by now; webhooks are told, but not of every post. */
async function updateTold(tx: Db, edges: TellEdges, webhooks: readonly string[], now: Date): Promise<void> {
  const chats = [...edges.chats].filter(([, { canEdit }]) => canEdit).map(([key]) => key);
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  const edits = await outdatedMessages(
    tx,
    { way: 'chat', recipients: chats, before: before(EDIT_MS) },
    AT_ONCE,
  );
  const events = await outdatedMessages(
    tx,
    { way: 'webhook', recipients: webhooks, before: before(UPDATE_MS) },
    AT_ONCE,
  );
  const messages = [...edits, ...events];
  const alerts = await alertsOf(tx, messages);
  for (const message of messages) {
    const telling = await tellingOf(tx, message, alerts);
    if (telling) await updateOne(tx, edges, telling, now);
  }
}

async function updateOne(tx: Db, edges: TellEdges, telling: Telling, now: Date): Promise<void> {
  const { message, said } = telling;
  const told = { deliveryId: null, count: said.incident.count, batch: message.id };
  const number = await markTold(tx, message.id, told, now);
  const eventKey = `incident:${message.incidentId}:${message.id}:${number}`;
  const common = { id: randomUUID(), eventType: INCIDENT_EVENTS.updated, eventKey, createdAt: now };
  if (message.way === 'webhook') {
    const payload = incidentPayload(telling, edges.dashboardUrl);
    const eventType = said.incident.endedAt ? INCIDENT_EVENTS.ended : INCIDENT_EVENTS.updated;
    await addDelivery(tx, { ...common, eventType, channel: 'crm', endpoint: message.recipient, payload });
    return;
  }
  const language = edges.chats.get(message.recipient)?.language ?? 'ru';
  const words = wordsOf(said, language, edges.dashboardUrl);
  const payload: ChatPayload = { language, words, message: message.id, telling: number, isEdit: true };
  await addDelivery(tx, { ...common, channel: 'chat', endpoint: `chat:${message.recipient}`, payload });
}

/** Chats that cannot edit get another message when there is ten times as much. */
async function tellGrown(tx: Db, edges: TellEdges, now: Date): Promise<void> {
  const chats = [...edges.chats].filter(([, { canEdit }]) => !canEdit).map(([key]) => key);
  const grown = await grownMessages(tx, 'chat', chats, AT_ONCE);
  const alerts = await alertsOf(tx, grown);
  for (const message of grown) {
    const telling = await tellingOf(tx, message, alerts);
    if (!telling?.alert) continue;
    const { incident } = telling.said;
    const quiet = telling.alert.policy.urgent
      ? null
      : quietUntil(now, telling.alert.policy.quiet, telling.alert.zone);
    const { incidentId, alertId, way, recipient } = message;
    const step = `x${message.tellings}`;
    const next = await addMessage(tx, { incidentId, alertId, way, recipient, step, dueAt: quiet ?? now });
    // The first message keeps count of what was told.
    await markTold(tx, message.id, { deliveryId: null, count: incident.count, batch: message.id }, now);
    if (next && !quiet) await sendTellings(tx, edges, [{ ...telling, message: next }], now);
  }
}

/** Nobody has taken it for as long as its alert waits: others are told, and the chats once more. */
async function escalate(tx: Db, edges: TellEdges, now: Date): Promise<number> {
  const neglected = await neglectedIncidents(tx, now);
  const alerts = await alertsById(tx, [...new Set(neglected.flatMap(({ alertId }) => alertId ?? []))]);
  for (const incident of neglected) {
    const alert = incident.alertId === null ? undefined : alerts.get(incident.alertId);
    if (!alert?.policy.escalate) continue;
    await markEscalated(tx, incident.id, now);
    const tell = {
      ...alert.tell,
      people: alert.policy.escalate.to,
      by: ['mail' as const, 'browser' as const],
    };
    const targets = targetsOf(tell, edges.people);
    await tellIncident(tx, edges, alert, { ...incident, escalatedAt: now }, now, {
      step: 'escalated',
      targets,
    });
  }
  return neglected.length;
}

/** Closes what is over; by mail that is told only where somebody wants it. */
async function endOver(tx: Db, edges: TellEdges, now: Date): Promise<IncidentId[]> {
  const over = await lockOver(tx, now, AT_ONCE);
  await endIncidents(
    tx,
    over.map(({ id }) => id),
    now,
  );
  const alerts = await alertsById(tx, [...new Set(over.flatMap(({ alertId }) => alertId ?? []))]);
  for (const incident of over) {
    const alert = incident.alertId === null ? undefined : alerts.get(incident.alertId);
    if (alert?.policy.end_summary) await tellEnd(tx, edges, alert, { ...incident, endedAt: now }, now);
  }
  return over.map(({ id }) => id);
}

async function tellEnd(tx: Db, edges: TellEdges, alert: Alert, incident: Incident, now: Date): Promise<void> {
  const told = await messagesOf(tx, incident.id);
  const targets = told
    .filter(({ way, state, step }) => way === 'mail' && state === 'sent' && step === 'opened')
    .map(({ way, recipient }): Target => ({ way, recipient }));
  await tellIncident(tx, edges, alert, incident, now, { step: 'ended', targets });
}

/** What time brings: held messages go out, told ones are brought up to date, the neglected are passed on, the past is closed. */
export async function keepIncidents(
  tx: Db,
  edges: TellEdges,
  webhooks: readonly string[],
  now: Date,
): Promise<{ released: number; escalated: number; ended: number }> {
  await lockIncidents(tx);
  const ended = await endOver(tx, edges, now);
  const escalated = await escalate(tx, edges, now);
  const released = await releaseHeld(tx, edges, now);
  await tellGrown(tx, edges, now);
  await updateTold(tx, edges, webhooks, now);
  return { released, escalated, ended: ended.length };
}
