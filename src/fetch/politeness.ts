import { RetryLaterError } from '../lib/errors.ts';
import type { Clock } from '../model/ports.ts';

export interface PolitenessOptions {
  clock: Clock;
  /** Between the end of one request to a host and the start of the next; default 1000. */
  minDelayMs?: number;
  /** Requests under way at once, over all hosts; default 8. */
  maxConcurrent?: number;
  /** Hosts remembered; default 5000. */
  maxHosts?: number;
}

interface TurnOptions {
  /** A longer delay that this host asked for (Crawl-delay). */
  minDelayMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

export interface Politeness {
  /**
   * Runs the task when it is this host's turn: one at a time per host, with a pause in between.
   * @throws RetryLaterError `host-paused` while the host has asked to be left alone.
   */
  run<T>(url: string, task: () => Promise<T>, options?: TurnOptions): Promise<T>;
  /** @throws RetryLaterError `host-paused`: for requests that need not wait their turn. */
  refusePaused(url: string): void;
  /** Leaves the host alone for `ms`. */
  pause(url: string, ms: number): void;
  /** Number of hosts remembered. */
  hosts(): number;
}

interface Host {
  name: string;
  /** Settles, never rejects, when everyone before has had their turn. */
  tail: Promise<void>;
  waiting: number;
  lastEndedAt: number;
  pausedUntil: number;
}

interface Slots {
  /** Undefined when there was one; else resolves when one is ours. */
  take(): Promise<void> | undefined;
  give(): void;
}

/** So many at once, the rest in the order in which they came. */
function createSlots(count: number): Slots {
  const waiting: (() => void)[] = [];
  let free = count;
  return {
    take: () => {
      if (free === 0) return new Promise((resolve) => waiting.push(resolve));
      free -= 1;
      return undefined;
    },
    give: () => {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    },
  };
}

/** www.example.org and example.org are one server far more often than not. */
function hostKey(url: string): string {
  return new URL(url).host.replace(/^www\./, '');
}

function forgetIdle(hosts: Map<string, Host>, limit: number, now: number): void {
  const idle = [...hosts].filter(([, host]) => host.waiting === 0);
  const pausedLast = idle.sort(
    ([, a], [, b]) => Math.max(a.pausedUntil - now, 0) - Math.max(b.pausedUntil - now, 0),
  );
  for (const [key] of pausedLast.slice(0, Math.max(0, hosts.size - limit))) hosts.delete(key);
}

function refuseWhilePaused(host: Host, now: number): void {
  const delayMs = host.pausedUntil - now;
  if (delayMs <= 0) return;
  throw new RetryLaterError(
    'host-paused',
    `${host.name} asked to be left alone for another ${Math.ceil(delayMs / 1000)} s.`,
    { delayMs },
  );
}

export function createPoliteness(options: PolitenessOptions): Politeness {
  const { clock, minDelayMs = 1000, maxConcurrent = 8, maxHosts = 5000 } = options;
  const hosts = new Map<string, Host>();
  const slots = createSlots(maxConcurrent);
  const nowMs = () => clock.now().getTime();

  function hostOf(url: string): Host {
    const key = hostKey(url);
    const known = hosts.get(key);
    if (known) return known;
    const fresh: Host = {
      name: key,
      tail: Promise.resolve(),
      waiting: 0,
      lastEndedAt: Number.NEGATIVE_INFINITY,
      pausedUntil: 0,
    };
    hosts.set(key, fresh);
    // A tenth of slack, so that the sweep is not made for every new host.
    if (hosts.size > maxHosts * 1.1) forgetIdle(hosts, maxHosts, nowMs());
    return fresh;
  }

  async function takeTurn<T>(host: Host, task: () => Promise<T>, turn: TurnOptions): Promise<T> {
    turn.signal?.throwIfAborted();
    refuseWhilePaused(host, nowMs());
    const waitMs = host.lastEndedAt + Math.max(minDelayMs, turn.minDelayMs ?? 0) - nowMs();
    if (waitMs > 0) await clock.sleep(waitMs, turn.signal);
    const full = slots.take();
    if (full) await full;
    try {
      turn.signal?.throwIfAborted();
      return await task();
    } finally {
      slots.give();
      host.lastEndedAt = nowMs();
    }
  }

  function run<T>(url: string, task: () => Promise<T>, turn: TurnOptions = {}): Promise<T> {
    const host = hostOf(url);
    const isFirst = host.waiting === 0;
    host.waiting += 1;
    const result = isFirst ? takeTurn(host, task, turn) : host.tail.then(() => takeTurn(host, task, turn));
    const settled = () => {
      host.waiting -= 1;
    };
    host.tail = result.then(settled, settled);
    return result;
  }

  return {
    run,
    refusePaused: (url) => refuseWhilePaused(hostOf(url), nowMs()),
    pause: (url, ms) => {
      const host = hostOf(url);
      host.pausedUntil = Math.max(host.pausedUntil, nowMs() + ms);
    },
    hosts: () => hosts.size,
  };
}
