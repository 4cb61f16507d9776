import { RetryLaterError } from '../lib/errors.ts';
import type { Clock } from '../model/ports.ts';
import { parsedUrl } from './parsed-url.ts';
import { Slots } from './slots.ts';

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
  /** One: who holds it has the host to itself. */
  turn: Slots;
  lastEndedAt: number;
  pausedUntil: number;
}

/** www.example.org and example.org are one server far more often than not. */
function hostKey(url: string): string {
  const { host } = parsedUrl(url);
  return host.startsWith('www.') ? host.slice(4) : host;
}

function forgetIdle(hosts: Map<string, Host>, limit: number, now: number): void {
  const idle = [...hosts].filter(([, host]) => host.turn.isIdle);
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
  const slots = new Slots(maxConcurrent);
  const nowMs = () => clock.now().getTime();

  function hostOf(url: string): Host {
    const key = hostKey(url);
    const known = hosts.get(key);
    if (known) return known;
    const fresh: Host = {
      name: key,
      turn: new Slots(1),
      lastEndedAt: Number.NEGATIVE_INFINITY,
      pausedUntil: 0,
    };
    hosts.set(key, fresh);
    // A tenth of slack, so that the sweep is not made for every new host.
    if (hosts.size > maxHosts * 1.1) forgetIdle(hosts, maxHosts, nowMs());
    return fresh;
  }

  /** @throws RetryLaterError `host-paused`, and the reason of a signal that is aborted */
  function pauseBefore(host: Host, { minDelayMs: asked = 0, signal }: TurnOptions): number {
    signal?.throwIfAborted();
    const now = nowMs();
    refuseWhilePaused(host, now);
    return host.lastEndedAt + Math.max(minDelayMs, asked) - now;
  }

  async function run<T>(url: string, task: () => Promise<T>, turn: TurnOptions = {}): Promise<T> {
    const host = hostOf(url);
    const others = host.turn.take();
    if (others) await others;
    try {
      const waitMs = pauseBefore(host, turn);
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
    } finally {
      host.turn.give();
    }
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
