import { describe, expect, it } from 'vitest';
import { readArticle } from '../../../src/extract/article/article.ts';
import { blogPage, CONTEXT, paragraphs, URL_OF_PAGE } from './page.ts';

const dayOf = (inner: string, head = '', url = URL_OF_PAGE): string | undefined =>
  readArticle(blogPage(inner + paragraphs(4), head), url, CONTEXT).publishedDay;

describe('the day of publication', () => {
  it.each([
    [
      'JSON-LD',
      '',
      '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2024-05-12T09:30:00+03:00"}]}</script>',
    ],
    ['meta', '', '<meta property="article:published_time" content="2024-05-12T09:30:00Z">'],
    ['Dublin Core', '', '<meta name="DCTERMS.issued" content="2024-05-12">'],
    ['microdata', '<span itemprop="datePublished" content="2024-05-12">May</span>', ''],
    ['h-entry', '<a class="u-url"><time class="dt-published" datetime="2024-05-12 10:00">x</time></a>', ''],
    ['a time element', '<time datetime="2024-05-12">Sunday</time>', ''],
    ['an English byline', '<div class="byline">Posted on May 12, 2024 by Jane</div>', ''],
    ['a Russian byline', '<div class="date">12 мая 2024 года, 10:30</div>', ''],
    ['a German byline', '<p class="meta">Sonntag, 12. Mai 2024</p>', ''],
    ['a French byline', '<p class="meta">Publié le 12 mai 2024</p>', ''],
    ['a Spanish byline', '<p class="meta">12 de mayo de 2024</p>', ''],
    ['a Polish byline', '<p class="meta">12 maja 2024</p>', ''],
    ['a line of its own', '<p>12.05.2024</p>', ''],
    ['a script', '<script>var page = {"published_at":"2024-05-12T10:00:00"}</script>', ''],
  ])('is read from %s', (_, inner, head) => {
    expect(dayOf(inner, head)).toBe('2024-05-12');
  });

  it('is read from the address', () => {
    expect(dayOf('', '', 'https://lamp.example/2024/05/12/opening')).toBe('2024-05-12');
  });

  it('is the first publication, not the last change', () => {
    const changed =
      '<meta property="article:modified_time" content="2025-01-01"><meta property="og:updated_time" content="2025-01-01">';
    expect(dayOf('<p class="date">Updated 1 January 2025</p><p class="date">12 May 2024</p>', changed)).toBe(
      '2024-05-12',
    );
  });

  it('is the day in the page’s own zone', () => {
    const head = '<meta property="article:published_time" content="2024-05-12T23:30:00-05:00">';
    const article = readArticle(blogPage(paragraphs(3), head), URL_OF_PAGE, CONTEXT);
    expect(article.publishedDay).toBe('2024-05-12');
    expect(article.publishedAt?.toISOString()).toBe('2024-05-13T04:30:00.000Z');
  });

  it('does not lie ahead', () => {
    expect(dayOf('<time datetime="2027-05-12">soon</time>')).toBeUndefined();
  });

  it('is not that of a comment', () => {
    expect(dayOf('<div class="comment"><time datetime="2024-06-01">x</time></div>')).toBeUndefined();
  });

  it('puts the day first unless the page is American', () => {
    const page = blogPage(`<p class="date">05/12/2024</p>${paragraphs(3)}`);
    expect(readArticle(page, URL_OF_PAGE, CONTEXT).publishedDay).toBe('2024-12-05');
    expect(readArticle(page.replace('en-GB', 'en-US'), URL_OF_PAGE, CONTEXT).publishedDay).toBe('2024-05-12');
  });
});
