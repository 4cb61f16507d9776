import { errorCode, errorMessage, PermanentError, RefusedError, RetryLaterError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { CASE_OPENED, CASE_UPDATED, CASE_WITHDRAWN } from '../model/case.ts';
import type { CasePayload, WithdrawalPayload } from '../model/case-payload.ts';
import type { Delivery } from '../model/delivery.ts';
import type { HttpExchange } from '../model/exchange.ts';
import type { Chat, Clock, Crm, Mail, Mailer, Receipt } from '../model/ports.ts';
import { findOpenedCase, saveCaseRecord } from '../store/case-records.ts';
import type { Db } from '../store/db.ts';
import { type Attempt, giveBackAttempt, markLeaving, recordAttempt } from '../store/deliveries.ts';
import { endpointDisabled, pauseEndpoint } from '../store/endpoints.ts';
import { endOutage } from '../store/outages.ts';
import { sendToChat } from './chat/send.ts';
import { recordExchanges } from './exchanges.ts';
import { suspectEndpoint } from './outages.ts';
import { switchOff, switchOffIfFailing } from './switch-off.ts';

export interface DeliveryEdges {
  db: Db;
  clock: Clock;
  log: Log;
  /** By key of the configuration. */
  crms: ReadonlyMap<string, Crm>;
  /** null when no SMTP server is configured. */
  mailer: Mailer | null;
  /** Without a slash at its end. */
  dashboardUrl: string;
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
const SHORTEST_REST_MS = 1000;

/** The place in the schedule at which a delivery of this age is, were it tried on time. */
function placeByAge(ageMs: number): number {
  let passed = 0;
  const place = RETRY_DELAYS_MS.findIndex((delay) => {
    passed += delay;
    return ageMs < passed;
  });
  return place === -1 ? RETRY_DELAYS_MS.length : place;
}

/**
 * When an attempt failed: the time of the next, or null when that was the last one. Attempts that follow one another faster than the schedule, because the
 * endpoint comes and goes or the program dies amid them, do not use it up: nothing is given up before its time.
 */
export function nextAttempt(
  { attempts, createdAt }: Pick<Delivery, 'attempts' | 'createdAt'>,
  now: Date,
  wishedDelayMs: number | undefined,
  random: () => number = Math.random,
): Date | null {
  const place = Math.min(attempts - 1, placeByAge(now.getTime() - createdAt.getTime()));
  const scheduled = RETRY_DELAYS_MS[place];
  if (scheduled === undefined) return null;
  const jittered = scheduled * (1 + JITTER * random());
  return new Date(now.getTime() + Math.max(jittered, wishedDelayMs ?? 0));
}

/** What the case is there is kept: by it the CRM is asked how the case stands, and told that it is withdrawn. */
async function keepRecord(
  db: Db,
  { endpoint, payload }: Delivery,
  { externalId, url = null }: Receipt,
): Promise<void> {
  if (externalId === null) return;
  await saveCaseRecord(db, { caseId: (payload as CasePayload).case.id, endpoint, externalId, url });
}

async function openCase(db: Db, crm: Crm, delivery: Delivery): Promise<string> {
  const receipt = await crm.openCase(delivery.payload as CasePayload, delivery.id);
  await keepRecord(db, delivery, receipt);
  return receipt.summary;
}

async function updateCase(db: Db, crm: Crm, delivery: Delivery): Promise<string> {
  const { id, endpoint, payload, createdAt } = delivery;
  const known = payload as CasePayload;
  const opened = await findOpenedCase(db, endpoint, known.case.id);
  const receipt = await crm.updateCase(known, id, createdAt, opened ?? undefined);
  if (!opened?.externalId) await keepRecord(db, delivery, receipt);
  return receipt.summary;
}

async function withdrawCase(db: Db, crm: Crm, delivery: Delivery): Promise<string> {
  const payload = delivery.payload as WithdrawalPayload;
  const opened = await findOpenedCase(db, delivery.endpoint, payload.case.id);
  return (await crm.withdrawCase(payload, delivery.id, delivery.createdAt, opened ?? undefined)).summary;
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
  if (delivery.eventType === CASE_OPENED) return openCase(edges.db, crm, delivery);
  if (delivery.eventType === CASE_UPDATED) return updateCase(edges.db, crm, delivery);
  if (delivery.eventType === CASE_WITHDRAWN) return withdrawCase(edges.db, crm, delivery);
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
  /** The attempt said nothing of the delivery and does not count. */
  isFree?: true;
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
  const next = mayRetry ? nextAttempt(delivery, edges.clock.now(), wished) : null;
  return { outcome: next ? 'retry' : 'dead', detail, next };
}

function sendBy(edges: DeliveryEdges, delivery: Delivery, onLeaving: () => Promise<void>): Promise<string> {
  if (delivery.channel === 'crm') return sendToCrm(edges, delivery);
  if (delivery.channel === 'mail') return sendMail(edges, delivery, onLeaving);
  return sendToChat(edges.db, edges.chats ?? new Map(), delivery, onLeaving);
}

/** Nobody is let in there: this delivery and all others wait, and none dies of it. */
async function pause({ db, clock }: DeliveryEdges, endpoint: string, error: unknown): Promise<Result> {
  const detail = errorMessage(error);
  await pauseEndpoint(db, endpoint, detail, clock.now());
  return { outcome: 'retry', detail, next: clock.now(), isFree: true };
}

/** It asks for patience: no failure, and no step of the schedule. */
function waitAsAsked({ clock }: DeliveryEdges, error: RetryLaterError): Result {
  const delayMs = Math.max(SHORTEST_REST_MS, error.delayMs ?? 0) * (1 + JITTER * Math.random());
  const next = new Date(clock.now().getTime() + delayMs);
  return { outcome: 'retry', detail: error.message, next, isFree: true };
}

async function answered({ db, clock, log }: DeliveryEdges, endpoint: string): Promise<void> {
  const waited = await endOutage(db, endpoint, clock.now());
  if (waited > 0) log.info({ endpoint, waited }, 'the endpoint answers again');
}

/** While the endpoint is down no attempt counts, and none is the last. */
async function failAtEndpoint(edges: DeliveryEdges, delivery: Delivery, error: unknown): Promise<Result> {
  const { db, clock, dashboardUrl } = edges;
  const { endpoint } = delivery;
  const code = errorCode(error);
  const now = clock.now();
  if (code === 'credentials') return pause(edges, endpoint, error);
  if (code === 'rate-limited' && error instanceof RetryLaterError) return waitAsAsked(edges, error);
  if (code === 'endpoint-gone') await switchOff(db, endpoint, errorMessage(error), dashboardUrl, now);
  if (error instanceof PermanentError) await answered(edges, endpoint);
  const wasDown = await suspectEndpoint(db, delivery, error, now);
  const result: Result = wasDown
    ? { outcome: 'retry', detail: errorMessage(error), next: now, isFree: true }
    : judgeFailure(edges, delivery, error, false);
  if (wasDown || result.outcome === 'dead') await switchOffIfFailing(db, endpoint, dashboardUrl, now);
  return result;
}

async function fail(
  edges: DeliveryEdges,
  delivery: Delivery,
  error: unknown,
  left: boolean,
): Promise<Result> {
  const { id, endpoint, attempts, channel } = delivery;
  const result =
    channel === 'crm'
      ? await failAtEndpoint(edges, delivery, error)
      : judgeFailure(edges, delivery, error, left);
  const code = errorCode(error);
  edges.log.warn({ delivery: id, endpoint, code, attempt: attempts, next: result.next }, 'delivery failed');
  return result;
}

async function send(
  edges: DeliveryEdges,
  delivery: Delivery,
): Promise<Result & { exchanges: readonly HttpExchange[] }> {
  let left = false;
  const { exchanges, outcome } = await recordExchanges(() =>
    sendBy(edges, delivery, async () => {
      await markLeaving(edges.db, delivery.id);
      left = true;
    }),
  );
  if (outcome.status === 'fulfilled')
    return { outcome: 'delivered', detail: outcome.value, next: null, exchanges };
  return { ...(await fail(edges, delivery, outcome.reason, left)), exchanges };
}

/**
 * One attempt of a delivery that was claimed; its outcome is stored. Never throws for what the other side does. When the
 * outcome cannot be stored the claim runs out: a webhook goes out again under its id, a mail is in doubt.
 */
export async function attemptDelivery(edges: DeliveryEdges, delivery: Delivery): Promise<Outcome> {
  const { db, clock } = edges;
  const at = clock.now();
  const { outcome, detail, next, exchanges, isFree } = await send(edges, delivery);
  const durationMs = clock.now().getTime() - at.getTime();
  const attempt = {
    attempt: delivery.attempts,
    at,
    durationMs,
    outcome,
    detail: detail.slice(0, 500).toWellFormed(),
    exchanges,
  };
  await recordAttempt(db, delivery.id, attempt, next);
  if (isFree) await giveBackAttempt(db, delivery);
  if (outcome === 'delivered' && delivery.channel === 'crm') await answered(edges, delivery.endpoint);
  return outcome;
}
