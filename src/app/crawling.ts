import { readFileSync } from 'node:fs';
import type { Config } from '../../config/schema.ts';
import { createHttp } from '../fetch/http.ts';
import { createPageFetcher } from '../fetch/page.ts';
import { createPoliteness } from '../fetch/politeness.ts';
import { createRobots } from '../fetch/robots.ts';
import type { Clock, CrawlContext, Http } from '../model/ports.ts';

const PACKAGE = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
export const VERSION = PACKAGE.version;

export interface Network {
  http: Http;
  fetchFor(signal: AbortSignal): CrawlContext['fetch'];
  /** Those that the site's robots.txt names. */
  sitemapsOf(url: string, signal: AbortSignal): Promise<readonly string[]>;
  close(): Promise<void>;
}

function userAgent(contact: string | undefined): string {
  return contact ? `Molva/${VERSION} (+${contact})` : `Molva/${VERSION}`;
}

/** The guarded way out, shared by crawlers and connectors; only crawlers ask robots.txt and wait their turn. */
export function openNetwork({ crawl }: Config, clock: Clock): Network {
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
  const fetchPage = createPageFetcher({ http, robots, politeness, clock });
  return {
    http,
    fetchFor: (signal) => (url, validators) => fetchPage(url, validators, signal),
    sitemapsOf: (url, signal) => robots.sitemaps(url, signal),
    close: () => http.close(),
  };
}
