import { describe, expect, it } from 'vitest';
import { previewSelectedPage, previewSelectors } from '../../src/extract/selectors-preview.ts';
import type { SelectorDraft, SelectorPlace, SelectorPreview } from '../../src/model/selectors.ts';

const dates = { now: new Date('2026-11-22T12:00:00Z'), zone: 180 };
const url = 'https://r.example/list';
const PAGE = `<html><body>
  <div class="r" data-id="7"><a class="who" href="/u/anna">anna</a> <i class="when">20.11.2026 10:30</i> <b class="stars">2 из 5</b>
    <h3><a href="/r/7">Плохо</a></h3><p class="plus">Быстро</p><p class="minus">Не работает</p></div>
  <div class="r" data-id="8"><i class="when">давно</i><p class="minus">Дорого</p></div>
  <div class="r"></div><a class="next" href="/list?page=2">Дальше</a></body></html>`;

function draft(change: Partial<SelectorDraft>): SelectorDraft {
  return { list: { item: '.r' }, fields: { text: '.plus, .minus' }, on: 'list', zone: 180, ...change };
}

function placeOf({ places }: SelectorPreview, place: SelectorPlace) {
  return places.find((one) => one.place === place);
}

function problemOf(place: SelectorPlace, selector: string) {
  const isField = place !== 'item' && place !== 'next';
  const written = isField
    ? draft({ fields: { text: 'p', [place]: selector } })
    : draft({ list: { item: '.r', [place]: selector } });
  return placeOf(previewSelectors(PAGE, url, written, dates), place)?.problem;
}

describe('a list', () => {
  it('is shown as it would be collected, with how each selector did', () => {
    const written = draft({
      list: { item: '.r', next: 'a.next' },
      fields: { text: '.plus, .minus', title: 'h3', author: '.who', date: '.when', permalink: 'h3 a@href' },
    });
    const preview = previewSelectors(PAGE, url, written, dates);
    expect(preview).toMatchObject({
      found: 3,
      collected: 2,
      problems: [],
      next: 'https://r.example/list?page=2',
    });
    expect(preview.items[0]).toEqual({
      title: 'Плохо',
      text: 'Быстро\nНе работает',
      author: 'anna',
      publishedAt: new Date('2026-11-20T07:30:00Z'),
      url: 'https://r.example/r/7',
    });
    expect(placeOf(preview, 'item')).toMatchObject({ matches: 3 });
    expect(placeOf(preview, 'text')).toEqual({
      place: 'text',
      matches: 3,
      filled: 2,
      of: 3,
      example: 'Быстро',
      problem: 'some-empty',
    });
    expect(placeOf(preview, 'date')).toMatchObject({ matches: 2, filled: 1, example: '20.11.2026 10:30' });
    expect(preview.markup).toMatch(/^<div class="r" data-id="7">/);
  });

  it('shows its fields before it is told where the text is', () => {
    const preview = previewSelectors(PAGE, url, draft({ fields: { author: '.who' } }), dates);
    expect(preview.problems).toEqual(['text-needed']);
    expect(placeOf(preview, 'author')).toMatchObject({ filled: 1, example: 'anna' });
  });

  it.each<[SelectorPlace, string, string]>([
    ['author', '.nobody', 'nothing'],
    ['author', 'div', 'nothing'],
    ['date', '.minus', 'no-date'],
    ['permalink', '.minus', 'no-address'],
    ['next', 'i', 'no-address'],
    ['rating', 'h3', 'no-rating'],
    ['author', '//a', 'whole-page'],
    ['permalink', 'xpath: //a', 'whole-page'],
  ])('says of %s %s: %s', (place, selector, problem) => {
    expect(problemOf(place, selector)).toBe(problem);
  });

  it('says that several items are named alike', () => {
    const alike =
      '<div class="r"><p>a</p><a href="/x">x</a></div><div class="r"><p>b</p><a href="/x">x</a></div>';
    const written = draft({ fields: { text: 'p', permalink: 'a@href' } });
    expect(placeOf(previewSelectors(alike, url, written, dates), 'permalink')?.problem).toBe('repeated');
  });

  it('says that nothing is there, and that what is there has no words', () => {
    const problems = (change: Partial<SelectorDraft>) =>
      previewSelectors(PAGE, url, draft(change), dates).problems;
    expect(problems({ list: { item: '.none' } })).toEqual(['no-items']);
    expect(problems({ fields: { text: '.none' } })).toEqual(['no-words']);
    expect(problems({ list: {} })).toEqual(['no-reviews']);
    expect(previewSelectors('', url, draft({}), dates).problems).toEqual(['no-items']);
  });

  it('goes on with the other selectors when one cannot be read, and names its place', () => {
    const preview = previewSelectors(PAGE, url, draft({ fields: { text: 'p', author: 'div[' } }), dates);
    expect(preview.collected).toBe(2);
    expect(placeOf(preview, 'author')).toMatchObject({
      mistake: { at: 5, message: { en: 'a name is expected at the end', ru: 'в конце не хватает имени' } },
    });
  });
});

describe('items behind links', () => {
  it('are links on the list, and fields on their own page', () => {
    const written = draft({
      on: 'page',
      list: { item: '.r', link: 'h3 a' },
      fields: { text: 'article', title: 'h1' },
    });
    const list = previewSelectors(PAGE, url, written, dates);
    expect(list).toMatchObject({ links: ['https://r.example/r/7'], found: 1, problems: [] });
    expect(placeOf(list, 'link')).toMatchObject({ matches: 1, filled: 1, of: 3 });
    const { items, places } = previewSelectedPage('<article>Всё сломалось</article>', url, written, dates);
    expect(items).toEqual([{ text: 'Всё сломалось' }]);
    expect(places.map(({ place, problem }) => [place, problem])).toEqual([
      ['text', undefined],
      ['title', 'nothing'],
    ]);
  });

  it('are asked for where there are none', () => {
    const problems = (list: SelectorDraft['list']) =>
      previewSelectors(PAGE, url, draft({ on: 'page', list }), dates).problems;
    expect(problems({})).toEqual(['link-needed']);
    expect(problems({ link: 'b' })).toEqual(['no-links']);
  });
});

describe('a mistake in CSS is named with its place, in both languages', () => {
  it.each([
    ['div[', 5, 'в конце не хватает имени'],
    ['div[class="a"', 4, 'скобка [ не закрыта'],
    ['div[class="a', 4, 'скобка [ не закрыта'],
    ['.', 2, 'в конце не хватает имени'],
    ['div > > p', 5, 'нужен элемент'],
    ['.a,, .b', 3, 'рядом с запятой'],
    ['p:not(.a', 6, 'скобка ( не закрыта'],
    ['p:frist-child', 2, 'так «:frist-child» не пишут'],
    ['p::before', 2, 'псевдоэлементы'],
    ['.a )', 4, 'непонятно'],
    ['xpath: //p[', 12, 'в конце не хватает имени'],
    ['.a > .', 7, 'в конце не хватает имени'],
    ['.a .##b', 5, 'а не «##b»'],
  ])('%s', (selector, at, words) => {
    const { places } = previewSelectors(PAGE, url, draft({ list: { item: selector } }), dates);
    const mistake = places.find(({ place }) => place === 'item')?.mistake;
    expect(mistake?.message.ru).toContain(words);
    expect(mistake?.message.en).not.toMatch(/[а-яё]/i);
    expect(mistake?.at).toBe(at);
  });
});

describe('a hostile page or selector', () => {
  it('is cut where it is long', () => {
    const long = `<div class="r"><p>${'a'.repeat(100_000)}</p></div>`.repeat(30);
    const { items, places, markup } = previewSelectors(long, url, draft({ fields: { text: 'p' } }), dates);
    expect(items).toHaveLength(20);
    expect(items[0]?.text.length).toBe(400);
    expect(places.every(({ example = '' }) => example.length <= 200)).toBe(true);
    expect(markup?.length).toBe(4000);
  });

  it('is not looked through item by item beyond five hundred', () => {
    const many = '<div class="r"><p>a</p></div>'.repeat(3000);
    const preview = previewSelectors(many, url, draft({ fields: { text: 'p' } }), dates);
    expect([preview.found, preview.collected]).toEqual([3000, 500]);
  });

  it('is refused when it is nested like no page is', () => {
    expect(() => previewSelectors('<b>'.repeat(300_000), url, draft({}), dates)).toThrow('too large');
  });

  it('is given up where an XPath looks at everything over and over', () => {
    const wide = `<div class="r"><p>a</p>${'<i>b</i>'.repeat(3000)}</div>`;
    const written = draft({ fields: { text: 'p', author: './/*[//*[//*[not(//x)]]]' } });
    const preview = previewSelectors(wide, url, written, dates);
    expect(placeOf(preview, 'author')?.problem).toBe('slow');
    expect(preview.collected).toBe(1);
  });
});
