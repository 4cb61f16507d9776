import { describe, expect, test } from 'vitest';
import { parseFeed } from '../../src/extract/feed.ts';
import { processorMs } from '../support/processor-ms.ts';

const now = new Date('2026-11-22T12:00:00Z');
const read = (text: string) => parseFeed(text, '', 'https://example.org/blog/feed', now);
const rss = (item: string, attributes = 'version="2.0"') =>
  `<rss ${attributes}><channel><title>T</title>${item}</channel></rss>`;

describe('formats', () => {
  test('RSS 2.0 with full content prefers it to the summary', async () => {
    const feed = await read(
      rss(
        '<item><title>A</title><description>short</description><content:encoded><![CDATA[<p>the whole</p>]]></content:encoded></item>',
        'version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"',
      ),
    );
    expect(feed).toMatchObject({ title: 'T', items: [{ title: 'A', text: 'the whole' }] });
  });

  test('RSS without a version, with a bare ampersand and cut off is read', async () => {
    const { items } = await read(
      '<rss><channel><title>T & Co</title><item><title>Q&nbsp;& A</title><link>/1?a=1&b=2</link></item><item><title>cut',
    );
    expect(items[0]).toMatchObject({ title: 'Q & A', url: 'https://example.org/1?a=1&b=2' });
  });

  test('RSS 1.0', async () => {
    const { items } = await read(
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title></channel><item rdf:about="urn:1"><title>A</title><link>https://example.org/1</link><dc:creator>anna</dc:creator><dc:date>2026-11-20T10:00:00Z</dc:date></item></rdf:RDF>',
    );
    expect(items).toMatchObject([
      { id: 'urn:1', author: 'anna', publishedAt: new Date('2026-11-20T10:00:00Z') },
    ]);
  });

  test('Atom with XHTML content', async () => {
    const feed = await read(
      '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><title>T</title><entry><id>urn:1</id><title type="html">A &amp;amp; B</title><link rel="self" href="/self"/><link href="/1"/><updated>2026-11-20T10:00:00Z</updated><author><name>Анна</name></author><category term="t" label="Техника"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One <b>two</b> three</p><p>Four</p></div></content></entry></feed>',
    );
    expect(feed).toMatchObject({
      language: 'ru',
      items: [
        {
          title: 'A & B',
          url: 'https://example.org/1',
          author: 'Анна',
          categories: ['Техника'],
          text: 'One two three\nFour',
        },
      ],
    });
  });

  test('JSON Feed', async () => {
    const { items } = await read(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'T',
        items: [{ id: '1', content_text: 'a < b', url: 'https://example.org/1', authors: [{ name: 'Ann' }] }],
      }),
    );
    expect(items).toMatchObject([{ id: '1', text: 'a < b', author: 'Ann' }]);
  });

  test('yandex:full-text is kept', async () => {
    const { items } = await read(
      rss(
        '<item><title>A</title><description>short</description><yandex:full-text>all of it &lt;b&gt;bold&lt;/b&gt;</yandex:full-text></item>',
        'version="2.0" xmlns:yandex="http://news.yandex.ru"',
      ),
    );
    expect(items[0]?.text).toBe('all of it bold');
  });
});

describe('entries', () => {
  test('without guid and link are known by their words', async () => {
    const [first, second] = (await read(rss('<item><title>A</title></item><item><title>B</title></item>')))
      .items;
    expect(first?.id).toMatch(/^[0-9a-f]{64}$/);
    expect(first?.id).not.toBe(second?.id);
    expect(first?.url).toBe('https://example.org/blog/feed');
  });

  test('of tomorrow are of now, and of no date have none', async () => {
    const { items } = await read(
      rss(
        '<item><title>A</title><pubDate>Mon, 01 Jan 2029 00:00:00 GMT</pubDate></item><item><title>B</title><pubDate>soon</pubDate></item>',
      ),
    );
    expect(items[0]?.publishedAt).toEqual(now);
    expect(items[1]).not.toHaveProperty('publishedAt');
  });
});

describe('what is no feed', () => {
  test('a web page is named as such', async () => {
    await expect(read('<!DOCTYPE html><html><body>Hi</body></html>')).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'not-a-feed',
    });
  });

  test.each([
    '',
    '   ',
    'plain words',
    '{"a": 1}',
    '<'.repeat(1_000_000),
  ])('%.20j is broken', async (text) => {
    await expect(read(text)).rejects.toMatchObject({ name: 'PermanentError', code: 'broken-feed' });
  });

  test.each([
    ['a body of a million angles', `<![CDATA[${'<'.repeat(1_000_000)}]]>`],
    ['a body of breaks', `<![CDATA[${'a<br>\n'.repeat(200_000)}]]>`],
    ['a body of coded angles', '&lt;p'.repeat(200_000)],
    ['sections that do not end', '<![CDATA['.repeat(100_000)],
    ['half a million ampersands', '&'.repeat(500_000)],
  ])('%s is read or refused in bounded time', async (_name, body) => {
    const started = processorMs();
    await read(rss(`<item><title>A</title><description>${body}</description></item>`)).catch((error: Error) =>
      expect(error.name).toBe('PermanentError'),
    );
    await read(
      rss(
        `<item><title>A</title><description>${body}</description><yandex:full-text>x</yandex:full-text></item>`,
      ),
    ).catch((error: Error) => expect(error.name).toBe('PermanentError'));
    expect(processorMs() - started).toBeLessThan(16_000);
  });
});
