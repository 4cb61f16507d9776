import { expect, test } from 'vitest';
import { findCrawler } from '../../crawlers/registry.ts';
import { createPageMemory } from '../../src/lib/page-memory.ts';

/** The first address that a source of this kind asks for. */
async function firstAsked(kind: string, url: string): Promise<string> {
  const asked: string[] = [];
  const pages = createPageMemory();
  const ctx = {
    fetch: async (address: string) => {
      asked.push(address);
      throw new Error('seen');
    },
    now: () => new Date('2026-11-22T12:00:00Z'),
    signal: new AbortController().signal,
    pages,
    isPoll: true,
  };
  const batches = findCrawler(kind)!.crawl({ url, settings: {}, state: null }, ctx);
  try {
    for await (const batch of batches) pages.save(batch.pages ?? []);
  } catch {
    // The first question is all that is wanted.
  }
  return asked[0] ?? '';
}

test.each([
  ['livejournal', 'https://olga-s.livejournal.com/1200.html', 'https://olga-s.livejournal.com/data/rss'],
  ['livejournal', 'https://users.livejournal.com/olga_s/', 'https://users.livejournal.com/olga_s/data/rss'],
  ['blogger', 'https://a.blogspot.com/2026/11/x.html', 'https://a.blogspot.com/feeds/posts/default'],
  ['habr', 'https://habr.com/ru/hubs/mobile/', 'https://habr.com/ru/rss/hubs/mobile/articles/'],
  ['habr', 'https://habr.com/ru/users/anna_k/articles/', 'https://habr.com/ru/rss/users/anna_k/articles/'],
  ['habr', 'https://habr.com/ru/articles/', 'https://habr.com/ru/rss/articles/?fl=ru'],
  [
    'youtube',
    'https://www.youtube.com/channel/UC0123456789abcdefghijkl/videos',
    'https://www.youtube.com/feeds/videos.xml?channel_id=UC0123456789abcdefghijkl',
  ],
  [
    'youtube',
    'https://www.youtube.com/playlist?list=PL12',
    'https://www.youtube.com/feeds/videos.xml?playlist_id=PL12',
  ],
  ['youtube', 'https://www.youtube.com/@zarya', 'https://www.youtube.com/@zarya'],
  ['reddit', 'https://www.reddit.com/r/mobile', 'https://www.reddit.com/r/mobile/new/.rss'],
  [
    'reddit',
    'https://www.reddit.com/r/mobile/search/?q=zarya',
    'https://www.reddit.com/r/mobile/search.rss?q=zarya&sort=new&restrict_sr=on',
  ],
  [
    'reddit',
    'https://www.reddit.com/r/mobile/comments/1abc/bill/',
    'https://www.reddit.com/r/mobile/comments/1abc/.rss',
  ],
  [
    'reddit',
    'https://www.reddit.com/u/anna_k?feed=k&user=me',
    'https://www.reddit.com/user/anna_k/.rss?feed=k&user=me',
  ],
])('%s knows the feed behind %s', async (kind, url, feed) => {
  expect(await firstAsked(kind, url)).toBe(feed);
});
