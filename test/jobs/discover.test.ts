import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { discover } from '../../src/jobs/discover.ts';
import { previewCandidate } from '../../src/jobs/preview.ts';
import { discoveryOn, rss, type Sites } from './local-sites.ts';

const never = new AbortController().signal;
const find = async (sites: Sites, address: string) => {
  const deps = discoveryOn(sites);
  const { candidates, notes } = await discover(deps, address, never);
  return { candidates, notes, asked: deps.asked };
};
const thread = readFileSync(new URL('../fixtures/crawlers/phpbb/thread-11.html', import.meta.url), 'utf8');

const BLOG = `<html><head><title>A blog</title><link rel="alternate" type="application/rss+xml" href="/posts.xml">
  <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.xml"></head><body><h2><a href="/1">One</a></h2></body></html>`;

describe('what a pasted address leads to', () => {
  it('is the feed itself', async () => {
    const { candidates, asked } = await find(
      { 'https://blog.example/feed': rss('Tea', ['one']) },
      'blog.example/feed',
    );
    expect(candidates).toMatchObject([
      { kind: 'feed', url: 'https://blog.example/feed', name: 'Tea', why: 'itself' },
    ]);
    expect(asked).toEqual(['https://blog.example/feed']);
  });

  it('is the feeds that a page names, posts before comments, and the site as a whole', async () => {
    const { candidates, asked } = await find(
      {
        'https://blog.example/': BLOG,
        'https://blog.example/posts.xml': rss('Posts', ['one']),
        'https://blog.example/comments.xml': rss('Comments', ['re']),
      },
      'https://blog.example/',
    );
    expect(candidates.map(({ kind, name, why }) => [kind, name, why])).toEqual([
      ['feed', 'Posts', 'link'],
      ['feed', 'Comments', 'link'],
      ['site', 'A blog', 'site'],
    ]);
    expect(asked.length).toBe(4);
  });

  it('is looked for at usual places only when no link says where the feed is', async () => {
    const { candidates, asked } = await find(
      {
        'https://blog.example/': '<html><title>x</title><link rel="icon"></html>',
        'https://blog.example/rss.xml': rss('Found', ['one']),
      },
      'blog.example',
    );
    expect(candidates[0]).toMatchObject({ url: 'https://blog.example/rss.xml', why: 'guess' });
    expect(asked.length).toBeLessThanOrEqual(10);
  });

  it('is a forum, with the whole forum behind a thread', async () => {
    const { candidates } = await find(
      { 'https://forum.example/bb/viewtopic.php?f=3&t=11': thread },
      'https://forum.example/bb/viewtopic.php?f=3&t=11',
    );
    expect(candidates.slice(0, 2)).toMatchObject([
      { kind: 'phpbb', url: 'https://forum.example/bb/viewtopic.php?f=3&t=11', why: 'engine' },
      { kind: 'phpbb', url: 'https://forum.example/bb/', why: 'whole-forum' },
    ]);
  });

  it('is told by the form of a platform’s address without a request', async () => {
    for (const [pasted, url] of [
      ['t.me/some_channel/123', 'https://t.me/s/some_channel'],
      ['@some_channel', 'https://t.me/s/some_channel'],
    ] as const) {
      const { candidates, asked } = await find({}, pasted);
      expect(candidates[0]).toMatchObject({ kind: 'telegram', url, why: 'platform' });
      expect(asked).toEqual([]);
    }
  });

  it('is tried without encryption when the name alone was pasted and https does not answer', async () => {
    const { candidates, notes } = await find(
      { 'https://old.example/': { error: 'connect' }, 'http://old.example/': rss('Old', ['one']) },
      'old.example',
    );
    expect(candidates[0]?.url).toBe('http://old.example/');
    expect(notes.map(({ code }) => code)).toEqual(['connect']);
  });

  it('is told in words when nothing can be read', async () => {
    const { candidates, notes } = await find(
      { 'https://x.example/': { error: 'http-403' } },
      'https://x.example/',
    );
    expect(candidates).toEqual([]);
    expect(notes).toMatchObject([{ step: 'page', code: 'http-403', url: 'https://x.example/' }]);
  });

  it('is still the site when the feed that it names is broken', async () => {
    const { candidates, notes } = await find(
      { 'https://blog.example/': BLOG, 'https://blog.example/posts.xml': '<html>sorry</html>' },
      'https://blog.example/',
    );
    expect(candidates[0]).toMatchObject({ kind: 'site' });
    expect(notes.map(({ step, code }) => [step, code])).toContainEqual(['feed', 'not-a-feed']);
  });

  it.each([
    '',
    'two words',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'nodot',
    'ftp://x.example',
    'http://',
  ])('is refused in words when it is no address: %j', async (pasted) => {
    await expect(find({}, pasted)).rejects.toThrow(/address/);
  });
});

describe('a preview', () => {
  it('shows the first documents with their fields and stores nothing', async () => {
    const deps = discoveryOn({ 'https://blog.example/feed': rss('Tea', ['one', 'two']) });
    const preview = await previewCandidate(
      deps,
      { kind: 'feed', url: 'https://blog.example/feed', settings: {} },
      never,
    );
    expect(preview.documents).toMatchObject([
      { title: 'one', author: 'Anna', publishedAt: new Date('2026-11-21T10:00:00Z'), kind: 'article' },
      { title: 'two' },
    ]);
    expect(preview).toMatchObject({ found: 2, pages: ['https://blog.example/feed'], notes: [] });
  });

  it('reads no more pages than it may', async () => {
    const links = Array.from({ length: 30 }, (_, at) => `<h2><a href="/post/${at}">Post ${at}</a></h2>`).join(
      '',
    );
    const deps = discoveryOn({ 'https://blog.example/': `<html><body>${links}</body></html>` });
    const preview = await previewCandidate(
      deps,
      { kind: 'site', url: 'https://blog.example/', settings: {} },
      never,
    );
    expect(deps.asked.length).toBe(5);
    expect(preview.waiting).toBeGreaterThan(20);
  });

  it('says what could not be read', async () => {
    const preview = await previewCandidate(
      discoveryOn({ 'https://x.example/feed': { error: 'http-403' } }),
      { kind: 'feed', url: 'https://x.example/feed', settings: {} },
      never,
    );
    expect(preview.notes).toMatchObject([{ step: 'crawl', code: 'http-403' }]);
  });
});
