import type { Config } from '../../config/schema.ts';
import { BoundedMap } from '../fetch/bounded-map.ts';
import { type BrowserOptions, createBrowser, type PageBrowser } from '../fetch/browser.ts';
import { type CookieJar, createCookieJar } from '../fetch/cookies.ts';
import { createHttp } from '../fetch/http.ts';
import { createLogin, type Login } from '../fetch/login.ts';
import { createPageFetcher, type FetchPage } from '../fetch/page.ts';
import { createPoliteness } from '../fetch/politeness.ts';
import { fetchAsMember } from '../fetch/private-page.ts';
import { createRobots } from '../fetch/robots.ts';
import type { JobDeps } from '../jobs/deps.ts';
import { createReadPool } from '../jobs/read-pool.ts';
import type { Log } from '../lib/log.ts';
import { VERSION } from '../lib/version.ts';
import type { Clock, Http } from '../model/ports.ts';

export interface Network {
  http: Http;
  fetchFor: JobDeps['fetchFor'];
  /** Pages are read in threads of their own. */
  read: NonNullable<JobDeps['read']>;
  /** The same for people who wait for what they try: a thread of its own, so that crawling does not wait for them. */
  readForPeople: NonNullable<JobDeps['read']>;
  /** Those that the site's robots.txt names. */
  sitemapsOf(url: string, signal: AbortSignal): Promise<readonly string[]>;
  close(): Promise<void>;
}

function userAgent(contact: string | undefined): string {
  return contact ? `Molva/${VERSION} (+${contact})` : `Molva/${VERSION}`;
}

type BrowserParts = Pick<BrowserOptions, 'http' | 'robots' | 'politeness' | 'clock' | 'userAgent'>;

function openBrowser(crawl: Config['crawl'], parts: BrowserParts, log: Log | undefined): PageBrowser {
  const { executable, pages, timeout, max_memory } = crawl.browser;
  return createBrowser({
    ...parts,
    ...(log ? { log } : {}),
    ...(executable ? { executablePath: executable } : {}),
    maxPages: pages,
    timeoutMs: timeout,
    maxMemory: max_memory,
    maxBytes: crawl.max_size,
  });
}

const MAX_JARS = 1000;
/** Somebody waits, and may have written selectors that never end. */
const PATIENCE_MS = 5000;

/**
 * Each source has cookies of its own, in memory: forums put session ids into links for clients that keep none. `loginOf` gives
 * the login of a source that is private.
 */
export function createFetchFor(
  fetchPage: FetchPage,
  clock: Clock,
  loginOf: (key: string, cookies: CookieJar) => Login | undefined = () => undefined,
): JobDeps['fetchFor'] {
  const known = new BoundedMap<string, { cookies: CookieJar; fetchAs: FetchPage }>(MAX_JARS);
  function visitorOf(key: string): { cookies: CookieJar; fetchAs: FetchPage } {
    const cookies = createCookieJar(clock);
    const login = loginOf(key, cookies);
    const visitor = known.get(key) ?? {
      cookies,
      fetchAs: login ? fetchAsMember(fetchPage, login) : fetchPage,
    };
    known.set(key, visitor);
    return visitor;
  }
  return (signal, source, wish) => {
    const { cookies, fetchAs } = source
      ? visitorOf(source.key)
      : { cookies: createCookieJar(clock), fetchAs: fetchPage };
    const visitor = {
      signal,
      cookies,
      ...(source ? { browser: source.browser } : {}),
      ...(wish ? { isForEvidence: wish.isForEvidence } : {}),
    };
    return (url, validators) => fetchAs(url, validators, visitor);
  };
}

/** The guarded way out, shared by crawlers and connectors; only crawlers ask robots.txt and wait their turn. */
export function openNetwork({ crawl, sources }: Config, clock: Clock, log?: Log): Network {
  const agent = userAgent(crawl.contact);
  const limits = {
    userAgent: agent,
    allowPrivate: crawl.allow_private,
    timeoutMs: crawl.timeout,
    maxBytes: crawl.max_size,
  };
  const http = createHttp(limits);
  // Who waits for a host's turn is alone there: one connection is enough, and cheaper to hold than a pool of them.
  const politeHttp = createHttp({ ...limits, connections: 1 });
  const politeness = createPoliteness({
    clock,
    minDelayMs: crawl.host_delay,
    maxConcurrent: crawl.concurrency * 2,
  });
  const robots = createRobots({ http: politeHttp, politeness, clock, userAgent: agent });
  const parts = { http: politeHttp, robots, politeness, clock };
  const browser =
    crawl.browser.enabled === 'off'
      ? undefined
      : openBrowser(crawl, { ...parts, http, userAgent: agent }, log);
  const fetchPage = createPageFetcher({ ...parts, browser });
  const readPool = createReadPool();
  const deskPool = createReadPool({ maxWorkers: 1, deadlineMs: PATIENCE_MS });
  return {
    http,
    // Passwords stay in the configuration: what is stored of a source holds none.
    fetchFor: createFetchFor(fetchPage, clock, (key, cookies) => {
      const login = sources.find((source) => source.key === key)?.login;
      return login && createLogin(parts, login, cookies);
    }),
    read: readPool.read,
    readForPeople: deskPool.read,
    sitemapsOf: (url, signal) => robots.sitemaps(url, signal),
    close: async () => {
      await browser?.close();
      await readPool.close();
      await deskPool.close();
      await politeHttp.close();
      await http.close();
    },
  };
}
