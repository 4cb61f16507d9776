import { load } from 'cheerio';
import { parse as parseCsv } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import Parser from 'rss-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCustomersCsv, demoPurchasesJsonl } from '../../demo/customers.ts';
import { worldTruth } from '../../demo/truth.ts';
import { startWorld, type World } from '../../demo/world.ts';

const now = new Date('2026-11-22T10:00:30Z');
let world: World;

beforeAll(async () => {
  world = await startWorld({ port: 0, now, slowMs: 60_000 });
});
afterAll(() => world.close());

async function bytesOf(path: string): Promise<{ response: Response; bytes: Buffer }> {
  const response = await fetch(`${world.url}${path}`);
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
}

async function textOf(path: string): Promise<string> {
  const { response, bytes } = await bytesOf(path);
  return iconv.decode(
    bytes,
    /charset=(.+)$/.exec(response.headers.get('content-type') ?? '')?.[1] ?? 'utf-8',
  );
}

describe('startWorld', () => {
  it('listens on loopback only', () => {
    expect(world.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('serves the second blog in real windows-1251, without losing a letter', async () => {
    for (const path of ['/dvor/atom.xml', '/dvor/lyutik-obman.html', '/dvor/']) {
      const { response, bytes } = await bytesOf(path);
      expect(response.headers.get('content-type')).toMatch(/; charset=windows-1251$/);
      expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow();
      const text = iconv.decode(bytes, 'windows-1251');
      expect(text).toMatch(/Лютик/);
      expect(text).toMatch(/encoding="windows-1251"|<meta charset="windows-1251">/);
      expect(text).not.toMatch(/[а-я]\?[а-я]/);
    }
  });

  it('serves feeds that readers read', async () => {
    const parser = new Parser();
    const kitchen = await parser.parseString(await textOf('/kuhnya/rss.xml'));
    expect(kitchen.items.length).toBeGreaterThanOrEqual(14);
    expect(kitchen.items[0]?.['content:encoded']).toContain('<p>');
    const yard = await parser.parseString(await textOf('/dvor/atom.xml'));
    expect(yard.items.length).toBeGreaterThanOrEqual(10);
    const homemaker = JSON.parse(await textOf('/homemaker/feed.json')) as {
      items: { date_published: string }[];
    };
    expect(homemaker.items.length).toBeGreaterThanOrEqual(10);
    const dates = [...kitchen.items, ...yard.items].map((item) => item.isoDate ?? '');
    for (const date of [...dates, ...homemaker.items.map((item) => item.date_published)])
      expectRecent(new Date(date));
  });

  it.each([
    '/kuhnya/rss.xml',
    '/dvor/atom.xml',
    '/homemaker/feed.json',
  ])('answers 304 for %s when nothing is new', async (path) => {
    const first = await fetch(`${world.url}${path}`);
    const etag = first.headers.get('etag') ?? '';
    const modified = first.headers.get('last-modified') ?? '';
    await first.arrayBuffer();
    const ask = (headers: Record<string, string>) =>
      fetch(`${world.url}${path}`, { headers }).then((each) => each.status);
    expect(await ask({ 'if-none-match': etag })).toBe(304);
    expect(await ask({ 'if-modified-since': modified })).toBe(304);
    expect(await ask({ 'if-none-match': '"old"' })).toBe(200);
  });

  it('shows in its forum every post of the truth once, on its page', async () => {
    const list = load(await textOf('/forum/viewforum.php?f=2'));
    const links = list('a.topictitle')
      .toArray()
      .map((link) => list(link).attr('href') ?? '');
    expect(links.length).toBeGreaterThanOrEqual(5);
    const truth = worldTruth(now).filter((each) => each.kind === 'post');
    expect(truth.length).toBeGreaterThanOrEqual(60);
    const seen: string[] = [];
    for (const link of links) {
      for (let next: string | undefined = link; next; ) {
        const path = new URL(next, `${world.url}/forum/`);
        const page = load(await textOf(path.pathname + path.search));
        const posts = page('.post').toArray();
        expect(posts.length).toBeLessThanOrEqual(15);
        for (const post of posts) seen.push(permalink(page(post).attr('id') ?? ''));
        for (const time of page('time').toArray()) expectRecent(new Date(page(time).attr('datetime') ?? ''));
        next = page('.action-bar.bar-top a[rel=next]').attr('href');
      }
    }
    expect(seen.sort()).toEqual(truth.map((each) => each.path).sort());
  });

  it('keeps quotations and signatures out of the words of the author', async () => {
    const page = load(await textOf('/forum/viewtopic.php?f=2&t=11'));
    expect(page('.content blockquote').length).toBeGreaterThan(0);
    expect(page('.signature').text()).toContain('Ромашка');
    expect(page('.content .signature').length).toBe(0);
    expect(page('a.username').attr('href')).toBe('./memberlist.php?mode=viewprofile&u=7');
    expect(await textOf('/forum/memberlist.php?mode=viewprofile&u=7')).toContain('anna_k');
  });

  it('finds a post by its number', async () => {
    const link = worldTruth(now).find((each) => each.author === 'romashka_support');
    const number = link?.path.split('#p')[1] ?? '';
    expect(load(await textOf(`/forum/viewtopic.php?p=${number}`))(`#p${number}`).length).toBe(1);
  });

  it('has an article page for every article of the truth', async () => {
    for (const article of worldTruth(now).filter((each) => each.kind === 'article')) {
      const text = load(await textOf(article.path)).text();
      expect(text).toContain(article.title);
      expect(text).toContain(article.author);
    }
  });

  it('has places that fail in their own ways', async () => {
    expect((await bytesOf('/missing/')).response.status).toBe(404);
    expect((await bytesOf('/broken/feed.xml')).response.status).toBe(200);
    await expect(new Parser().parseString(await textOf('/broken/feed.xml'))).rejects.toThrow();
    await expect(fetch(`${world.url}/slow/feed.xml`, { signal: AbortSignal.timeout(300) })).rejects.toThrow();
    expect(await textOf('/robots.txt')).toContain('User-agent: *');
  });

  it.each([
    '/forum/viewtopic.php?t=99',
    '/forum/viewtopic.php?t=11&start=900',
    '/forum/viewtopic.php?t=11&start=-1',
    '/forum/viewtopic.php?p=x',
    '/forum/memberlist.php?u=999',
    '//',
    '/%00',
  ])('answers 404 to %s', async (path) => {
    expect((await bytesOf(path)).response.status).toBe(404);
  });

  it('refuses to be written to', async () => {
    const response = await fetch(`${world.url}/forum/`, { method: 'POST', body: 'x'.repeat(100_000) });
    expect(response.status).toBe(405);
  });

  it('publishes the complaint that it held back, once', async () => {
    const own = await startWorld({ port: 0, now });
    const address = own.publish(now);
    expect(own.publish(now)).toBe(address);
    const page = load(await (await fetch(address)).text());
    expect(page(`#${address.split('#')[1]} .content`).text()).toContain('издевательство');
    await own.close();
  });

  it('closes although somebody still waits for the slow place', async () => {
    const own = await startWorld({ port: 0, now });
    const waiting = fetch(`${own.url}/slow/feed.xml`).catch(() => 'cut');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await own.close();
    expect(await waiting).toBe('cut');
  });
});

describe('worldTruth', () => {
  it('is all in the past three days', () => {
    for (const document of worldTruth(now)) expectRecent(document.publishedAt);
  });

  it('names a brand only where the text does', async () => {
    const names = { romashka: /ромашк/i, lyutik: /лютик/i, daisy: /daisy/i };
    for (const document of worldTruth(now)) {
      const page = load(await textOf(document.path.split('#')[0] ?? ''));
      const text =
        document.kind === 'article'
          ? page('article').text()
          : page(`#${document.path.split('#')[1]} .content`)
              .find('blockquote')
              .remove()
              .end()
              .text();
      for (const brand of Object.keys(document.brands))
        expect(text).toMatch(names[brand as keyof typeof names]);
    }
  });

  it('holds complaints by customers who are in the register, in both languages', () => {
    const ids = new Set(register('127.0.0.1:1').map((row) => row.external_id));
    const complaints = worldTruth(now).filter((each) => each.complaint && each.customer !== null);
    for (const complaint of complaints) expect(ids).toContain(complaint.customer);
    expect(complaints.filter((each) => 'romashka' in each.brands).length).toBeGreaterThanOrEqual(5);
    expect(complaints.filter((each) => 'daisy' in each.brands).length).toBeGreaterThanOrEqual(2);
    expect(
      worldTruth(now).filter((each) => each.complaint && each.customer === null).length,
    ).toBeGreaterThanOrEqual(3);
  });

  it('leaves every customer who writes a way to be recognised', async () => {
    const rows = register(new URL(world.url).host);
    const everything = worldTruth(now);
    for (const id of new Set(everything.map((each) => each.customer).filter((each) => each !== null))) {
      const row = rows.find((each) => each.external_id === id);
      const texts = await Promise.all(
        everything
          .filter((each) => each.customer === id)
          .map(async (each) => load(await textOf(each.path.split('#')[0] ?? '')).text()),
      );
      const authors = everything
        .filter((each) => each.customer === id)
        .map((each) => `${new URL(world.url).host}/${each.author}`);
      const signs = [row?.emails, row?.phones].flatMap((cell) => (cell ?? '').split(';')).filter(Boolean);
      const byHandle = (row?.handles ?? '').split(';').some((handle) => authors.includes(handle));
      expect(byHandle || signs.some((sign) => texts.some((text) => text.includes(sign)))).toBe(true);
    }
  });
});

describe('the register', () => {
  it('has customers of all tiers, in CSV and in JSON lines', () => {
    const rows = register('127.0.0.1:8080');
    expect(rows.length).toBeGreaterThanOrEqual(24);
    expect(new Set(rows.map((row) => row.tier))).toEqual(new Set(['MVC', 'MGC', 'BZC']));
    expect(rows[0]?.handles).toBe('127.0.0.1:8080/anna_k');
    expect(rows.some((row) => (row.emails ?? '').includes(';'))).toBe(true);
    const lines = demoPurchasesJsonl('127.0.0.1:8080', now)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { purchases: { at: string }[] });
    expect(lines).toHaveLength(rows.length);
    for (const purchase of lines.flatMap((line) => line.purchases))
      expect(new Date(purchase.at) < now).toBe(true);
  });
});

function permalink(id: string): string {
  return `/forum/viewtopic.php?p=${id.slice(1)}#${id}`;
}

function register(site: string): Record<string, string>[] {
  return parseCsv(demoCustomersCsv(site), { columns: true }) as Record<string, string>[];
}

function expectRecent(at: Date): void {
  expect(at.getTime()).toBeLessThanOrEqual(now.getTime());
  expect(at.getTime()).toBeGreaterThan(now.getTime() - 3 * 86_400_000);
}
