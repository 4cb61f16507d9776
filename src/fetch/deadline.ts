type Abort = (reason: Error) => void;

/**
 * Ends what is watched after `ms` or with the caller's signal, whichever is first. `release` must be called: the caller's
 * signal can outlive thousands of requests (AbortSignal.any would keep a trace of each). No signal of its own, and no closures:
 * to make them costs as much as a tenth of a request.
 */
export class Deadline {
  readonly #outer: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout;
  #ended: Error | undefined;
  #abort: Abort | undefined;
  #hasPassed = false;

  constructor(ms: number, outer: AbortSignal | undefined) {
    this.#outer = outer;
    this.#timer = setTimeout(Deadline.#pass, ms, this);
    if (outer?.aborted) this.handleEvent();
    else outer?.addEventListener('abort', this);
  }

  /** `abort` is called when the time runs out or the caller gives up; at once, when that has happened. */
  watch(abort: Abort): void {
    this.#abort = abort;
    if (this.#ended) abort(this.#ended);
  }

  /** Did the time run out, as against the caller's own signal? */
  get hasPassed(): boolean {
    return this.#hasPassed;
  }

  release(): void {
    clearTimeout(this.#timer);
    this.#abort = undefined;
    this.#outer?.removeEventListener('abort', this);
  }

  /** The caller gives up. */
  handleEvent(): void {
    const reason: unknown = this.#outer?.reason;
    this.#end(reason instanceof Error ? reason : new Error('the request was given up'));
  }

  static #pass(this: void, deadline: Deadline): void {
    deadline.#hasPassed = true;
    deadline.#end(new Error('the time has run out'));
  }

  #end(reason: Error): void {
    this.#ended ??= reason;
    this.#abort?.(this.#ended);
  }
}
