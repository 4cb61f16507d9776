import { errorCode, errorMessage, RetryLaterError } from '../lib/errors.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Db } from '../store/db.ts';
import { lookAt, noteFailure } from '../store/outages.ts';

const SHORTEST_LOOK_MS = 10_000;
const LONGEST_LOOK_MS = 15 * 60_000;
/** After an hour of silence it is looked at every quarter of a minute: what waited shall leave within a minute of the end. */
const PART_OF_OUTAGE = 0.004;
const JITTER = 0.1;
/** They speak of one message, or ask for patience, and not of an endpoint that is away. */
const ANSWERS = new Set(['rate-limited', 'no-stand-in', 'http-429']);
/** So gateways answer for a server behind them that does not. */
const GATEWAYS = new Set(['http-502', 'http-503', 'http-504']);

/** Does this failure say that the endpoint as a whole does not work? An answer of its own may be due to one message. */
export function silenceOf(error: unknown): 'silent' | 'suspect' | null {
  const code = errorCode(error);
  if (!(error instanceof RetryLaterError) || ANSWERS.has(code)) return null;
  return /^http-|^bad-answer$/.test(code) && !GATEWAYS.has(code) ? 'suspect' : 'silent';
}

/** How long to leave alone what has been silent for `silentMs`. */
export function lookDelayMs(silentMs: number, random: () => number = Math.random): number {
  const delay = Math.min(LONGEST_LOOK_MS, Math.max(SHORTEST_LOOK_MS, silentMs * PART_OF_OUTAGE));
  return delay * (1 + JITTER * random());
}

/**
 * Notes a failure of an attempt. The endpoint is down when it does not answer the same message twice, or when two different messages fail: one
 * connection that breaks is none of both.
 * Returns whether it was down before: then the attempt said nothing of the message.
 */
export function suspectEndpoint(
  db: Db,
  { id, endpoint, attempts }: Pick<Delivery, 'id' | 'endpoint' | 'attempts'>,
  error: unknown,
  now: Date,
): Promise<boolean> {
  const silence = silenceOf(error);
  if (silence === null) return Promise.resolve(false);
  return db.transaction(async (tx) => {
    const { since, nextLookAt, failed } = await noteFailure(tx, endpoint, id, errorMessage(error), now);
    const wasDown = nextLookAt !== null;
    if (wasDown || failed > 1 || (silence === 'silent' && attempts > 1)) {
      const wished = error instanceof RetryLaterError ? (error.delayMs ?? 0) : 0;
      const delayMs = Math.max(wished, lookDelayMs(now.getTime() - since.getTime()));
      await lookAt(tx, endpoint, new Date(now.getTime() + delayMs));
    }
    return wasDown;
  });
}
