import { randomUUID } from 'node:crypto';
import { withoutPrivate } from '../../lib/private/mask.ts';
import type { Incident, Way } from '../../model/alert.ts';
import type { Customer } from '../../model/customer.ts';
import type { Author, Document } from '../../model/document.ts';
import type { Rule } from '../../model/rule.ts';
import type { Mention, Topic } from '../../model/topic.ts';
import { addMessage, markTold, messagesOf } from '../../store/alert-messages.ts';
import type { Db } from '../../store/db.ts';
import type { MentionState } from '../../store/decisions.ts';
import { addDelivery } from '../../store/deliveries.ts';
import { type AlertHour, countAlert, type HeldMention } from '../../store/rule-effects.ts';
import { findCarriers } from '../../store/stories.ts';
import { subjectOf } from '../alerts/kinds/mention-finding.ts';
import { placeFinding } from '../alerts/place.ts';
import { mentionPayload } from '../mention-event.ts';
import { cutTo, withText } from '../payload.ts';
import { tellEndpoints } from '../tell-endpoints.ts';
import { ALERT_EVENTS, type AlertPayload, type AlertsPayload } from './alert-event.ts';
import { type AlertRecipient, alertMail } from './alert-mail.ts';

/** A rule's alert, with everybody looked up who is told. */
export interface ReadyAlert {
  rule: Pick<Rule, 'id' | 'key' | 'name'>;
  recipients: readonly AlertRecipient[];
  /** Keys of endpoints. */
  webhooks: readonly string[];
  perHour: number;
}

export interface Alerted {
  state: MentionState;
  complaint: Mention['complaint'];
  status: Mention['status'];
  /** E-mail of whom it is assigned to. */
  assigned: string | null;
  topic: Pick<Topic, 'key' | 'name'>;
  document: Document;
  author: Author | null;
  customer: Pick<Customer, 'externalId' | 'name' | 'tier'> | null;
}

interface Sent {
  way: Way;
  recipient: string;
  /** Its number. */
  delivery: string;
}

const HOUR_MS = 3_600_000;
/** A story of which nothing was seen for so long is told anew. */
const COOLDOWN_MS = 12 * HOUR_MS;
const MAX_NAME = 200;
const MAX_TITLE = 120;
const MAX_URL = 150;
/** So many fit into a webhook's body. */
export const SUMMARY_AT_MOST = 25;

function rulePart({ key, name }: ReadyAlert['rule'], dashboardUrl: string): AlertPayload['rule'] {
  return { key, name: cutTo(name, MAX_NAME), link: `${dashboardUrl}/rules/${key}` };
}

function toPayload(alert: ReadyAlert, about: Alerted, dashboardUrl: string): AlertPayload {
  const { state, complaint, status, ...rest } = about;
  const mention = { ...state, complaint, status };
  const payload = {
    rule: rulePart(alert.rule, dashboardUrl),
    ...mentionPayload({ ...rest, mention }, dashboardUrl),
  };
  return withText(payload, about.document, []);
}

async function send(
  tx: Db,
  alert: ReadyAlert,
  event: { type: string; key: string; payload: AlertPayload | AlertsPayload },
  dashboardUrl: string,
  now: Date,
): Promise<Sent[]> {
  const common = { eventType: event.type, eventKey: event.key, createdAt: now };
  const told = await tellEndpoints(tx, alert.webhooks, event, now);
  const sent: Sent[] = told.map((delivery, at) => ({
    way: 'webhook',
    recipient: alert.webhooks[at] ?? '',
    delivery,
  }));
  for (const recipient of alert.recipients) {
    const id = randomUUID();
    const payload = alertMail(id, event.payload, recipient, dashboardUrl);
    const delivery = { ...common, id, channel: 'mail' as const, endpoint: recipient.email, payload };
    const email = recipient.email.toLowerCase();
    sent.push({ way: 'mail', recipient: email, delivery: await addDelivery(tx, delivery) });
  }
  return sent;
}

/** The incident that this mention belongs to: its story's, whoever noticed that first. */
async function placeMention(
  tx: Db,
  { rule }: ReadyAlert,
  { document, state }: Alerted,
  now: Date,
): Promise<Incident> {
  const [carrier] = await findCarriers(tx, [document.id]);
  const storyId = carrier?.storyId ?? null;
  const finding = {
    subjects: [subjectOf(document.id, storyId)],
    topicId: state.topicId,
    storyId,
    sourceId: null,
    documents: [document.id],
    numbers: {},
  };
  const by = { alertId: null, ruleId: rule.id, kind: 'rule', cooldownMs: COOLDOWN_MS };
  return (await placeFinding(tx, by, finding, now)).incident;
}

/** Without those who have been told of the incident already. */
async function untold(tx: Db, alert: ReadyAlert, incident: Incident): Promise<ReadyAlert> {
  const told = new Set(
    (await messagesOf(tx, incident.id)).map(({ way, recipient }) => `${way} ${recipient}`),
  );
  return {
    ...alert,
    webhooks: alert.webhooks.filter((key) => !told.has(`webhook ${key}`)),
    recipients: alert.recipients.filter(({ email }) => !told.has(`mail ${email.toLowerCase()}`)),
  };
}

async function noteSent(tx: Db, incident: Incident, sent: readonly Sent[], now: Date): Promise<void> {
  for (const { way, recipient, delivery: deliveryId } of sent) {
    const one = { incidentId: incident.id, alertId: null, way, recipient, step: 'opened', dueAt: now };
    const message = await addMessage(tx, one);
    if (message)
      await markTold(tx, message.id, { deliveryId, count: incident.count, batch: message.id }, now);
  }
}

/**
 * Tells everybody whom the rule names and who does not know of the story yet, in the caller's transaction; once, whatever the mention's number
 * is by then. `joined`: all of them know. `held`: the rule has used up its hour, and the mention waits for the summary.
 */
export async function giveAlert(
  tx: Db,
  alert: ReadyAlert,
  about: Alerted,
  dashboardUrl: string,
  now: Date,
): Promise<'sent' | 'held' | 'joined'> {
  const incident = await placeMention(tx, alert, about, now);
  const left = await untold(tx, alert, incident);
  if (left.recipients.length + left.webhooks.length === 0) return 'joined';
  const { alerts, isOver } = await countAlert(tx, alert.rule.id, now);
  if (alerts > alert.perHour && !isOver) return 'held';
  const { document, state } = about;
  const event = {
    type: ALERT_EVENTS.one,
    key: `alert:${alert.rule.id}:${document.id}:${state.topicId}`,
    payload: toPayload(alert, about, dashboardUrl),
  };
  await noteSent(tx, incident, await send(tx, left, event, dashboardUrl, now), now);
  return 'sent';
}

/** One message for all mentions of an hour beyond its limit. `mentions`: the newest of `count`. */
export async function giveSummary(
  tx: Db,
  alert: ReadyAlert,
  { hour, mentions, count }: Pick<AlertHour, 'hour'> & { mentions: readonly HeldMention[]; count: number },
  dashboardUrl: string,
  now: Date,
): Promise<void> {
  const payload: AlertsPayload = {
    rule: rulePart(alert.rule, dashboardUrl),
    from: hour.toISOString(),
    to: new Date(hour.getTime() + HOUR_MS).toISOString(),
    count,
    mentions: mentions.slice(0, SUMMARY_AT_MOST).map((m) => ({
      id: m.id,
      link: `${dashboardUrl}/mentions/${m.documentId}`,
      topic: { key: m.topicKey, name: cutTo(m.topicName, MAX_TITLE) },
      url: cutTo(m.url, MAX_URL),
      title: m.title === null ? null : cutTo(withoutPrivate(m.title), MAX_TITLE),
    })),
  };
  const event = { type: ALERT_EVENTS.many, key: `alerts:${alert.rule.id}:${hour.toISOString()}`, payload };
  await send(tx, alert, event, dashboardUrl, now);
}
