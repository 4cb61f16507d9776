import { readFileSync } from 'node:fs';
import type { Config } from '../../config/schema.ts';
import { BoundedMap } from '../fetch/bounded-map.ts';
import { type BrowserOptions, createBrowser, type PageBrowser } from '../fetch/browser.ts';
import { type CookieJar, createCookieJar } from '../fetch/cookies.ts';
import { createHttp } from '../fetch/http.ts';
import { createPageFetcher, type FetchPage } from '../fetch/page.ts';
import { createPoliteness } from '../fetch/politeness.ts';
import { createRobots } from '../fetch/robots.ts';
import type { JobDeps } from '../jobs/deps.ts';
import { createReadPool } from '../jobs/read-pool.ts';
import type { Log } from '../lib/log.ts';
import type { Clock, Http } from '../model/ports.ts';

const PACKAGE = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
export const VERSION = PACKAGE.version;

export interface Network {
  http: Http;
  fetchFor: JobDeps['fetchFor'];
  /** Pages are read in threads of their own. */
  read: NonNullable<JobDeps['read']>;
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

/** Each source has cookies of its own, in memory: forums put session ids into links for clients that keep none. */
export function createFetchFor(fetchPage: FetchPage, clock: Clock): JobDeps['fetchFor'] {
  const jars = new BoundedMap<string, CookieJar>(MAX_JARS);
  const jarOf = (key: string): CookieJar => {
    const jar = jars.get(key) ?? createCookieJar(clock);
    jars.set(key, jar);
    return jar;
  };
  return (signal, source) => {
    const visitor = source
      ? { signal, browser: source.browser, cookies: jarOf(source.key) }
      : { signal, cookies: createCookieJar(clock) };
    return (url, validators) => fetchPage(url, validators, visitor);
  };
}

/** The guarded way out, shared by crawlers and connectors; only crawlers ask robots.txt and wait their turn. */
export function openNetwork({ crawl }: Config, clock: Clock, log?: Log): Network {
  const agent = userAgent(crawl.contact);
  const http = createHttp({
    userAgent: agent,
    allowPrivate: crawl.allow_private,
    timeoutMs: crawl.timeout,
    maxBytes: crawl.max_size,
  });
  const politeness = createPoliteness({
    clock,
    minDelayMs: crawl.host_delay,
    maxConcurrent: crawl.concurrency * 2,
  });
  const robots = createRobots({ http, politeness, clock, userAgent: agent });
  const parts = { http, robots, politeness, clock };
  const browser =
    crawl.browser.enabled === 'off' ? undefined : openBrowser(crawl, { ...parts, userAgent: agent }, log);
  const fetchPage = createPageFetcher({ ...parts, browser });
  const readPool = createReadPool();
  return {
    http,
    fetchFor: createFetchFor(fetchPage, clock),
    read: readPool.read,
    sitemapsOf: (url, signal) => robots.sitemaps(url, signal),
    close: async () => {
      await browser?.close();
      await readPool.close();
      await http.close();
    },
  };
}
