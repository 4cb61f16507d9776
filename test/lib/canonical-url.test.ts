import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalUrl, sameAddressKey } from '../../src/lib/canonical-url.ts';
import { processorMs } from '../support/processor-ms.ts';

describe('a canonical address', () => {
  test.each([
    ['https://Blog.Example/post?utm_source=rss&id=7&fbclid=x', 'https://blog.example/post?id=7'],
    [
      'http://f.example/viewtopic.php?t=1&sid=0123456789abcdef0123456789abcdef',
      'http://f.example/viewtopic.php?t=1',
    ],
    ['http://f.example/a;jsessionid=AB12?x=1', 'http://f.example/a?x=1'],
    ['http://f.example:80/a#comment-5', 'http://f.example/a#comment-5'],
    ['http://f.example/list?sid=moscow', 'http://f.example/list?sid=moscow'],
    ['http://f.example/?q=%D0%B0+b', 'http://f.example/?q=%D0%B0+b'],
    ['tag:blog.example,2026:5', 'tag:blog.example,2026:5'],
  ])('%s is %s', (address, expected) => {
    expect(canonicalUrl(address)).toBe(expected);
  });

  test('of a canonical address is that address', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const once = canonicalUrl(url);
        expect(canonicalUrl(once)).toBe(once);
      }),
    );
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof canonicalUrl(text) === 'string'));
  });
});

describe('the twins of a page', () => {
  test.each([
    'https://www.news.example/story/1',
    'http://m.news.example/story/1/',
    'https://news.example/story/1/amp/',
    'https://amp.news.example/amp/story/1?utm_medium=x',
    'https://news.example/story/1/index.html',
    'https://news.example/story/1?amp=1',
  ])('%s has the same key', (address) => {
    expect(sameAddressKey(address)).toBe('news.example/story/1');
  });

  test('a path of slashes takes no longer than it is read', () => {
    const started = processorMs();
    expect(sameAddressKey(`https://a.example/${'/'.repeat(200_000)}x//`)).toMatch(/x$/);
    expect(processorMs() - started).toBeLessThan(4000);
  });

  test('other pages have other keys', () => {
    expect(sameAddressKey('https://news.example/story?id=2&a=1')).toBe('news.example/story?a=1&id=2');
    expect(sameAddressKey('https://m.ru/story')).toBe('m.ru/story');
  });
});
