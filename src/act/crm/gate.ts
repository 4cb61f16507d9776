import { RetryLaterError } from '../../lib/errors.ts';
import type { Clock } from '../../model/ports.ts';

/** At most `burst` at once, and `perSecond` in the long run. In any t seconds these are at most burst + t × perSecond. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/** Keeps requests under a rate: each takes its place in time before it waits, so that those who ask at once are not let through at once. */
export interface Gate {
  /** @throws RetryLaterError `rate-limited` when the wait would be longer than `maxWaitMs`: no place is taken then */
  pass(maxWaitMs: number, signal?: AbortSignal): Promise<void>;
  /** Nobody passes for so long: the other side asked for it. */
  close(ms: number): void;
}

/**
 * A leaky bucket as a meter (the generic cell rate algorithm of ITU-T I.371). It begins full: a process that was killed and
 * started again must not use up the burst once more within the other side's second.
 */
export function createGate(clock: Clock, { perSecond, burst }: Rate): Gate {
  const everyMs = 1000 / perSecond;
  const slackMs = (burst - 1) * everyMs;
  /** When the next would come if all kept their distance. */
  let expected = clock.now().getTime() + slackMs;
  return {
    pass: async (maxWaitMs, signal) => {
      const now = clock.now().getTime();
      const waitMs = Math.max(0, Math.ceil(expected - slackMs - now));
      if (waitMs > maxWaitMs)
        throw new RetryLaterError('rate-limited', 'The limit of requests is used up for now.', {
          delayMs: waitMs,
        });
      expected = Math.max(expected, now) + everyMs;
      if (waitMs > 0) await clock.sleep(waitMs, signal);
    },
    close: (ms) => {
      expected = Math.max(expected, clock.now().getTime() + ms + slackMs);
    },
  };
}
