import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { errorMessage, PermanentError, RefusedError, RetryLaterError } from '../lib/errors.ts';
import type { ReadAnswer, ReadFailure, ReadJob } from './read-worker.ts';

export interface ReadPoolOptions {
  /** Threads at most; by default one less than there are processors, 2 at most. */
  maxWorkers?: number;
  /** For one page; default 10 000. */
  deadlineMs?: number;
  /** Of one thread's heap; default 512. */
  maxMemoryMb?: number;
  /** Default 60 000. */
  idleMs?: number;
  /** Module that exports `readers`; `src/extract/readers.ts` by default. */
  readers?: string;
}

export interface ReadPool {
  /**
   * Runs a reader of `src/extract/readers.ts` in another thread; its errors keep class and code.
   * @throws PermanentError `too-slow-to-read`, `too-large-to-read`
   */
  read(name: string, args: readonly unknown[]): Promise<unknown>;
  /** Threads that run now. */
  size(): number;
  close(): Promise<void>;
}

interface Task extends ReadJob {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

interface Hand {
  worker: Worker;
  task: Task | null;
  isReady: boolean;
  /** Of the task, or of idleness. */
  timer: NodeJS.Timeout | undefined;
}

const ERRORS: Record<string, new (code: string, message: string) => Error> = {
  PermanentError,
  RefusedError,
  RetryLaterError,
};

function revive({ name, code, message }: ReadFailure): Error {
  const Known = ERRORS[name];
  return Known ? new Known(code, message) : Object.assign(new Error(message), { name });
}

function tooSlow(ms: number): PermanentError {
  return new PermanentError(
    'too-slow-to-read',
    `The page could not be read within ${ms / 1000} s: it is very large or made to be hard to read. Choose another page of the site.`,
  );
}

function whyEnded(error: unknown): Error {
  if ((error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY')
    return new PermanentError(
      'too-large-to-read',
      'Reading the page takes too much memory: choose another page of the site.',
    );
  return new PermanentError('broken-page', `The page broke its reader off (${errorMessage(error)}).`, error);
}

const OWN_READERS = new URL('../extract/readers.ts', import.meta.url).href;

function startWorker(options: ReadPoolOptions): Worker {
  return new Worker(new URL('./read-worker.js', import.meta.url), {
    // Not those of the process: `tsx FILE` has some that a thread cannot take.
    execArgv: [],
    workerData: { readers: options.readers ?? OWN_READERS },
    resourceLimits: { maxOldGenerationSizeMb: options.maxMemoryMb ?? 512, stackSizeMb: 4 },
  });
}

/** Threads that read pages: started when there is work, ended when idle for a minute or when a page takes too long. */
export function createReadPool(options: ReadPoolOptions = {}): ReadPool {
  const { deadlineMs = 10_000, idleMs = 60_000 } = options;
  const maxWorkers = options.maxWorkers ?? Math.max(1, Math.min(2, availableParallelism() - 1));
  const hands = new Set<Hand>();
  const waiting: Task[] = [];
  let lastId = 0;

  function drop(hand: Hand): void {
    clearTimeout(hand.timer);
    hands.delete(hand);
    void hand.worker.terminate();
  }

  function end(hand: Hand, error: Error): void {
    if (!hands.has(hand)) return;
    const { task } = hand;
    drop(hand);
    task?.reject(error);
    if (waiting.length > 0) work();
  }

  function rest(hand: Hand): void {
    hand.worker.unref();
    hand.timer = setTimeout(() => drop(hand), idleMs).unref();
  }

  function begin(hand: Hand): void {
    clearTimeout(hand.timer);
    const task = waiting.shift() ?? null;
    hand.task = task;
    if (!task) return rest(hand);
    hand.worker.ref();
    hand.timer = setTimeout(() => end(hand, tooSlow(deadlineMs)), deadlineMs);
    try {
      hand.worker.postMessage({ id: task.id, name: task.name, args: task.args });
    } catch (error) {
      // Arguments that cannot be sent are a mistake of ours, not the page's.
      task.reject(error as Error);
      begin(hand);
    }
  }

  function take(hand: Hand, answer: ReadAnswer): void {
    if ('ready' in answer) hand.isReady = true;
    else if ('failure' in answer) hand.task?.reject(revive(answer.failure));
    else hand.task?.resolve(answer.result);
    begin(hand);
  }

  function hire(): void {
    const hand: Hand = { worker: startWorker(options), task: null, isReady: false, timer: undefined };
    hands.add(hand);
    hand.worker.on('message', (answer: ReadAnswer) => take(hand, answer));
    hand.worker.on('error', (error) => {
      // One that cannot even start would be started again for ever.
      if (!hand.isReady) for (const task of waiting.splice(0)) task.reject(error as Error);
      end(hand, whyEnded(error));
    });
    hand.worker.on('exit', (code) => end(hand, whyEnded(new Error(`its thread ended with ${code}`))));
  }

  function work(): void {
    const free = [...hands].find((hand) => hand.isReady && hand.task === null);
    if (free) begin(free);
    else if (hands.size < maxWorkers) hire();
  }

  return {
    read: (name, args) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.push({ id: lastId, name, args, resolve, reject });
        work();
      }),
    size: () => hands.size,
    close: async () => {
      const closing = new RetryLaterError('stopped', 'The program ends.');
      for (const task of waiting.splice(0)) task.reject(closing);
      const ended = [...hands].map((hand) => {
        hand.task?.reject(closing);
        drop(hand);
        return hand.worker.terminate();
      });
      await Promise.all(ended);
    },
  };
}
