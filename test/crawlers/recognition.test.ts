import { expect, test } from 'vitest';
import { crawlers } from '../../crawlers/registry.ts';

/** Kinds that are sure of an address before anything was read. */
function sureOf(url: string): string[] {
  const page = { url, contentType: '', text: '', charset: 'utf-8', validators: {} };
  return crawlers.filter((crawler) => crawler.detect(page) >= 0.8).map(({ kind }) => kind);
}

test.each([
  ['https://olga-s.livejournal.com/', 'livejournal'],
  ['https://phones.blogspot.co.uk/', 'blogger'],
  ['https://habr.com/ru/hubs/mobile/', 'habr'],
  ['https://m.youtube.com/@zarya', 'youtube'],
  ['https://old.reddit.com/r/mobile', 'reddit'],
  ['https://vk.com/zarya', 'vk'],
  ['https://m.vk.ru/club77', 'vk'],
  ['https://bsky.app/profile/zarya.bsky.social', 'bluesky'],
  ['https://hn.algolia.com/?q=zarya', 'hacker-news'],
  ['https://ru.stackoverflow.com/questions/tagged/android', 'stack-exchange'],
  ['https://apps.apple.com/ru/app/zarya/id123456', 'app-store'],
  ['https://zarya.wordpress.com/', 'wordpress'],
])('%s is %s at sight', (url, kind) => {
  expect(sureOf(url)).toEqual([kind]);
});

test.each([
  'https://notvk.com/zarya',
  'https://habr.com.example.org/',
  'https://example.org/vk.com',
  'https://news.ycombinator.com/item?id=1',
  'https://ru.stackoverflow.com/questions/1/x',
  'https://apps.apple.com/ru/developer/zarya',
])('%s is no platform at sight', (url) => {
  expect(sureOf(url)).toEqual([]);
});
