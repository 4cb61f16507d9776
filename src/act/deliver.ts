import { errorCode, errorMessage, PermanentError, RetryLaterError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { CasePayload } from '../model/case.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Clock, Crm, Mail, Mailer } from '../model/ports.ts';
import type { Db } from '../store/db.ts';
import { type Attempt, markLeaving, recordAttempt } from '../store/deliveries.ts';
import { disableEndpoint, endpointDisabled } from '../store/endpoints.ts';

export interface DeliveryEdges {
  db: Db;
  clock: Clock;
  log: Log;
  /** By key of the configuration. */
  crms: ReadonlyMap<string, Crm>;
  /** null when no SMTP server is configured. */
  mailer: Mailer | null;
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
  return (await crm.openCase(delivery.payload as CasePayload, delivery.id)).summary;
}

async function sendMail(edges: DeliveryEdges, delivery: Delivery): Promise<string> {
  if (!edges.mailer)
    throw new RetryLaterError(
      'smtp-missing',
      'No SMTP server is configured: set smtp.url and smtp.from (or SMTP_URL). The mail waits until then.',
    );
  const { response } = await edges.mailer.send(delivery.payload as Mail, () =>
    markLeaving(edges.db, delivery.id),
  );
  return response;
}

/** One attempt of a delivery that was claimed; its outcome is stored. Never throws for what the other side does. */
export async function attemptDelivery(edges: DeliveryEdges, delivery: Delivery): Promise<Outcome> {
  const { db, clock, log } = edges;
  const at = clock.now();
  const attempt = (outcome: Outcome, detail: string) => ({
    attempt: delivery.attempts,
    at,
    durationMs: clock.now().getTime() - at.getTime(),
    outcome,
    detail: detail.slice(0, 500),
  });
  try {
    const detail =
      delivery.channel === 'crm' ? await sendToCrm(edges, delivery) : await sendMail(edges, delivery);
    await recordAttempt(db, delivery.id, attempt('delivered', detail), null);
    return 'delivered';
  } catch (error) {
    const code = errorCode(error);
    if (code === 'endpoint-gone') await disableEndpoint(db, delivery.endpoint, errorMessage(error), at);
    const mayRetry = !(error instanceof PermanentError);
    const wished = error instanceof RetryLaterError ? error.delayMs : undefined;
    const next = mayRetry ? nextAttempt(delivery.attempts, clock.now(), wished) : null;
    // The line broke while the message was on its way: only a person can tell whether it arrived.
    const outcome = code === 'smtp-in-doubt' ? 'in_doubt' : next ? 'retry' : 'dead';
    log.warn(
      { delivery: delivery.id, endpoint: delivery.endpoint, code, attempt: delivery.attempts, next },
      'delivery failed',
    );
    await recordAttempt(db, delivery.id, attempt(outcome, errorMessage(error)), next);
    return outcome;
  }
}
