import { afterAll, expect, test } from 'vitest';
import { crawlers } from '../../crawlers/registry.ts';
import { readingBy } from '../../src/extract/reading.ts';
import { createPageFetcher } from '../../src/fetch/page.ts';
import { createPoliteness } from '../../src/fetch/politeness.ts';
import { createRobots } from '../../src/fetch/robots.ts';
import { createReadPool } from '../../src/jobs/read-pool.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { httpFor, startServer } from '../fetch/server.ts';

const SIZE = 9_500_000;
const PAGES: Record<string, string> = {
  'nested elements': '<div>',
  'nested formatting': '<b><i>',
  'tables within tables': '<table><tr><td>',
  'paragraphs side by side': '<p>слово',
  'links side by side': '<a href="/viewtopic.php?t=1">x</a>',
  'posts side by side': '<div class="post" id="p1"><div class="content">x</div></div>',
  'quotes that never close': '<a b="',
  'programs that never close': '<script>',
};

const pool = createReadPool({ deadlineMs: 10_000, maxWorkers: 1 });
const server = await startServer((request, response) => {
  const piece = PAGES[decodeURIComponent((request.url ?? '').slice(1))];
  if (!piece) return void response.writeHead(404).end();
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(piece.repeat(SIZE / Buffer.byteLength(piece)));
});
const http = httpFor(server, { maxBytes: 10 * 2 ** 20 });
afterAll(async () => {
  await pool.close();
  await http.close();
  await server.close();
});

async function outcome(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'read',
    (error: { code?: string }) => error.code ?? String(error),
  );
}

test.each(
  Object.keys(PAGES),
)('10 MB of %s go the whole way, from the server through every reader, without holding anybody up', async (name) => {
  const politeness = createPoliteness({ clock: systemClock, minDelayMs: 0 });
  const robots = createRobots({ http, politeness, clock: systemClock, userAgent: 'Molva-Test/1.0' });
  const fetchPage = createPageFetcher({ http, robots, politeness, clock: systemClock });
  const { signal } = new AbortController();
  const page = await fetchPage(`${server.url}/${encodeURIComponent(name)}`, undefined, { signal });
  if (!page) throw new Error('the page was not fetched');
  const detected = performance.now();
  for (const { detect } of crawlers) expect(detect(page)).toBeGreaterThanOrEqual(0);
  expect(performance.now() - detected).toBeLessThan(10_000);
  const read = readingBy(pool);
  const dates = { now: new Date('2026-11-24T00:00:00Z'), zone: 180 };
  const { text, url } = page;
  const attempts = [
    () => read('readThread', text, url, dates),
    () => read('readBoard', text, url, dates),
    () => read('readArticle', text, url, dates),
    () => read('readFrontPage', text, url),
    () => read('parseFeed', text, 'text/html', url, dates.now),
  ];
  for (const attempt of attempts) {
    const started = performance.now();
    // Refused or read as far as it goes, but never by running out of time or memory.
    expect(await outcome(attempt())).toMatch(/^(?:read|broken-page|broken-feed|not-a-feed|too-large)$/);
    expect(performance.now() - started).toBeLessThan(5000);
  }
}, 200_000);
