export interface Deadline {
  signal: AbortSignal;
  /** Did the time run out, as against the caller's own signal? */
  hasPassed(): boolean;
  release(): void;
}

/**
 * A signal that fires after `ms` or with the caller's signal, whichever is first. `release` must be called:
 * the caller's signal can outlive thousands of requests (AbortSignal.any would keep a trace of each).
 */
export function startDeadline(ms: number, outer: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let passed = false;
  const abort = () => controller.abort(outer?.reason);
  const timer = setTimeout(() => {
    passed = true;
    controller.abort();
  }, ms);
  if (outer?.aborted) abort();
  outer?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    hasPassed: () => passed,
    release: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', abort);
    },
  };
}
