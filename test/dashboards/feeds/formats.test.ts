import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import type { Feed } from '../../../dashboards/feeds/entries.ts';
import { toAtom, toJsonFeed, toRss } from '../../../dashboards/feeds/formats.ts';
import { parseFeed } from '../../../src/extract/feed.ts';
import { PAYLOADS } from '../payloads.ts';

const odd = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }),
  fc.constantFrom(
    ...PAYLOADS,
    ']]>',
    '<![CDATA[x',
    '&amp;',
    '\0\u0001\ufffe\uffff',
    '\ud800x',
    '"\'<>&',
    '<?xml?>',
  ),
);
const feeds: fc.Arbitrary<Feed> = fc.record({
  name: odd,
  home: fc.constant('https://molva.example/mentions?q=%D1%8F&tone=negative'),
  language: fc.constantFrom('ru', 'en'),
  entries: fc.array(
    fc.record({
      id: fc.integer({ min: 1 }).map((n) => `https://molva.example/mentions/${n}`),
      title: odd,
      text: odd,
      url: fc.constantFrom(null, 'https://forum.example/1?a=1&b="2"'),
      time: fc.date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      author: fc.option(odd),
      source: odd,
      topics: fc.array(odd, { maxLength: 3 }),
    }),
    { maxLength: 4 },
  ),
});

/** Names of elements as they open and close, and what stands in some of them. */
function parts(xml: string): { open: string[]; texts: Record<string, string[]> } {
  const open: string[] = [];
  const stack: string[] = [];
  const texts: Record<string, string[]> = {};
  const parser = new Parser(
    {
      onopentag: (name) => {
        open.push(name);
        stack.push(name);
        if (name === 'title' || name === 'content' || name === 'description') {
          texts[name] = [...(texts[name] ?? []), ''];
        }
      },
      ontext: (text) => {
        const own = texts[stack.at(-1) ?? ''];
        if (own) own[own.length - 1] += text;
      },
      onclosetag: () => void stack.pop(),
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return { open, texts };
}

const ALLOWED = new Set(
  'rss channel title link description language lastBuildDate generator ttl item guid pubDate dc:creator category feed id updated entry published author name content'.split(
    ' ',
  ),
);
/** What XML 1.0 can hold. */
const held = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as XML 1.0 has it
  text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');

describe.each([
  ['RSS', toRss, 'description'],
  ['Atom', toAtom, 'content'],
] as const)('a feed as %s', (_name, write, body) => {
  it('holds every text as text: no element and no entity comes of it', () => {
    fc.assert(
      fc.property(feeds, (feed) => {
        const xml = write(feed);
        expect(xml).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: as XML 1.0 has it
        expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
        const { open, texts } = parts(xml);
        expect(open.filter((name) => !ALLOWED.has(name))).toEqual([]);
        expect(texts.title).toEqual([feed.name, ...feed.entries.map(({ title }) => title)].map(held));
        expect((texts[body] ?? []).slice(body === 'description' ? 1 : 0)).toEqual(
          feed.entries.map(({ text }) => held(text)),
        );
      }),
    );
  });

  it('is the same as long as nothing new was found', () => {
    const empty = { name: 'n', home: 'https://molva.example/mentions', language: 'ru', entries: [] };
    expect(write(empty)).toBe(write(empty));
    expect(write(empty)).toMatch(/1970/);
  });
});

it.each([
  ['RSS', toRss, 'application/rss+xml'],
  ['Atom', toAtom, 'application/atom+xml'],
  ['JSON Feed', toJsonFeed, 'application/feed+json'],
] as const)('is read by a feed reader as it was meant: %s', async (_name, write, type) => {
  const entry = {
    id: 'https://molva.example/mentions/7',
    title: 'Возврат & обмен',
    text: 'Третью неделю <жду>',
    url: 'https://forum.example/1?a=1&b=2',
    time: new Date('2026-11-22T09:00:00Z'),
    author: 'Анна К.',
    source: 'Форум',
    topics: ['Ромашка'],
  };
  const feed = { name: 'Возвраты', home: 'https://molva.example/mentions', language: 'ru', entries: [entry] };
  const read = await parseFeed(write(feed), type, 'https://molva.example/feed', new Date('2026-11-23'));
  expect(read).toMatchObject({ title: 'Возвраты', language: 'ru', link: 'https://molva.example/mentions' });
  expect(read.items).toMatchObject([
    {
      title: 'Возврат & обмен',
      url: entry.url,
      publishedAt: entry.time,
      authors: [{ name: 'Анна К.' }],
      categories: ['Ромашка'],
    },
  ]);
});

it('as JSON is what JSON Feed asks for, without an address where there is none to follow', () => {
  fc.assert(
    fc.property(feeds, (feed) => {
      const read = JSON.parse(toJsonFeed(feed)) as { version: string; items: { id: string; url?: string }[] };
      expect(read.version).toBe('https://jsonfeed.org/version/1.1');
      expect(read.items.map(({ id, url }) => [id, url ?? null])).toEqual(
        feed.entries.map(({ id, url }) => [id, url]),
      );
    }),
  );
});
