import { PermanentError, RefusedError, RetryLaterError } from '../lib/errors.ts';
import { retryAfterMs } from '../lib/retry-after.ts';
import type { Clock, Http, HttpResponse } from '../model/ports.ts';
import { BoundedMap } from './bounded-map.ts';
import { decodeText } from './charset.ts';
import { withoutCleanParams } from './clean-params.ts';
import { parsedUrl } from './parsed-url.ts';
import type { Politeness } from './politeness.ts';
import { ALLOW_ALL, parseRobots, type RobotsRules } from './robots-rules.ts';

export interface RobotsOptions {
  http: Http;
  politeness: Politeness;
  clock: Clock;
  /** The whole user agent; its first word up to `/` is looked up in robots.txt. */
  userAgent: string;
  /** Origins remembered; default 5000. */
  maxOrigins?: number;
}

export interface Robots {
  /**
   * The delay in ms that the site asks for (0 when none).
   * @throws RefusedError `robots`; RetryLaterError `robots-unavailable` when the rules cannot be read now.
   */
  check(url: string, signal?: AbortSignal): Promise<number>;
  /** The address without parameters that the site calls meaningless, as far as its rules have been read. */
  cleaned(url: string): string;
  /** Sitemaps that the site names, as written. @throws RetryLaterError as `check` */
  sitemaps(url: string, signal?: AbortSignal): Promise<readonly string[]>;
}

/** RFC 9309 2.4: no longer than 24 hours. */
const KEEP_MS = 24 * 60 * 60 * 1000;
/** How soon unreadable rules are asked for again. */
const RETRY_MS = 5 * 60 * 1000;
const OUT_OF_REACH = new Set(['dns', 'connect', 'timeout', 'tls']);
const UNREACHABLE_MS = 60 * 1000;
const MAX_BYTES = 2 * 2 ** 20;
/** Rules take ten times the room of their text, and who has a domain has any number of origins: some 80 MB. */
const MAX_REMEMBERED = 8_000_000;

interface Entry {
  until: number;
  rules: RobotsRules | RetryLaterError;
  /** Of the text that the rules were read from, in characters. */
  size?: number;
}

function unavailable(origin: string, reason: string, delayMs: number, cause?: unknown): RetryLaterError {
  const message = `The rules of ${new URL(origin).host} for crawlers (robots.txt) cannot be read now (${reason}): nothing is read there until they can.`;
  return new RetryLaterError('robots-unavailable', message, { delayMs, cause });
}

function textOf(response: HttpResponse): string {
  return decodeText(response.body, '').text;
}

/** robots.txt per origin by RFC 9309: 4xx allows everything, 5xx and silence allow nothing for now. */
export function createRobots(options: RobotsOptions): Robots {
  const { http, politeness, clock } = options;
  const product = options.userAgent.split(/[/\s]/)[0] ?? options.userAgent;
  const entries = new BoundedMap<string, Entry>(options.maxOrigins ?? 5000, {
    most: MAX_REMEMBERED,
    of: ({ size = 0 }) => size,
  });
  const underWay = new Map<string, Promise<Entry>>();

  function judge(origin: string, response: HttpResponse): Entry {
    const now = clock.now();
    const { status } = response;
    if (status >= 500 || status === 429) {
      const delayMs = retryAfterMs(response.headers['retry-after'], now) ?? RETRY_MS;
      return { until: now.getTime() + delayMs, rules: unavailable(origin, `status ${status}`, delayMs) };
    }
    const isFound = status >= 200 && status < 300;
    const text = isFound ? textOf(response) : '';
    const rules = isFound ? parseRobots(text, product) : ALLOW_ALL;
    return { until: now.getTime() + KEEP_MS, rules, size: text.length };
  }

  function judgeFailure(origin: string, error: unknown): Entry {
    const now = clock.now().getTime();
    // RFC 9309 2.3.1.2: a chain of more than five redirects counts as "not there".
    if (error instanceof PermanentError && error.code === 'redirect-loop')
      return { until: now + KEEP_MS, rules: ALLOW_ALL };
    // The whole site is out of reach: that is what to tell, not that its rules are.
    if (error instanceof RetryLaterError && OUT_OF_REACH.has(error.code)) {
      const { code, message } = error;
      return {
        until: now + UNREACHABLE_MS,
        rules: new RetryLaterError(code, message, { delayMs: UNREACHABLE_MS, cause: error }),
      };
    }
    if (error instanceof PermanentError || error instanceof RetryLaterError) {
      return { until: now + RETRY_MS, rules: unavailable(origin, error.code, RETRY_MS, error) };
    }
    throw error;
  }

  async function read(origin: string): Promise<Entry> {
    const url = `${origin}/robots.txt`;
    try {
      const response = await politeness.run(url, () =>
        http.send({ url, maxBytes: MAX_BYTES, headers: { accept: 'text/plain, */*;q=0.1' } }),
      );
      return judge(origin, response);
    } catch (error) {
      return judgeFailure(origin, error);
    }
  }

  /** One question at a time per origin; it belongs to nobody's signal, because others wait for the answer too. */
  function readOnce(origin: string): Promise<Entry> {
    const running = underWay.get(origin);
    if (running) return running;
    const started = read(origin)
      .then((entry) => {
        entries.set(origin, entry);
        return entry;
      })
      .finally(() => underWay.delete(origin));
    underWay.set(origin, started);
    return started;
  }

  function known(origin: string): Entry | undefined {
    const entry = entries.get(origin);
    return entry && entry.until > clock.now().getTime() ? entry : undefined;
  }

  function rulesIn({ rules }: Entry, signal: AbortSignal | undefined): RobotsRules {
    signal?.throwIfAborted();
    if (rules instanceof RetryLaterError) throw rules;
    return rules;
  }

  async function check(url: string, signal?: AbortSignal): Promise<number> {
    const { origin } = parsedUrl(url);
    const rules = rulesIn(known(origin) ?? (await readOnce(origin)), signal);
    if (rules.isAllowed(url)) return rules.delayMs;
    throw new RefusedError(
      'robots',
      `The site's rules for crawlers (robots.txt) do not allow ${url.slice(0, 200)}: choose another address of it.`,
    );
  }

  function cleaned(url: string): string {
    const entry = url.includes('?') ? entries.get(parsedUrl(url).origin) : undefined;
    return entry && !(entry.rules instanceof RetryLaterError)
      ? withoutCleanParams(url, entry.rules.cleanParams)
      : url;
  }

  async function sitemaps(url: string, signal?: AbortSignal): Promise<readonly string[]> {
    const { origin } = parsedUrl(url);
    return rulesIn(known(origin) ?? (await readOnce(origin)), signal).sitemaps;
  }

  return { check, cleaned, sitemaps };
}
