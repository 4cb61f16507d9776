import { expect, it } from 'vitest';
import { ratingLine, readReviews } from '../../src/extract/reviews.ts';

const dates = { now: new Date('2026-11-22T12:00:00Z'), zone: 180 };
const read = (body: string) =>
  readReviews(`<html><body>${body}</body></html>`, 'https://r.example/bank/', dates);

const EXPECTED = {
  title: 'Заблокировали карту',
  text: 'Жду ответа третий день.\nНикто не звонит.',
  author: 'Мария',
  publishedAt: new Date('2026-11-20T07:30:00Z'),
  rating: { value: 2, best: 5 },
  about: 'Заря Банк',
};

it('reads reviews from JSON-LD, with the name of what they are about', () => {
  const review = {
    '@type': 'Review',
    name: 'Заблокировали карту',
    reviewBody: 'Жду ответа третий день.<br>Никто не звонит.',
    author: { '@type': 'Person', name: 'Мария', url: '/user/7' },
    datePublished: '2026-11-20 10:30:00',
    reviewRating: { '@type': 'Rating', ratingValue: '2', bestRating: 5 },
    url: '/bank/review/11/',
  };
  const product = {
    '@context': 'https://schema.org',
    '@type': 'BankOrCreditUnion',
    name: 'Заря Банк',
    review: [review, { '@type': 'Review' }],
  };
  expect(read(`<script type="application/ld+json">${JSON.stringify(product)}</script>`)).toEqual([
    { ...EXPECTED, url: 'https://r.example/bank/review/11/', profileUrl: 'https://r.example/user/7' },
  ]);
});

it('reads reviews from microdata', () => {
  const html = `<div itemprop="review" itemscope itemtype="https://schema.org/Review" id="r11">
    <span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Мария</b></span>
    <div itemprop="itemReviewed" itemscope><meta itemprop="name" content="Заря Банк"></div>
    <h3 itemprop="name">Заблокировали карту</h3><time itemprop="datePublished" datetime="2026-11-20T10:30:00+03:00">20 ноября</time>
    <span itemprop="reviewRating" itemscope><meta itemprop="ratingValue" content="2"><meta itemprop="bestRating" content="5"></span>
    <div itemprop="reviewBody">Жду ответа третий день.<br>Никто не звонит.</div></div>`;
  expect(read(html)).toEqual([{ ...EXPECTED, id: 'r11' }]);
});

it('survives JSON-LD of other shapes', () => {
  for (const text of [
    '{',
    '[[[]]]',
    '{"@type":["Review",7],"reviewBody":{"a":1}}',
    '"Review"',
    '{"@type":"Review","reviewBody":[]}',
  ])
    expect(read(`<script type="application/ld+json">${text}</script>`)).toEqual([]);
});

it('writes a rating as it stands before the text', () => {
  expect(ratingLine({ value: 2, best: 5 })).toBe('★ 2/5');
});
