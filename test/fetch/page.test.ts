import { afterEach, describe, expect, test } from 'vitest';
import { createPageFetcher } from '../../src/fetch/page.ts';
import { createPoliteness } from '../../src/fetch/politeness.ts';
import { createRobots } from '../../src/fetch/robots.ts';
import { manualClock } from './manual-clock.ts';
import { httpFor, startServer } from './server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function site(
  robotsTxt: string | number,
  answer: Parameters<typeof startServer>[0] = (_request, response) => void response.end('page'),
) {
  const server = await startServer((request, response) => {
    if (request.url !== '/robots.txt') return answer(request, response);
    return typeof robotsTxt === 'number' ? response.writeHead(robotsTxt).end() : response.end(robotsTxt);
  });
  const http = httpFor(server);
  open.push(http, server);
  const clock = manualClock();
  const politeness = createPoliteness({ clock });
  const robots = createRobots({ http, politeness, clock, userAgent: 'Molva/1.0 (+https://example.org)' });
  const fetchPage = createPageFetcher({ http, robots, politeness, clock });
  const { signal } = new AbortController();
  return {
    server,
    clock,
    get: (path: string, validators = {}) => fetchPage(server.url + path, validators, { signal }),
  };
}

test('validators too long to be sent back are not kept', async () => {
  const { get } = await site(404, (_request, response) =>
    response
      .writeHead(200, { etag: `"${'x'.repeat(5000)}"`, 'last-modified': 'Sun, 22 Nov 2026 09:00:00 GMT' })
      .end('page'),
  );
  expect((await get('/'))?.validators).toEqual({ lastModified: 'Sun, 22 Nov 2026 09:00:00 GMT' });
});

describe('robots.txt', () => {
  test('is asked once, before the first page', async () => {
    const { server, get } = await site('User-agent: *\nDisallow: /private/');
    await get('/a');
    await get('/b');
    expect(server.asked).toEqual(['/robots.txt', '/a', '/b']);
  });

  test('forbids what it forbids', async () => {
    const { server, get } = await site(
      'User-agent: *\nDisallow: /private/\n\nUser-agent: molva\nDisallow: /molva/',
    );
    await expect(get('/molva/x')).rejects.toMatchObject({ name: 'RefusedError', code: 'robots' });
    expect(await get('/private/x')).not.toBeNull();
    expect(server.asked).not.toContain('/molva/x');
  });

  test('forbids the target of a redirect too', async () => {
    const { server, get } = await site('User-agent: *\nDisallow: /private/', (_request, response) =>
      response.writeHead(302, { location: '/private/x' }).end(),
    );
    await expect(get('/a')).rejects.toMatchObject({ code: 'robots' });
    expect(server.asked).not.toContain('/private/x');
  });

  test('that is missing allows everything', async () => {
    const { get } = await site(404);
    expect(await get('/a')).toMatchObject({ text: 'page' });
  });

  test.each([
    500, 503, 429,
  ])('that answers %i allows nothing for now, and is not asked again at once', async (status) => {
    const { server, clock, get } = await site(status);
    await expect(get('/a')).rejects.toMatchObject({ name: 'RetryLaterError', code: 'robots-unavailable' });
    await expect(get('/b')).rejects.toMatchObject({ code: 'robots-unavailable' });
    expect(server.asked).toEqual(['/robots.txt']);
    clock.advance(6 * 60_000);
    await expect(get('/b')).rejects.toMatchObject({ code: 'robots-unavailable' });
    expect(server.asked).toHaveLength(2);
  });

  test('is forgotten after a day', async () => {
    const { server, clock, get } = await site('');
    await get('/a');
    clock.advance(25 * 60 * 60_000);
    await get('/a');
    expect(server.asked.filter((path) => path === '/robots.txt')).toHaveLength(2);
  });

  test('slows us down, but not beyond a minute', async () => {
    const slow = await site('User-agent: *\nCrawl-delay: 7');
    await slow.get('/a');
    expect(slow.clock.slept).toEqual([7000]);
    const slowest = await site('User-agent: *\nSitemap: /s.xml\nCrawl-delay: 86400');
    await slowest.get('/a');
    expect(slowest.clock.slept).toEqual([60_000]);
  });
});

describe('answers', () => {
  test('304 means nothing new', async () => {
    const { get } = await site('', (request, response) => {
      const isKnown =
        request.headers['if-none-match'] === '"v1"' &&
        request.headers['if-modified-since'] === 'Sun, 22 Nov 2026 10:00:00 GMT';
      response
        .writeHead(isKnown ? 304 : 200, { etag: '"v1"', 'last-modified': 'Sun, 22 Nov 2026 10:00:00 GMT' })
        .end(isKnown ? undefined : 'page');
    });
    const page = await get('/a');
    expect(page?.validators).toEqual({ etag: '"v1"', lastModified: 'Sun, 22 Nov 2026 10:00:00 GMT' });
    expect(await get('/a', page?.validators)).toBeNull();
  });

  test.each([404, 410, 403])('%i is final', async (status) => {
    const { get } = await site('', (_request, response) => response.writeHead(status).end());
    await expect(get('/a')).rejects.toMatchObject({ name: 'PermanentError', code: `http-${status}` });
  });

  test.each([
    429, 500, 503,
  ])('%i is tried later, and Retry-After leaves the whole host alone', async (status) => {
    const { server, clock, get } = await site('', (_request, response) =>
      response.writeHead(status, { 'retry-after': '120' }).end(),
    );
    await expect(get('/a')).rejects.toMatchObject({
      name: 'RetryLaterError',
      code: `http-${status}`,
      delayMs: 120_000,
    });
    await expect(get('/b')).rejects.toMatchObject({ name: 'RetryLaterError', code: 'host-paused' });
    expect(server.asked).not.toContain('/b');
    clock.advance(121_000);
    await expect(get('/b')).rejects.toMatchObject({ code: `http-${status}` });
  });

  test('Retry-After may be a date, by the clock of the server', async () => {
    const { get } = await site('', (_request, response) =>
      response
        .writeHead(503, {
          date: 'Sun, 22 Nov 2026 12:00:01 GMT',
          'retry-after': 'Sun, 22 Nov 2026 12:10:00 GMT',
        })
        .end(),
    );
    await expect(get('/a')).rejects.toMatchObject({ delayMs: 599_000 });
  });

  test.each([
    ['max-age=600', 600_000],
    ['public, max-age=60, stale-while-revalidate=5', 60_000],
    ['no-cache, max-age=600', undefined],
    ['private', undefined],
  ])('Cache-Control %s tells how long a page stays fresh', async (control, expected) => {
    const { get } = await site('', (_request, response) =>
      response.writeHead(200, { 'cache-control': control, 'content-type': 'text/html' }).end('да'),
    );
    expect((await get('/a'))?.freshMs).toBe(expected);
  });

  test('parameters that the site calls meaningless are left out', async () => {
    const rules = 'User-agent: *\nDisallow:\nClean-param: ref&sort /list';
    const { server, get } = await site(rules, (_request, response) => response.writeHead(200).end('да'));
    expect((await get('/list?ref=mail&page=2&sort=up'))?.url).toBe(`${server.url}/list?page=2`);
    expect((await get('/other?ref=mail'))?.url).toBe(`${server.url}/other?ref=mail`);
  });

  test('a page moved for good tells where', async () => {
    const { server, get } = await site('', (request, response) =>
      request.url === '/a'
        ? response.writeHead(301, { location: '/b' }).end()
        : response.writeHead(200, { 'Content-Type': 'Text/HTML; charset=utf-8' }).end('да'),
    );
    expect(await get('/a')).toMatchObject({
      url: `${server.url}/b`,
      movedTo: `${server.url}/b`,
      contentType: 'text/html',
      text: 'да',
    });
  });
});
