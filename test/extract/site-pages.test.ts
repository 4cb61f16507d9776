import { describe, expect, test } from 'vitest';
import { readFrontPage } from '../../src/extract/front-page.ts';
import { isSitemap, parseSitemap } from '../../src/extract/sitemap.ts';
import { processorMs } from '../support/processor-ms.ts';

const FRONT = `<html><head><base href="/blog/"><title>Записки</title>
<link rel="alternate" type="application/rss+xml" title="Записки" href="feed/">
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
<link rel="alternate" hreflang="en" href="/en/"></head><body>
<nav><a href="/about">Обо мне</a></nav>
<h2><a href="2026/11/chaynik">Чайник &amp; гарантия</a></h2>
<h2><a href="/tag/chay">чай</a></h2>
<h2 style="display:none"><a href="/private/trap">x</a></h2>
<a class="u-url" href="2026/11/les#comments">Лес</a>
<a href="/private/door" rel="nofollow"><h3>дверь</h3></a>
<h2><a href="https://other.example/post">Сосед</a></h2></body></html>`;

describe('a front page', () => {
  const front = readFrontPage(FRONT, 'https://b.example/');

  test('names its feeds, not its interfaces and translations', () => {
    expect(front.feeds).toEqual([
      { url: 'https://b.example/blog/feed/', title: 'Записки', type: 'application/rss+xml' },
    ]);
  });

  test('announces articles of its own, and no door that people do not see', () => {
    expect(front.articles).toEqual([
      { url: 'https://b.example/blog/2026/11/chaynik', title: 'Чайник & гарантия' },
      { url: 'https://b.example/blog/2026/11/les', title: 'Лес' },
    ]);
  });
});

describe('a sitemap', () => {
  test('lists pages, the last changed first', () => {
    const text = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      <url><loc>/old?a=1&amp;b=2</loc><lastmod>2026-01-01</lastmod></url>
      <url><loc><![CDATA[https://b.example/new]]></loc><lastmod>2026-11-01T10:00:00Z</lastmod>
        <news:news><news:title>Новость</news:title><news:publication_date>2026-11-01T09:00:00+03:00</news:publication_date></news:news></url>
      <url><loc>javascript:alert(1)</loc></url></urlset>`;
    expect(isSitemap(text)).toBe(true);
    expect(parseSitemap(text, 'https://b.example/sitemap.xml').entries).toEqual([
      {
        url: 'https://b.example/new',
        lastModified: '2026-11-01T10:00:00Z',
        title: 'Новость',
        publishedAt: new Date('2026-11-01T06:00:00Z'),
      },
      { url: 'https://b.example/old?a=1&b=2', lastModified: '2026-01-01' },
    ]);
  });

  test('of sitemaps lists those', () => {
    const text = '<sitemapindex><sitemap><loc>https://b.example/s1.xml</loc></sitemap></sitemapindex>';
    expect(parseSitemap(text, 'https://b.example/').sitemaps).toEqual([{ url: 'https://b.example/s1.xml' }]);
  });

  test('of a megabyte of opened elements is read in no time', () => {
    const started = processorMs();
    parseSitemap(`<urlset>${'<url><loc>'.repeat(300_000)}`, 'https://b.example/');
    expect(processorMs() - started).toBeLessThan(8000);
  });
});
