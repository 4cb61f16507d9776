import { describe, expect, it } from 'vitest';
import { readArticle } from '../../../src/extract/article/article.ts';
import { cleanAuthor } from '../../../src/extract/article/author-name.ts';
import { blogPage, CONTEXT, paragraphs, URL_OF_PAGE } from './page.ts';

const authorOf = (inner: string, head = ''): string | undefined =>
  readArticle(blogPage(inner + paragraphs(4), head), URL_OF_PAGE, CONTEXT).author;

const jsonLd = (value: unknown): string =>
  `<script type="application/ld+json">${JSON.stringify(value)}</script>`;

describe('the author', () => {
  it.each([
    ['a person', { '@type': 'Article', author: { '@type': 'Person', name: 'Ann Lee' } }],
    ['a name', { '@type': 'BlogPosting', author: 'Ann Lee' }],
    ['a list', [{ '@type': 'NewsArticle', author: [{ name: 'Ann Lee' }] }]],
    [
      'a reference',
      {
        '@graph': [
          { '@type': 'Article', author: { '@id': '#a' } },
          { '@id': '#a', '@type': 'Person', name: 'Ann Lee' },
        ],
      },
    ],
  ])('is read from JSON-LD with %s', (_, value) => {
    expect(authorOf('', jsonLd(value))).toBe('Ann Lee');
  });

  it.each([
    ['a meta element', '', '<meta name="author" content="Ann Lee">'],
    ['rel=author', '<a rel="author" href="/ann">Ann Lee</a>', ''],
    ['microdata', '<span itemprop="author" itemscope><b itemprop="name">Ann Lee</b></span>', ''],
    ['a byline', '<div class="byline">By Ann Lee, senior writer | 12 May 2024</div>', ''],
    ['a line of its own', '<p>By Ann Lee</p>', ''],
  ])('is read from %s', (_, inner, head) => {
    expect(authorOf(inner, head)).toBe('Ann Lee');
  });

  it.each([
    ['<p>Автор: Анна Ли</p>', 'Анна Ли'],
    ['<p>Текст: Анна Ли</p>', 'Анна Ли'],
  ])('is read from %s', (inner, expected) => {
    expect(authorOf(inner)).toBe(expected);
  });

  it('is not the commentator', () => {
    expect(authorOf('<div class="comments"><span class="author">Troll</span></div>')).toBeUndefined();
  });

  it.each([
    ['By JANE O’NEIL', 'Jane O’Neil'],
    ['Written by Jane Doe on May 1, 2024', 'Jane Doe'],
    ['Jane Doe, Staff Writer', 'Jane Doe'],
    ['jane@lamp.example', undefined],
    ['https://facebook.com/jane', undefined],
    ['admin', undefined],
    ['Редакция', undefined],
  ])('%j is cleaned to %j', (text, expected) => {
    expect(cleanAuthor(text)).toBe(expected);
  });
});
