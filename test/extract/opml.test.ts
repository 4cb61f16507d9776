import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { MAX_OPML_CHARS, readOpml, writeOpml } from '../../src/extract/opml.ts';

const opml = (body: string, head = '') =>
  `<?xml version="1.0" encoding="UTF-8"?>${head}<opml version="2.0"><head/><body>${body}</body></opml>`;
const feed = (name: string, url: string) => `<outline text="${name}" type="rss" xmlUrl="${url}"/>`;

describe('a list of subscriptions', () => {
  it('comes back as it was written', () => {
    const entries = [
      { url: 'https://a.example/feed?a=1&b=2', name: 'Ромашка & "Ко" <b>' },
      { url: 'https://b.example/', name: 'Форум', kind: 'phpbb', category: 'Форумы' },
      { url: 'https://c.example/feed', name: 'C', category: 'Форумы' },
    ];
    const text = writeOpml('Молва', entries, new Date('2026-11-22T09:00:00Z'));
    expect(readOpml(text)).toEqual({ entries, mistakes: [], repeats: [] });
  });

  it('keeps the names of folders within folders', () => {
    const text = opml(
      `<outline text="A"><outline text="B">${feed('x', 'https://x.example/')}</outline></outline>${feed('y', 'feed:https://y.example/')}`,
    );
    expect(readOpml(text).entries).toEqual([
      { url: 'https://x.example/', name: 'x', category: 'A / B' },
      { url: 'https://y.example/', name: 'y' },
    ]);
  });

  it('lists what is no address and reads the rest, each address once', () => {
    const list = readOpml(
      opml(
        `${feed('bad', 'javascript:alert(1)')}${feed('a', 'https://a.example/')}${feed('again', 'https://a.example/')}${feed('', 'https://no-name.example/')}`,
      ),
    );
    expect(list.mistakes).toEqual([{ name: 'bad', url: 'javascript:alert(1)' }]);
    expect(list.entries.map(({ name }) => name)).toEqual(['again', 'no-name.example']);
    expect(list.repeats).toEqual([{ name: 'a', url: 'https://a.example/' }]);
  });

  const BOMB = `<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>`;
  const FILE = `<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>`;
  it.each([
    ['an entity bomb', opml(feed('&b;', 'https://a.example/'), BOMB), /entities/],
    [
      'a DTD elsewhere',
      opml(feed('a', 'https://a.example/'), '<!DOCTYPE opml SYSTEM "http://dtd.example/x">'),
      /DTD/,
    ],
    ['a parameter entity', opml('', '<!DOCTYPE opml [%x;]>'), /DTD/],
    ['a reach for a file', opml(feed('&x;', 'https://a.example/'), FILE), /entities/],
    ['too much', `<opml>${' '.repeat(MAX_OPML_CHARS)}</opml>`, /2 MB/],
    ['too deep', opml(`${'<outline text="a">'.repeat(3000)}${'</outline>'.repeat(3000)}`), /deep/],
    ['too many', opml(feed('a', 'https://a.example/').repeat(10_001)), /more than 5000/],
    ['a web page', '<html><body>hello</body></html>', /not an OPML/],
    ['nothing', '', /not an OPML/],
  ])('is refused in words when it is %s', (_what, text, words) => {
    expect(() => readOpml(text)).toThrow(words);
  });

  it('of other programs, of version 1.0 and in other letters, is read too', () => {
    const old = `<?xml version="1.0"?><!DOCTYPE opml><opml version="1.0"><head><title>x</title></head><body>
      <outline text="A &amp; B &#x1F600;"><outline title="T" text="" type="rss" xmlurl="http://t.example/rss"/></outline></body></opml>`;
    expect(readOpml(old).entries).toEqual([
      { url: 'http://t.example/rss', name: 'T', category: 'A & B \u{1F600}' },
    ]);
  });

  it('is written as OPML 2.0 in which other programs find the feeds, and only those, as feeds', () => {
    const entries = [
      { url: 'https://a.example/feed?a=1&b=2', name: '"<b>" & co' },
      { url: 'https://b.example/', name: 'Forum', kind: 'phpbb' },
    ];
    const $ = load(writeOpml('M', entries, new Date('2026-11-22T09:00:00Z')), { xml: true });
    expect($('opml').attr('version')).toBe('2.0');
    expect($('head > title').text()).toBe('M');
    const feeds = $('outline[type=rss]').map((_, node) => [$(node).attr('xmlUrl'), $(node).attr('text')]);
    expect(feeds.get()).toEqual(['https://a.example/feed?a=1&b=2', '"<b>" & co']);
    expect($('outline[type=link]').attr('url')).toBe('https://b.example/');
  });

  it('survives what is cut off', () => {
    const text = opml(feed('a', 'https://a.example/').repeat(3));
    for (let end = 40; end < text.length; end += 7) {
      try {
        readOpml(text.slice(0, end));
      } catch (error) {
        expect(String(error)).toMatch(/OPML/);
      }
    }
  });
});
