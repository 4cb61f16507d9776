import { readFileSync } from 'node:fs';
import { createPageFetcher } from '../../src/fetch/page.ts';
import { createPoliteness } from '../../src/fetch/politeness.ts';
import { createRobots } from '../../src/fetch/robots.ts';
import { createPageMemory, type LocalPageMemory } from '../../src/lib/page-memory.ts';
import type { FoundDocument } from '../../src/model/document.ts';
import type { CrawlContext, Crawler } from '../../src/model/ports.ts';
import { manualClock } from '../fetch/manual-clock.ts';
import { httpFor, startServer } from '../fetch/server.ts';

export interface Fixture {
  source: { url: string; settings: unknown };
  now: string;
  pages: Record<string, { file: string; type: string }>;
  /** The platform's own address and one of `pages`, where a source is recognised by its host or not at its address. */
  seenAs?: { address?: string; page?: string };
}

export const folder = (kind: string) => new URL(`../fixtures/crawlers/${kind}/`, import.meta.url);

export function readFixture(kind: string): Fixture {
  return JSON.parse(readFileSync(new URL('site.json', folder(kind)), 'utf8')) as Fixture;
}

/** The fixture behind a real server, fetched by the real fetcher. `body` replaces every page's body. */
export async function serveFixture(kind: string, body?: (path: string) => string | undefined) {
  const fixture = readFixture(kind);
  const server = await startServer((request, response) => {
    const page = fixture.pages[(request.url ?? '').replace(/[?&]sid=[^&]*/, '')];
    if (!page) return void response.writeHead(404).end();
    const bytes = body?.(request.url ?? '') ?? readFileSync(new URL(page.file, folder(kind)));
    response.writeHead(200, { 'content-type': page.type }).end(bytes);
  });
  const http = httpFor(server);
  const clock = manualClock(fixture.now);
  const politeness = createPoliteness({ clock });
  const robots = createRobots({ http, politeness, clock, userAgent: 'Molva-Test/1.0' });
  const fetchPage = createPageFetcher({ http, robots, politeness, clock });
  const { signal } = new AbortController();
  const ctx: CrawlContext & { pages: LocalPageMemory } = {
    fetch: (url, validators) => fetchPage(url, validators, { signal }),
    now: () => new Date(fixture.now),
    signal,
    pages: createPageMemory(),
    isPoll: true,
    secret: (name) => (name === 'VK_TOKEN' ? 'vk-secret' : undefined),
  };
  const close = async () => {
    await http.close();
    await server.close();
  };
  return {
    server,
    ctx,
    /** As if it had never been visited. */
    forget: () => {
      ctx.pages = createPageMemory();
    },
    close,
    fixture,
    source: {
      url: server.url + fixture.source.url,
      settings: JSON.parse(
        JSON.stringify(fixture.source.settings).replaceAll('http://site.test', server.url),
      ),
    },
  };
}

type Site = Awaited<ReturnType<typeof serveFixture>>;

export interface VisitResult {
  documents: FoundDocument[];
  state: unknown;
  batches: number;
}

/** One visit, cut off after `maxBatches`. The state goes through JSON, as the store has it. */
export async function visit(
  crawler: Crawler,
  site: Site,
  state: unknown,
  maxBatches = Number.POSITIVE_INFINITY,
): Promise<VisitResult> {
  const result: VisitResult = { documents: [], state, batches: 0 };
  for await (const batch of crawler.crawl({ ...site.source, state }, site.ctx)) {
    site.ctx.pages.save(batch.pages ?? []);
    result.documents.push(...batch.documents);
    result.state = JSON.parse(JSON.stringify(batch.state));
    result.batches += 1;
    if (result.batches >= maxBatches) break;
  }
  return result;
}

/** Documents with the test server's address replaced, as `expected.json` holds them: what was read, not how surely. */
export function portable(documents: FoundDocument[], site: Site): unknown {
  return JSON.parse(
    JSON.stringify(documents.map(({ confidence: _sureness, ...said }) => said))
      .replaceAll(site.server.url, 'http://site.test')
      .replaceAll(site.server.host, 'site.test'),
  );
}
