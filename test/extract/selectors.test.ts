import { describe, expect, it } from 'vitest';
import { ratingIn, readSelectedList, readSelectedPage } from '../../src/extract/selectors.ts';
import { selectorSettings } from '../../src/extract/selectors-settings.ts';

const dates = { now: new Date('2026-11-22T12:00:00Z'), zone: 180 };
const url = 'https://r.example/list';
const PAGE = `<html><body>
  <div class="r" data-id="7"><a class="who" href="/u/anna">anna</a> <i class="when">20.11.2026 10:30</i> <b class="stars">2 из 5</b>
    <h3><a href="/r/7?utm_source=x">Плохо</a></h3><p class="plus">Быстро</p><p class="minus">Не работает</p></div>
  <div class="r" data-id="8"><i class="when">давно</i><p class="minus">Дорого</p></div>
  <div class="r"></div><a class="next" href="/list?page=2">Дальше</a></body></html>`;

const css = selectorSettings.parse({
  list: { item: '.r', next: 'a.next' },
  fields: {
    title: 'h3',
    text: '.plus, .minus',
    author: '.who',
    date: '.when',
    id: '@data-id',
    rating: '.stars',
    permalink: 'h3 a@href',
  },
});
const xpath = selectorSettings.parse({
  list: { item: '//div[@class="r"]', next: 'xpath://a[@class="next"]' },
  fields: {
    title: './h3',
    text: './p[@class="plus" or @class="minus"]',
    author: './a[@class="who"]',
    date: './/i',
    id: './@data-id',
    rating: './b/text()',
    permalink: './/h3/a/@href',
  },
});

describe.each([
  ['CSS', css],
  ['XPath', xpath],
])('a list told by %s', (_name, settings) => {
  it('gives its items with their fields, and the next page', () => {
    const { items, next } = readSelectedList(PAGE, url, settings, dates);
    expect(next).toBe('https://r.example/list?page=2');
    expect(items).toEqual([
      {
        id: '7',
        url: 'https://r.example/r/7',
        title: 'Плохо',
        text: 'Быстро\nНе работает',
        author: 'anna',
        profileUrl: 'https://r.example/u/anna',
        publishedAt: new Date('2026-11-20T07:30:00Z'),
        rating: { value: 2, best: 5 },
      },
      { id: '8', text: 'Дорого' },
    ]);
  });
});

it('items behind links are read from their pages', () => {
  const settings = selectorSettings.parse({
    on: 'page',
    list: { link: 'h3 a' },
    fields: { text: 'article', title: 'h1' },
  });
  expect(readSelectedList(PAGE, url, settings, dates).links).toEqual(['https://r.example/r/7']);
  expect(
    readSelectedPage('<h1>Плохо</h1><article>Всё <b>сломалось</b></article>', url, settings, dates),
  ).toEqual({
    title: 'Плохо',
    text: 'Всё сломалось',
  });
});

it('selectors that cannot be read are refused with the setting, as are lists without words', () => {
  const issues = (settings: unknown) =>
    selectorSettings.safeParse(settings).error?.issues.map((issue) => issue.path.join('.'));
  expect(issues({ list: { item: 'div[' }, fields: { text: '//p[' } })).toEqual(['list.item', 'fields.text']);
  expect(issues({ list: { item: 'div' } })).toEqual(['fields.text']);
  expect(issues({ on: 'page' })).toEqual(['list.link']);
});

it.each([
  ['4 из 5', 4, 5],
  ['8 out of 10', 8, 10],
  ['★★☆☆☆', 2, 5],
  ['Оценка: 3,5', 3.5, 5],
  ['9', 9, 9],
])('reads the rating %s', (words, value, best) => {
  expect(ratingIn(words)).toEqual({ value, best });
});
