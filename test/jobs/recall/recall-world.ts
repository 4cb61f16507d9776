import type { ServerResponse } from 'node:http';
import { configSchema } from '../../../config/schema.ts';
import { findCrawler } from '../../../crawlers/registry.ts';
import { type Network, openNetwork } from '../../../src/app/crawling.ts';
import type { JobDeps } from '../../../src/jobs/deps.ts';
import { understandDocuments } from '../../../src/jobs/understand.ts';
import type { DocumentId, SourceId } from '../../../src/model/ids.ts';
import type { Database } from '../../../src/store/db.ts';
import { addUserSource } from '../../../src/store/user-sources.ts';
import { type OpenServer, serve } from '../../app/bad-servers.ts';
import { NOW, sourceDefinition } from '../../support/rows.ts';
import { createHandQueue, createTestClock, createWorker, type TestClock } from '../worker.ts';

export const HOUR = 3_600_000;
export const POST =
  'Третью неделю жду посылку от магазина Ромашка, курьер не приехал, деньги за чайник не возвращают, телефон молчит.';

export function articlePage(text: string, published = '2026-11-22T06:00:00Z'): string {
  return `<html lang="ru"><head><title>Про чайник</title><meta property="article:published_time" content="${published}"></head>
    <body><article><h1>Про чайник</h1><p>${text}</p><p>${'Здесь ещё немного слов о том, как всё было. '.repeat(6)}</p></article></body></html>`;
}

export interface World {
  deps: JobDeps;
  clock: TestClock;
  site: OpenServer;
  /** What the site answers, by path; what it does not have is 404. */
  pages: Record<string, string | ((res: ServerResponse) => void)>;
  robots: { text: string };
  /** Paths in the order in which they were asked for, robots.txt left out. */
  asked: string[];
  close(): Promise<void>;
}

/** A site on the loopback, and the product's own network to read it with. */
export async function openWorld(db: Database): Promise<World> {
  const pages: World['pages'] = {};
  const robots = { text: '' };
  const asked: string[] = [];
  const site = await serve(
    (req, res) => {
      asked.push(req.url ?? '');
      const answer = pages[req.url ?? ''];
      if (typeof answer === 'function') return answer(res);
      res.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
      res.end(answer ?? 'nothing here');
    },
    { robots: (_req, res) => void res.end(robots.text) },
  );
  const crawl = {
    allow_private: [site.host],
    host_delay: '1ms',
    timeout: '2s',
    max_size: '1MB',
    browser: { enabled: 'off' },
  };
  const clock = createTestClock();
  let network: Network = openNetwork(configSchema.parse({ crawl }), clock);
  const base = await createWorker(db, { queue: createHandQueue().queue, clock });
  const deps: JobDeps = {
    ...base,
    findCrawler,
    fetchFor: (signal, source) => network.fetchFor(signal, source),
  };
  return {
    deps,
    clock,
    site,
    asked,
    pages,
    robots: {
      get text() {
        return robots.text;
      },
      // Rules are remembered for a day: another network has not read them yet.
      set text(text) {
        robots.text = text;
        void network.close();
        network = openNetwork(configSchema.parse({ crawl }), clock);
      },
    },
    close: async () => {
      await network.close();
      await site.close();
    },
  };
}

/** A source that a person added, of the site of this world. */
export function watch(
  db: Database,
  url: string,
  change: Partial<Parameters<typeof sourceDefinition>[1]> = {},
): Promise<SourceId> {
  return addUserSource(db, sourceDefinition('forum', { url, kind: 'site', ...change }), NOW);
}

export async function understand(deps: JobDeps, ...documentIds: (DocumentId | null)[]): Promise<void> {
  await understandDocuments(deps, { documentIds: documentIds.filter((id) => id !== null) });
}
