import { expect, it } from 'vitest';
import { readArticle } from '../../../src/extract/article/article.ts';
import { blogPage, CONTEXT, paragraphs, URL_OF_PAGE } from './page.ts';

const read = (head: string, inner = '') =>
  readArticle(blogPage(inner + paragraphs(4), head), URL_OF_PAGE, CONTEXT);

it('gives the title without the site', () => {
  expect(read('').title).toBe('A quiet opening');
});

it('gives the declared language', () => {
  expect(read('').language).toBe('en-GB');
  expect(readArticle('<meta property="og:locale" content="ru_RU"><p>x', URL_OF_PAGE, CONTEXT).language).toBe(
    'ru-RU',
  );
});

it('gives canonical and AMP addresses, absolute', () => {
  const article = read('<link rel="canonical" href="/o"><link rel="amphtml" href="amp/o">');
  expect(article).toMatchObject({
    canonicalUrl: 'https://lamp.example/o',
    ampUrl: 'https://lamp.example/amp/o',
  });
});

it('lists the feeds that the page names', () => {
  const { feeds } = read(
    '<link rel="alternate" type="application/rss+xml" title="Posts" href="/feed"><link rel="alternate" hreflang="ru" href="/ru"><link rel="alternate" type="application/atom+xml" href="/atom">',
  );
  expect(feeds).toEqual([
    { url: 'https://lamp.example/feed', title: 'Posts', type: 'application/rss+xml' },
    { url: 'https://lamp.example/atom', type: 'application/atom+xml' },
  ]);
});

it('lists links and pictures of the article alone', () => {
  const article = read(
    '',
    `${paragraphs(3)}<p>See <a href="/x">this long and interesting page</a>, and the picture below it. <img src="p.png"></p>`,
  );
  expect(article.links).toEqual(['https://lamp.example/x']);
  expect(article.images).toEqual(['https://lamp.example/p.png']);
});

it('is surer of an article than of a front page', () => {
  const front = readArticle(blogPage(''), 'https://lamp.example/', CONTEXT).isArticle;
  const article = read(
    '<meta property="og:type" content="article"><meta name="author" content="Ann Lee">',
  ).isArticle;
  expect(front).toBeLessThan(0.3);
  expect(article).toBeGreaterThan(0.6);
});
