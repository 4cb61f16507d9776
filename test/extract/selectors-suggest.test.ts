import { expect, it } from 'vitest';
import { previewSelectors } from '../../src/extract/selectors-preview.ts';
import { suggestSelectors } from '../../src/extract/selectors-suggest.ts';

const dates = { now: new Date('2026-11-22T12:00:00Z'), zone: 180 };
const url = 'https://r.example/list';

function review(at: number): string {
  return `<li class="otzyv ${at % 2 ? 'odd' : 'even'}"><div class="shapka"><a class="avtor" href="/users/${at}">Anna ${at}</a>
    <span class="kogda">2${at % 3}.11.2026 1${at}:30</span></div><h3><a href="/r/${at}">Kettle ${at}</a></h3>
    <div class="slova">It leaks after ${at} weeks, and nobody answers the phone when one calls about it.</div></li>`;
}
const PAGE = `<html><body><ul class="menu"><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul>
  <ul class="list">${[0, 1, 2, 3].map(review).join('')}</ul><div class="pages"><a class="dalshe" href="/list?page=2">Next</a></div></body></html>`;

it('selectors are suggested that find what repeats on the page', () => {
  const draft = suggestSelectors(PAGE, url, dates);
  expect(draft).toEqual({
    list: { item: '.otzyv', next: 'a.dalshe' },
    fields: { text: '.slova', title: 'h3', author: '.avtor', date: '.kogda', permalink: 'h3 a@href' },
    on: 'list',
    zone: 180,
  });
  const preview = previewSelectors(PAGE, url, draft ?? { list: {}, fields: {}, on: 'list', zone: 0 }, dates);
  expect([preview.found, preview.collected, preview.places.filter(({ problem }) => problem)]).toEqual([
    4,
    4,
    [],
  ]);
});

it('nothing is suggested for a page on which nothing with a date or a name repeats', () => {
  expect(suggestSelectors('<h1>Hello</h1><p>A page of words.</p>', url, dates)).toBeNull();
  expect(suggestSelectors('', url, dates)).toBeNull();
});

it('classes made to be no selector are not put into one', () => {
  const odd = PAGE.replaceAll('otzyv', 'a]&quot;,*').replaceAll('avtor', '1:2{}');
  const draft = suggestSelectors(odd, url, dates);
  const all = { list: {}, fields: {}, on: 'list' as const, zone: 180, ...draft };
  expect(previewSelectors(odd, url, all, dates).places.filter(({ mistake }) => mistake)).toEqual([]);
});
