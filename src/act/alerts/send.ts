import { randomUUID } from 'node:crypto';
import type { Alert, ChatPayload } from '../../model/alert.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Language } from '../../model/user.ts';
import { type AlertMessage, markTold } from '../../store/alert-messages.ts';
import type { Db } from '../../store/db.ts';
import { addDelivery } from '../../store/deliveries.ts';
import { INCIDENT_EVENTS, type IncidentPayload } from './event.ts';
import { incidentMail } from './incident-mail.ts';
import type { People } from './people.ts';
import { type Sign, takeLink } from './take-link.ts';
import { foreign, headingOf, type Said, titleOf, wordsOf, wordsOfMany } from './words.ts';

/** What telling works with. */
export interface TellEdges {
  dashboardUrl: string;
  sign: Sign;
  people: People;
  /** Chats of the configuration, by key. */
  chats: ReadonlyMap<string, { language: Language; canEdit: boolean }>;
}

/** A message with what it is about. */
export interface Telling {
  message: AlertMessage;
  said: Said;
  /** null: it was noticed by a rule. */
  alert: Alert | null;
}

const TITLE = 120;
const TEXT = 600;

export function incidentPayload(
  { said, alert }: Omit<Telling, 'message'>,
  dashboardUrl: string,
): IncidentPayload {
  const { incident, names } = said;
  return {
    alert: alert && {
      key: alert.key,
      name: alert.name,
      kind: alert.kind,
      link: `${dashboardUrl}/alerts/${alert.key}`,
    },
    incident: {
      id: incident.id,
      link: `${dashboardUrl}/alerts/incidents/${incident.id}`,
      opened_at: incident.openedAt.toISOString(),
      last_seen_at: incident.lastSeenAt.toISOString(),
      ended_at: incident.endedAt?.toISOString() ?? null,
      posts: incident.count,
      acknowledged_by: incident.acknowledgedBy,
      story: incident.storyId,
      topic: names.topic || null,
      source: names.source || null,
      facts: incident.facts,
    },
    title: titleOf(said, 'en'),
    example:
      names.document === null
        ? null
        : {
            link: `${dashboardUrl}/mentions/${names.document}`,
            url: (names.url ?? '').slice(0, 2000),
            title: names.title && headingOf(names),
            text: foreign(names.text, TEXT),
          },
  };
}

type Outgoing = Pick<Delivery, 'eventType' | 'eventKey'>;

/** The event's name and key: each step of an incident leaves once to each endpoint. */
function outgoing(tellings: readonly Telling[]): Outgoing {
  const [first] = tellings as [Telling];
  if (tellings.length > 1)
    return { eventType: INCIDENT_EVENTS.many, eventKey: `incidents:${first.message.id}` };
  const { incidentId, step } = first.message;
  const eventType =
    step === 'escalated' || step === 'ended' || step === 'opened'
      ? INCIDENT_EVENTS[step]
      : INCIDENT_EVENTS.updated;
  return { eventType, eventKey: `incident:${incidentId}:${step}` };
}

function deliveryOf(
  tellings: readonly Telling[],
  edges: TellEdges,
): Pick<Delivery, 'id' | 'channel' | 'endpoint' | 'payload'> | null {
  const [first] = tellings as [Telling];
  const { message, alert } = first;
  const { dashboardUrl } = edges;
  const id = randomUUID();
  const inWords = (language: Language) =>
    tellings.length > 1
      ? wordsOfMany(
          tellings.map(({ said }) => said),
          language,
          dashboardUrl,
        )
      : wordsOf(first.said, language, dashboardUrl);
  if (message.way === 'mail') {
    const language = edges.people.get(message.recipient)?.language ?? 'ru';
    const take =
      tellings.length === 1 && !first.said.incident.endedAt
        ? takeLink(edges.sign, dashboardUrl, message.id)
        : null;
    const from = {
      alert: alert && { name: foreign(alert.name, TITLE), link: `${dashboardUrl}/alerts/${alert.key}` },
      take,
      dashboardUrl,
    };
    const payload = incidentMail(id, inWords(language), { email: message.recipient, language }, from);
    return { id, channel: 'mail', endpoint: message.recipient, payload };
  }
  if (message.way === 'chat') {
    const language = edges.chats.get(message.recipient)?.language ?? 'ru';
    const words = inWords(language);
    const payload: ChatPayload = {
      language,
      words,
      message: message.id,
      telling: message.tellings,
      isEdit: false,
    };
    return { id, channel: 'chat', endpoint: `chat:${message.recipient}`, payload };
  }
  if (message.way === 'webhook') {
    const payload =
      tellings.length > 1
        ? { incidents: tellings.map((one) => incidentPayload(one, dashboardUrl).incident) }
        : incidentPayload(first, dashboardUrl);
    return { id, channel: 'crm', endpoint: message.recipient, payload };
  }
  return null;
}

/** Hands messages to one recipient by one way over to the deliveries, several as one. In the caller's transaction. */
export async function sendTellings(
  tx: Db,
  edges: TellEdges,
  tellings: readonly Telling[],
  now: Date,
): Promise<void> {
  const [first] = tellings;
  if (!first) return;
  const made = deliveryOf(tellings, edges);
  const deliveryId = made && (await addDelivery(tx, { ...made, ...outgoing(tellings), createdAt: now }));
  for (const { message, said } of tellings)
    await markTold(tx, message.id, { deliveryId, count: said.incident.count, batch: first.message.id }, now);
}
