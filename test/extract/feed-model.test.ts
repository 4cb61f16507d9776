import { describe, expect, test } from 'vitest';
import { parseFeed } from '../../src/extract/feed.ts';

const now = new Date('2026-11-22T12:00:00Z');
const read = (text: string, url = 'https://example.org/feed') => parseFeed(text, '', url, now);
const ATOM = 'xmlns="http://www.w3.org/2005/Atom"';

test('a channel tells of its site, its people, its hub and its pace', async () => {
  const feed = await read(
    `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>
      <title>T</title><link>/site/</link><description>About &lt;b&gt;us&lt;/b&gt;</description><copyright>© We</copyright>
      <language>ru_RU</language><managingEditor>anna@example.org (Anna)</managingEditor>
      <image><url>/logo.png</url></image><category>News</category><lastBuildDate>Sun, 22 Nov 2026 10:00:00 GMT</lastBuildDate>
      <atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="https://example.org/rss"/>
      <sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
      <skipHours><hour>3</hour><hour>24</hour></skipHours></channel></rss>`,
  );
  expect(feed).toMatchObject({
    link: 'https://example.org/site/',
    description: 'About us',
    descriptionHtml: 'About <b>us</b>',
    rights: '© We',
    language: 'ru-RU',
    image: 'https://example.org/logo.png',
    authors: [{ name: 'Anna', email: 'anna@example.org' }],
    categories: ['News'],
    updatedAt: new Date('2026-11-22T10:00:00Z'),
    hub: 'https://hub.example/',
    self: 'https://example.org/rss',
    updateEveryMs: 1_800_000,
    skipHours: [3, 0],
  });
});

test('an entry tells of its files, its picture and its comments', async () => {
  const { items } = await read(
    `<rss version="2.0" xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:media="http://search.yahoo.com/mrss/"><channel><link>https://example.org/</link>
      <item><title>A</title><enclosure url="/a.mp3" type="audio/mpeg" length="1200"/><media:thumbnail url="/a.png"/>
      <comments>/a#comments</comments><wfw:commentRss>/a/feed</wfw:commentRss><slash:comments>7</slash:comments></item></channel></rss>`,
  );
  expect(items[0]).toMatchObject({
    enclosures: [{ url: 'https://example.org/a.mp3', type: 'audio/mpeg', length: 1200 }],
    image: 'https://example.org/a.png',
    commentsUrl: 'https://example.org/a#comments',
    commentsFeed: 'https://example.org/a/feed',
    commentCount: 7,
  });
});

describe('Atom', () => {
  test('content is text, HTML, XHTML or base64, as it says', async () => {
    const encoded = Buffer.from('<p>Привет</p>').toString('base64');
    const { items } = await read(
      `<feed ${ATOM}><entry><content type="text">1 &lt; 2</content></entry><entry><content type="html">1 &amp;lt; 2</content></entry>
       <entry><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">1 &lt; <i>2</i></div></content></entry>
       <entry><content mode="base64" type="text/html">${encoded}</content></entry></feed>`,
    );
    expect(items.map(({ text }) => text)).toEqual(['1 < 2', '1 < 2', '1 < 2', 'Привет']);
  });

  test('several authors are kept, and the feed stands in for none', async () => {
    const { items } = await read(
      `<feed ${ATOM}><author><name>Feed</name></author><entry><author><name>A</name><uri>/a</uri></author><author><name>B</name></author></entry><entry/></feed>`,
    );
    expect(items[0]?.authors).toEqual([{ name: 'A', url: 'https://example.org/a' }, { name: 'B' }]);
    expect(items[1]?.author).toBe('Feed');
  });

  test('xml:base is inherited and resolved step by step', async () => {
    const { items } = await read(
      `<feed ${ATOM} xml:base="https://other.example/x/"><entry xml:base="y/"><link href="z"/><content type="html">&lt;a href="w"&gt;l&lt;/a&gt;</content></entry></feed>`,
    );
    expect(items[0]).toMatchObject({
      url: 'https://other.example/x/y/z',
      links: ['https://other.example/x/y/w'],
    });
  });
});

describe('broken feeds', () => {
  test.each([
    ['an entry without its end tag', '<item><title>A</title><item><title>B</title></item>', ['A', 'B']],
    ['an end tag that is misspelt', '<item><title>A</tilte><link>/a</link></item>', ['A']],
    [
      'an attribute with a bracket',
      '<item><enclosure title="a > b" url="/x"/><title>A</title></item>',
      ['A'],
    ],
    [
      'markup that is not escaped',
      '<item><title>A <b>b</title></item><item><title>C</title></item>',
      ['A b', 'C'],
    ],
    ['a section that does not end', '<item><title>A</title></item><item><title><![CDATA[B', ['A', 'B']],
    [
      'entities of HTML',
      '<item><title>caf&eacute; &hellip; &nosuch; AT&T</title></item>',
      ['café … &nosuch; AT&T'],
    ],
  ])('%s', async (_name, items, titles) => {
    const feed = await read(`<rss><channel>${items}`);
    expect(feed.items.map(({ title }) => title)).toEqual(titles);
  });
});

test('namespaces count, not prefixes', async () => {
  const { items } = await read(
    '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:q="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:dc="urn:other"><q:item><q:title>A</q:title><d:creator>anna</d:creator><dc:creator>no</dc:creator></q:item></r:RDF>',
  );
  expect(items[0]).toMatchObject({ title: 'A', author: 'anna' });
});

test('a title that nobody gave is made from the words, and says so', async () => {
  const { items } = await read(
    '<rss><channel><item><description>&lt;p&gt;Some words&lt;/p&gt;</description></item></channel></rss>',
  );
  expect(items[0]).toMatchObject({ title: 'Some words', hasOwnTitle: false });
});

test('markup of the body is sanitised when it is asked for', async () => {
  const { items } = await read(
    '<rss><channel><item><description><![CDATA[<p onclick="x">a <a href="/b">b</a><script>c</script></p>]]></description></item></channel></rss>',
  );
  expect(items[0]?.html).toBe(
    '<p>a <a href="https://example.org/b" rel="nofollow noopener noreferrer">b</a></p>',
  );
});
