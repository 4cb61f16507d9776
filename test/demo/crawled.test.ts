import iconv from 'iconv-lite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { crawlers } from '../../crawlers/registry.ts';
import { worldTruth } from '../../demo/truth.ts';
import { startWorld, type World } from '../../demo/world.ts';
import { createPageMemory } from '../../src/lib/page-memory.ts';
import type { FoundDocument } from '../../src/model/document.ts';
import type { CrawlContext } from '../../src/model/ports.ts';

const now = new Date('2026-11-22T10:00:30Z');
let world: World;

beforeAll(async () => {
  world = await startWorld({ port: 0, now });
});
afterAll(() => world.close());

const pages = createPageMemory();
const context: CrawlContext = {
  now: () => now,
  signal: new AbortController().signal,
  pages,
  isPoll: true,
  async fetch(url) {
    const response = await fetch(url);
    const type = response.headers.get('content-type') ?? '';
    const charset = /charset=(.+)$/.exec(type)?.[1] ?? 'utf-8';
    const text = iconv.decode(Buffer.from(await response.arrayBuffer()), charset);
    return { url, contentType: type.split(';')[0] ?? '', text, charset, validators: {} };
  },
};

async function crawl(kind: string, path: string): Promise<FoundDocument[]> {
  const crawler = crawlers.find((each) => each.kind === kind);
  const found: FoundDocument[] = [];
  const source = { url: `${world.url}${path}`, settings: crawler?.settings.parse({}), state: null };
  for await (const batch of crawler?.crawl(source, context) ?? []) {
    found.push(...batch.documents);
    pages.save(batch.pages ?? []);
  }
  return found;
}

it('is read whole by our own crawlers: every document, date and author', async () => {
  const found = [
    ...(await crawl('feed', '/kuhnya/rss.xml')),
    ...(await crawl('feed', '/dvor/atom.xml')),
    ...(await crawl('feed', '/homemaker/feed.json')),
    ...(await crawl('phpbb', '/forum/viewforum.php?f=2')),
  ];
  const seen = found.map((each) => [
    each.url.replace(world.url, ''),
    each.author?.handle,
    each.publishedAt?.toISOString(),
  ]);
  const meant = worldTruth(now).map((each) => [each.path, each.author, each.publishedAt.toISOString()]);
  expect(seen.sort()).toEqual(meant.sort());
  for (const each of found) expect(each.text).not.toMatch(/TANYA10|писал\(а\)|never again/);
});
