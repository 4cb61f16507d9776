import { ConfigError } from '../lib/errors.ts';

export interface Watch {
  /** Follows one statement to its end. */
  follow<T>(work: Promise<T>): Promise<T>;
  /** Resolves, once, when the database cannot go on; never while it works. */
  failure: Promise<Error>;
  stop(): void;
}

/** PostgreSQL's disk_full. */
const DISK_FULL = '53100';
/** No single statement of ours takes as long. */
const STUCK_MS = 120_000;
const LOOK_MS = 5000;

function isDiskFull(error: unknown): boolean {
  return (
    (error as { code?: unknown }).code === DISK_FULL || /No space left on device|ENOSPC/.test(String(error))
  );
}

/**
 * The embedded database lives in our process: on a full disk it stops in the middle of a statement and never answers
 * again. Then it is better to end with a clear word than to hang: what was committed is kept.
 */
export function watchDatabase(folder: string): Watch {
  let pending = 0;
  let progressAt = Date.now();
  let fail: (error: Error) => void = () => undefined;
  const failure = new Promise<Error>((resolve) => {
    fail = resolve;
  });
  const look = (): void => {
    if (pending === 0 || Date.now() - progressAt < STUCK_MS) return;
    fail(
      new ConfigError(
        `The embedded database in ${folder} has not answered for two minutes. Is the disk full or broken? Start again; what was stored is kept.`,
      ),
    );
  };
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return {
    failure,
    follow: async (work) => {
      if (pending === 0) progressAt = Date.now();
      pending += 1;
      try {
        return await work;
      } catch (error) {
        if (isDiskFull(error))
          fail(
            new ConfigError(
              `The disk is full: make room for ${folder}, then start again. What was stored is kept.`,
              error,
            ),
          );
        throw error;
      } finally {
        pending -= 1;
        progressAt = Date.now();
      }
    },
    stop: () => clearInterval(timer),
  };
}
