export interface Deadline {
  /** `abort` is called when the time runs out or the caller gives up; at once, when that has happened. */
  watch(abort: (reason: Error) => void): void;
  /** Did the time run out, as against the caller's own signal? */
  hasPassed(): boolean;
  release(): void;
}

function reasonOf(signal: AbortSignal | undefined): Error {
  return signal?.reason instanceof Error ? signal.reason : new Error('the request was given up');
}

/**
 * Ends what is watched after `ms` or with the caller's signal, whichever is first. `release` must be called: the caller's
 * signal can outlive thousands of requests (AbortSignal.any would keep a trace of each). No signal of its own: to make one
 * costs as much as a tenth of a request.
 */
export function startDeadline(ms: number, outer: AbortSignal | undefined): Deadline {
  let ended: Error | undefined;
  let passed = false;
  let abort: ((reason: Error) => void) | undefined;
  const end = (reason: Error): void => {
    ended ??= reason;
    abort?.(ended);
  };
  const onOuter = (): void => end(reasonOf(outer));
  const timer = setTimeout(() => {
    passed = true;
    end(new Error('the time has run out'));
  }, ms);
  if (outer?.aborted) onOuter();
  outer?.addEventListener('abort', onOuter, { once: true });
  return {
    watch: (watched) => {
      abort = watched;
      if (ended) watched(ended);
    },
    hasPassed: () => passed,
    release: () => {
      clearTimeout(timer);
      abort = undefined;
      outer?.removeEventListener('abort', onOuter);
    },
  };
}
