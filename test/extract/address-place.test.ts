import { describe, expect, it } from 'vitest';
import { isWithin, placeOf, postNumberOf } from '../../src/extract/address-place.ts';

const within = (address: string, source: string) => isWithin(placeOf(address)!, placeOf(source)!);

describe('the place that an address belongs to', () => {
  it.each([
    ['https://forum.example/t/1', 'http://www.forum.example/', 'yes'],
    ['https://m.blog.example/2026/kettle', 'https://blog.example/feed', 'yes'],
    ['https://news.example/1', 'https://forum.example/', 'no'],
    ['https://sub.forum.example/1', 'https://forum.example/', 'no'],
    ['https://forum.example:8080/1', 'https://forum.example/', 'no'],
    ['https://t.me/romashka_shop/15', 'https://t.me/s/romashka_shop', 'yes'],
    ['https://t.me/another_shop/15', 'https://t.me/s/romashka_shop', 'no'],
    ['https://vk.com/romashka?w=wall-1_2', 'https://vk.com/romashka', 'yes'],
    ['https://vk.com/wall-1_2', 'https://vk.com/wall-1_77', 'yes'],
    ['https://www.reddit.com/r/Tea/comments/1/x/', 'https://reddit.com/r/tea', 'yes'],
    ['https://www.reddit.com/r/coffee/comments/1/x/', 'https://reddit.com/r/tea', 'no'],
    ['https://www.youtube.com/watch?v=1', 'https://www.youtube.com/@romashka', 'maybe'],
    ['https://mastodon.example/@anna/1', 'https://mastodon.example/@anna', 'yes'],
    ['https://mastodon.example/@ivan/1', 'https://mastodon.example/@anna', 'no'],
    ['https://apps.apple.com/ru/app/x/id123', 'https://apps.apple.com/us/app/id123', 'yes'],
  ])('of %s is that of %s: %s', (address, source, answer) => {
    expect(within(address, source)).toBe(answer);
  });

  it('is none where there is no address', () => {
    expect(placeOf('no address')).toBeNull();
  });
});

describe('the number of a post', () => {
  it.each([
    ['https://f.example/t/1#p77', '77'],
    ['https://f.example/t/1/page-2#post-77', '77'],
    ['https://f.example/viewtopic.php?p=77#p77', '77'],
    ['https://f.example/viewtopic.php?t=5&p=77', '77'],
    ['https://f.example/threads/x.5/post-77', '77'],
    ['https://f.example/posts/77/', '77'],
    ['https://habr.example/articles/1/comments/#comment_77', '77'],
    ['https://f.example/t/1', undefined],
    ['https://f.example/t/1#comments', undefined],
    ['https://f.example/?p=abc', undefined],
    ['nothing', undefined],
  ])('that %s names is %s', (address, number) => {
    expect(postNumberOf(address)).toBe(number);
  });

  it('is looked for in no time, however the address was made', () => {
    const started = performance.now();
    postNumberOf(`https://f.example/${'post-'.repeat(50_000)}#${'a-'.repeat(50_000)}`);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
