import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Finding, newPage, type Reading } from '../../crawlers/walk/reading.ts';
import { walk } from '../../crawlers/walk/walk.ts';
import { createPageFetcher } from '../../src/fetch/page.ts';
import { createPoliteness } from '../../src/fetch/politeness.ts';
import { createRobots } from '../../src/fetch/robots.ts';
import { createPageMemory } from '../../src/lib/page-memory.ts';
import type { CrawlBatch, CrawlContext, KnownPage, Page } from '../../src/model/ports.ts';
import { manualClock } from '../fetch/manual-clock.ts';
import { httpFor, startServer, type TestServer } from '../fetch/server.ts';

const HOUR = 3_600_000;

/** A page of a made-up engine: its documents, and the pages it leads to. */
interface Said {
  posts?: string[];
  placeholders?: string[];
  /** The reader cannot cope with it. */
  stumbles?: true;
  /** Changes without meaning anything. */
  readers?: number;
  links?: (Omit<Finding, 'url' | 'thread' | 'role'> & { path: string; role?: 'list' | 'content' })[];
}

const pages = new Map<string, Said | number>();
const asked: string[] = [];
let server: TestServer;
let clock: ReturnType<typeof manualClock>;
let ctx: CrawlContext;
const memory = { current: createPageMemory() };
let close: () => Promise<void>;

beforeEach(async () => {
  pages.clear();
  asked.length = 0;
  memory.current = createPageMemory();
  server = await startServer((request, response) => {
    const path = request.url ?? '';
    if (path === '/robots.txt') return void response.writeHead(404).end();
    asked.push(path);
    const said = pages.get(path);
    if (typeof said === 'number') return void response.writeHead(said).end();
    if (said === undefined) return void response.writeHead(404).end();
    const body = JSON.stringify(said);
    const etag = `"${Buffer.from(body).toString('base64url')}"`;
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
    response.writeHead(200, { etag, 'content-type': 'application/json' }).end(body);
  });
  const http = httpFor(server);
  clock = manualClock();
  const politeness = createPoliteness({ clock, minDelayMs: 0 });
  const robots = createRobots({ http, politeness, clock, userAgent: 'Molva-Test/1.0' });
  const fetchPage = createPageFetcher({ http, robots, politeness, clock });
  const { signal } = new AbortController();
  ctx = {
    fetch: (url: string, validators?: KnownPage['validators']) => fetchPage(url, validators, { signal }),
    now: () => clock.now(),
    signal,
    get pages() {
      return memory.current;
    },
    isPoll: true,
  } as unknown as CrawlContext;
  close = async () => {
    await http.close();
    await server.close();
  };
});
afterEach(() => close());

function read(page: Page, known: KnownPage): Promise<Reading> {
  const said = JSON.parse(page.text) as Said;
  if (said.stumbles) throw new TypeError('Cannot read properties of undefined');
  return Promise.resolve({
    documents: (said.posts ?? []).map((id) => ({
      externalId: id,
      url: page.url,
      kind: 'post' as const,
      text: id,
    })),
    deleted: said.placeholders ?? [],
    links: (said.links ?? []).map(({ path, role = 'content', ...rest }) => {
      const url = server.url + path;
      return { ...rest, url, role, thread: role === 'list' ? '' : known.thread || url };
    }),
  });
}

/** One visit; the documents told, what is gone, and the paths that were asked for. */
async function visit(options: { isPoll?: boolean; maxPages?: number; maxBatches?: number } = {}) {
  const { isPoll = true, maxPages = 50, maxBatches = Number.POSITIVE_INFINITY } = options;
  const start: Finding = { url: `${server.url}/`, role: 'list', thread: '', number: 1 };
  const batches: CrawlBatch[] = [];
  asked.length = 0;
  for await (const batch of walk(
    { start: [start], read, maxPages },
    { ...ctx, pages: memory.current, isPoll },
  )) {
    memory.current.save(batch.pages ?? []);
    batches.push(batch);
    if (batches.length >= maxBatches) break;
  }
  return {
    told: batches.flatMap(({ documents }) => documents.map(({ externalId }) => externalId)),
    deleted: batches.flatMap(({ deleted }) => deleted ?? []),
    asked: [...asked],
  };
}

function thread(path: string, says: string) {
  return { path, number: 1, mark: { by: 'board', says } };
}

describe('a walk', () => {
  test('reads threads to their ends, and of one that grew only the end', async () => {
    pages.set('/', { links: [thread('/t1', '2')] });
    pages.set('/t1', { posts: ['1', '2'], links: [{ path: '/t1?p=2', number: 2 }] });
    pages.set('/t1?p=2', { posts: ['3'] });
    expect((await visit()).told).toEqual(['1', '2', '3']);
    pages.set('/', { links: [thread('/t1', '3')] });
    pages.set('/t1?p=2', { posts: ['3', '4'] });
    const second = await visit();
    expect(second.told).toEqual(['3', '4']);
    expect(second.asked).toEqual(['/', '/t1?p=2']);
  });

  test('ends anywhere and goes on there', async () => {
    pages.set('/', { links: [thread('/t1', '1'), thread('/t2', '1')] });
    pages.set('/t1', { posts: ['1'] });
    pages.set('/t2', { posts: ['2'] });
    expect((await visit({ maxBatches: 2 })).told).toEqual([]);
    expect((await visit({ isPoll: false })).told).toEqual(['1', '2']);
  });

  test('follows a list into the past only while what stands there is news', async () => {
    pages.set('/', { links: [thread('/t1', '1'), { path: '/?p=2', role: 'list', number: 2, behind: true }] });
    pages.set('/?p=2', {
      links: [thread('/t2', '1'), { path: '/?p=3', role: 'list', number: 3, behind: true }],
    });
    pages.set('/?p=3', { links: [thread('/t3', '1')] });
    for (const at of [1, 2, 3]) pages.set(`/t${at}`, { posts: [String(at)] });
    expect((await visit()).told.toSorted()).toEqual(['1', '2', '3']);
    pages.set('/t0', { posts: ['0'] });
    pages.set('/', {
      links: [
        thread('/t0', '1'),
        thread('/t1', '1'),
        { path: '/?p=2', role: 'list', number: 2, behind: true },
      ],
    });
    expect((await visit()).asked).toEqual(['/', '/t0']);
  });

  test('looks again at a page, ever more rarely while nothing changes, and tells what was edited', async () => {
    pages.set('/', { links: [thread('/t1', '1')] });
    pages.set('/t1', { posts: ['1'] });
    await visit();
    const page = () => memory.current.ofThread(`${server.url}/t1`).then(([first]) => first);
    const waits: number[] = [];
    for (let look = 0; look < 4; look += 1) {
      const dueAt = (await page())?.dueAt ?? clock.now();
      waits.push(dueAt.getTime() - clock.now().getTime());
      clock.advance(dueAt.getTime() - clock.now().getTime());
      expect((await visit({ isPoll: false })).asked).toEqual(['/t1']);
    }
    expect(waits.every((wait, at) => at === 0 || wait > (waits[at - 1] ?? 0))).toBe(true);
  });

  test('tells of a post that is gone, and of a placeholder', async () => {
    pages.set('/', { links: [thread('/t1', '3')] });
    pages.set('/t1', { posts: ['1', '2', '3'] });
    await visit();
    pages.set('/t1', { posts: ['1'], placeholders: ['3'] });
    clock.advance(5 * HOUR);
    expect((await visit()).deleted.toSorted()).toEqual(['2', '3']);
  });

  test('knows that a post has only moved to the page before', async () => {
    pages.set('/', { links: [thread('/t1', '4')] });
    pages.set('/t1', { posts: ['1', '2'], links: [{ path: '/t1?p=2', number: 2 }] });
    pages.set('/t1?p=2', { posts: ['3', '4'] });
    await visit();
    pages.set('/t1', { posts: ['1', '3'], links: [{ path: '/t1?p=2', number: 2 }] });
    pages.set('/t1?p=2', { posts: ['4'] });
    const deleted: string[] = [];
    for (let look = 0; look < 4; look += 1) {
      clock.advance(5 * HOUR);
      deleted.push(...(await visit()).deleted);
    }
    expect(deleted).toEqual(['2']);
  });

  test('doubts a page that lost most of what it had, and believes it at the second look', async () => {
    pages.set('/', { links: [thread('/t1', '4')] });
    pages.set('/t1', { posts: ['1', '2', '3', '4'] });
    await visit();
    pages.set('/t1', { posts: ['1'] });
    clock.advance(5 * HOUR);
    expect((await visit()).deleted).toEqual([]);
    pages.set('/t1', { posts: ['1', '2', '3', '4'] });
    clock.advance(HOUR);
    expect((await visit()).deleted).toEqual([]);
  });

  test.each([
    [410, 1],
    [404, 2],
  ])('believes a page to be gone after status %i has been seen %i time(s)', async (status, times) => {
    pages.set('/', { links: [thread('/t1', '1')] });
    pages.set('/t1', { posts: ['1', '2'] });
    await visit();
    pages.set('/t1', status);
    const seen: string[][] = [];
    for (let look = 0; look < times; look += 1) {
      clock.advance(5 * HOUR);
      seen.push((await visit()).deleted);
    }
    expect(seen.at(-1)).toEqual(['1', '2']);
    expect(seen.slice(0, -1).flat()).toEqual([]);
  });

  test('goes past a page that cannot be read now, and comes back to it', async () => {
    pages.set('/', { links: [thread('/t1', '1'), thread('/t2', '1')] });
    pages.set('/t1', 500);
    pages.set('/t2', { posts: ['2'] });
    expect((await visit()).told).toEqual(['2']);
    pages.set('/t1', { posts: ['1'] });
    clock.advance(HOUR);
    expect((await visit({ isPoll: false })).told).toEqual(['1']);
  });

  test.each([
    ['that wants to be left alone', 503, ['/', '/t1']],
    ['on which page after page fails', 500, ['/', '/t1', '/t2', '/t3']],
  ])('leaves a server alone %s', async (_name, status, expected) => {
    pages.set('/', { links: [1, 2, 3, 4].map((at) => thread(`/t${at}`, '1')) });
    for (const at of [1, 2, 3, 4]) pages.set(`/t${at}`, status);
    asked.length = 0;
    await expect(visit()).rejects.toMatchObject({ code: `http-${status}` });
    expect(asked).toEqual(expected);
  });

  test('fails when the entry itself is gone', async () => {
    pages.set('/', 410);
    await expect(visit()).rejects.toMatchObject({ code: 'http-410' });
  });

  test('does not follow a thread whose last page comes again under every number', async () => {
    pages.set('/', { links: [thread('/t1', '1')] });
    pages.set('/t1', { posts: ['1'], links: [{ path: '/t1?p=2', number: 2 }] });
    for (let at = 2; at < 40; at += 1)
      pages.set(`/t1?p=${at}`, { posts: ['2'], links: [{ path: `/t1?p=${at + 1}`, number: at + 1 }] });
    expect((await visit()).asked).toEqual(['/', '/t1', '/t1?p=2', '/t1?p=3']);
  });

  test('goes past a page over which its reader stumbles', async () => {
    pages.set('/', { links: [thread('/t1', '1'), thread('/t2', '1')] });
    pages.set('/t1', { stumbles: true });
    pages.set('/t2', { posts: ['2'] });
    expect((await visit()).told).toEqual(['2']);
    pages.set('/t1', { posts: ['1'] });
    clock.advance(7 * HOUR);
    expect((await visit({ isPoll: false })).told).toEqual(['1']);
  });

  test('comes back to a known page that was forbidden for a while, however often it was read before', async () => {
    pages.set('/', { links: [thread('/t1', '1')] });
    pages.set('/t1', { posts: ['1'] });
    await visit();
    for (let look = 0; look < 4; look += 1) {
      clock.advance(100 * HOUR);
      await visit();
    }
    pages.set('/t1', 403);
    for (let look = 0; look < 4; look += 1) {
      clock.advance(31 * 24 * HOUR);
      expect((await visit()).asked).toContain('/t1');
    }
    pages.set('/t1', { posts: ['1', '2'] });
    clock.advance(31 * 24 * HOUR);
    expect((await visit()).told).toEqual(['1', '2']);
  });

  test('does not wait for longer than a month after however many failures', async () => {
    pages.set('/', { links: [thread('/t1', '1'), thread('/t2', '1')] });
    pages.set('/t1', 500);
    pages.set('/t2', { posts: ['2'] });
    for (let look = 0; look < 20; look += 1) {
      await visit({ isPoll: look === 0 });
      clock.advance(31 * 24 * HOUR);
    }
    expect((await visit({ isPoll: false })).asked).toContain('/t1');
  });

  test('finds a page of a host that answers behind any number of those that do not', async () => {
    const dead = Array.from({ length: 300 }, (_, at) => ({
      ...newPage(
        { url: `http://dead.invalid/${at}`, role: 'content', thread: `${at}`, number: 1 },
        clock.now(),
        2,
      ),
    }));
    memory.current.save(dead);
    pages.set('/', { links: [{ ...thread('/t1', '1') }] });
    pages.set('/t1', { posts: ['1'] });
    await visit();
    clock.advance(1000);
    pages.set('/', { links: [thread('/t1', '2')] });
    pages.set('/t1', { posts: ['1', '2'] });
    expect((await visit()).told).toEqual(['1', '2']);
  });

  test('is not drawn to a page by what changes around its posts', async () => {
    pages.set('/', { links: [thread('/t1', '1')] });
    const waits: number[] = [];
    for (let look = 0; look < 5; look += 1) {
      pages.set('/t1', { posts: ['1'], readers: look });
      await visit({ isPoll: look === 0 });
      const [page] = await memory.current.ofThread(`${server.url}/t1`);
      waits.push(page?.everyMs ?? 0);
      clock.advance(page?.everyMs ?? 0);
    }
    expect(waits.every((wait, at) => at === 0 || wait > (waits[at - 1] ?? 0))).toBe(true);
  });

  describe('when a page shows no post any more', () => {
    beforeEach(async () => {
      pages.set('/', { links: [1, 2, 3].map((at) => thread(`/t${at}`, '1')) });
      for (const at of [1, 2, 3]) pages.set(`/t${at}`, { posts: [`${at}`] });
      await visit();
    });
    async function later(hours: number) {
      clock.advance(hours * HOUR);
      return (await visit()).deleted;
    }

    test('believes it hours later, even if a list sends it there before', async () => {
      pages.set('/t1', { posts: [] });
      expect(await later(5)).toEqual([]);
      pages.set('/', { links: [thread('/t1', '2'), thread('/t2', '1'), thread('/t3', '1')] });
      expect(await later(0.1)).toEqual([]);
      expect(await later(7)).toEqual(['1']);
    });

    test.each([
      ['a login in place of every page', { posts: [] }],
      ['404 for every page', 404],
    ])('takes %s for a fault of the site', async (_name, said) => {
      for (const at of [1, 2, 3]) pages.set(`/t${at}`, said as Said | number);
      for (let look = 0; look < 5; look += 1) expect(await later(20)).toEqual([]);
      for (const at of [1, 2, 3]) pages.set(`/t${at}`, { posts: [`${at}`] });
      for (let look = 0; look < 5; look += 1) expect(await later(30)).toEqual([]);
    });

    test('sees that one that was gone has come back as it was', async () => {
      pages.set('/t1', 404);
      await later(5);
      expect(await later(5)).toEqual(['1']);
      pages.set('/t1', { posts: ['1'] });
      clock.advance(8 * 24 * HOUR);
      expect((await visit()).told).toContain('1');
    });
  });
});
