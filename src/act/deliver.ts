import { errorCode, errorMessage, PermanentError, RefusedError, RetryLaterError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { CASE_WITHDRAWN, type CasePayload, type WithdrawalPayload } from '../model/case.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Chat, Clock, Crm, Mail, Mailer } from '../model/ports.ts';
import type { Db } from '../store/db.ts';
import { type Attempt, markLeaving, recordAttempt } from '../store/deliveries.ts';
import { disableEndpoint, endpointDisabled } from '../store/endpoints.ts';
import { isIncidentEvent } from './alerts/event.ts';
import { sendToChat } from './chat/send.ts';
import { isAlert } from './rules/alert-event.ts';

export interface DeliveryEdges {
  db: Db;
  clock: Clock;
  log: Log;
  /** By key of the configuration. */
  crms: ReadonlyMap<string, Crm>;
  /** null when no SMTP server is configured. */
  mailer: Mailer | null;
  /** By key of the configuration; absent where none is configured. */
  chats?: ReadonlyMap<string, Chat>;
}

type Outcome = Attempt['outcome'];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The schedule that Standard Webhooks recommends: wait before attempt 2, 3, … ; after the last one a delivery is dead. */
export const RETRY_DELAYS_MS = [
  5000,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
const JITTER = 0.1;

/** When attempt number `attempts` failed: the time of the next, or null when that was the last one. */
export function nextAttempt(
  attempts: number,
  now: Date,
  wishedDelayMs: number | undefined,
  random: () => number = Math.random,
): Date | null {
  const scheduled = RETRY_DELAYS_MS[attempts - 1];
  if (scheduled === undefined) return null;
  const jittered = scheduled * (1 + JITTER * random());
  return new Date(now.getTime() + Math.max(jittered, wishedDelayMs ?? 0));
}

async function sendToCrm(edges: DeliveryEdges, delivery: Delivery): Promise<string> {
  const crm = edges.crms.get(delivery.endpoint);
  if (!crm)
    throw new PermanentError(
      'endpoint-unknown',
      `There is no endpoint "${delivery.endpoint}" in the configuration any more. Put it back and replay, or leave this as it is.`,
    );
  const disabled = await endpointDisabled(edges.db, delivery.endpoint);
  if (disabled !== null)
    throw new PermanentError('endpoint-disabled', `The endpoint is switched off: ${disabled}`);
  if (delivery.eventType === CASE_WITHDRAWN) {
    const { payload, id, createdAt } = delivery;
    return (await crm.withdrawCase(payload as WithdrawalPayload, id, createdAt)).summary;
  }
  if (!isAlert(delivery) && !isIncidentEvent(delivery.eventType))
    return (await crm.openCase(delivery.payload as CasePayload, delivery.id)).summary;
  if (!crm.tell)
    throw new PermanentError(
      'no-alerts',
      `The endpoint "${delivery.endpoint}" takes cases only. Name a webhook in the rule.`,
    );
  const { eventType: type, createdAt: at, payload: data } = delivery;
  return (await crm.tell({ type, at, data }, delivery.id)).summary;
}

/** `onLeaving`: from here on the mail may have left. */
async function sendMail(
  edges: DeliveryEdges,
  delivery: Delivery,
  onLeaving: () => Promise<void>,
): Promise<string> {
  if (!edges.mailer)
    throw new RetryLaterError(
      'smtp-missing',
      'No SMTP server is configured: set smtp.url and smtp.from (or SMTP_URL). The mail waits until then.',
    );
  const { response } = await edges.mailer.send(delivery.payload as Mail, onLeaving);
  return response;
}

/** How an attempt ended, as far as the other side and we can tell. */
interface Result {
  outcome: Outcome;
  detail: string;
  next: Date | null;
}

/** An error of a kind that nobody named, after a mail began to leave: only a person can tell whether it arrived. */
function isDoubtful(error: unknown, left: boolean): boolean {
  if (['smtp-in-doubt', 'chat-in-doubt'].includes(errorCode(error))) return true;
  return left && !(error instanceof PermanentError || error instanceof RetryLaterError);
}

function judgeFailure(edges: DeliveryEdges, delivery: Delivery, error: unknown, left: boolean): Result {
  const detail = errorMessage(error);
  if (isDoubtful(error, left)) return { outcome: 'in_doubt', detail, next: null };
  const mayRetry = !(error instanceof PermanentError || error instanceof RefusedError);
  const wished = error instanceof RetryLaterError ? error.delayMs : undefined;
  const next = mayRetry ? nextAttempt(delivery.attempts, edges.clock.now(), wished) : null;
  return { outcome: next ? 'retry' : 'dead', detail, next };
}

function sendBy(edges: DeliveryEdges, delivery: Delivery, onLeaving: () => Promise<void>): Promise<string> {
  if (delivery.channel === 'crm') return sendToCrm(edges, delivery);
  if (delivery.channel === 'mail') return sendMail(edges, delivery, onLeaving);
  return sendToChat(edges.db, edges.chats ?? new Map(), delivery, onLeaving);
}

async function send(edges: DeliveryEdges, delivery: Delivery): Promise<Result> {
  let left = false;
  try {
    const detail = await sendBy(edges, delivery, async () => {
      await markLeaving(edges.db, delivery.id);
      left = true;
    });
    return { outcome: 'delivered', detail, next: null };
  } catch (error) {
    const code = errorCode(error);
    const { id, endpoint, attempts } = delivery;
    if (code === 'endpoint-gone')
      await disableEndpoint(edges.db, endpoint, errorMessage(error), edges.clock.now());
    const result = judgeFailure(edges, delivery, error, left);
    edges.log.warn({ delivery: id, endpoint, code, attempt: attempts, next: result.next }, 'delivery failed');
    return result;
  }
}

/**
 * One attempt of a delivery that was claimed; its outcome is stored. Never throws for what the other side does. When the
 * outcome cannot be stored the claim runs out: a webhook goes out again under its id, a mail is in doubt.
 */
export async function attemptDelivery(edges: DeliveryEdges, delivery: Delivery): Promise<Outcome> {
  const { db, clock } = edges;
  const at = clock.now();
  const { outcome, detail, next } = await send(edges, delivery);
  const durationMs = clock.now().getTime() - at.getTime();
  const attempt = {
    attempt: delivery.attempts,
    at,
    durationMs,
    outcome,
    detail: detail.slice(0, 500).toWellFormed(),
  };
  await recordAttempt(db, delivery.id, attempt, next);
  return outcome;
}
