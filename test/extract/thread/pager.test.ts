import { describe, expect, it } from 'vitest';
import { findNextPage } from '../../../src/extract/thread/pager.ts';

const url = 'https://f.example/list?page=2';

describe('the next page', () => {
  it.each([
    ['a link relation', '<link rel="next" href="/list?page=3">'],
    ['an English word', '<a href="/list?page=1">Previous</a> <a href="/list?page=3">Next</a>'],
    ['a Russian word', '<a href="/list?page=3">Следующая »</a>'],
    [
      'an arrow in a pager',
      '<div class="pager"><a href="/list?page=1">«</a><a href="/list?page=3">»</a></div>',
    ],
    [
      'the number behind the current one',
      '<p><a href="/list?page=1">1</a> <b>2</b> <a href="/list?page=3">3</a></p>',
    ],
    ['the number alone', '<i><a href="/list?page=1">1</a></i><i><a href="/list?page=3">3</a></i>'],
  ])('is found by %s', (_name, html) => {
    expect(findNextPage(html, url)).toBe('https://f.example/list?page=3');
  });

  it.each([
    ['the next thread', '<a href="/thread/8">Следующая тема »</a>'],
    [
      'the next thread by its address',
      '<a rel="next" href="/showthread.php?t=8&goto=nextnewest">Next Thread</a>',
    ],
    ['the page before', '<span class="prev_next"><a rel="prev" href="/list?page=1"><img></a></span>'],
    ['a month of an archive', '<a href="/2026/02/">Next month</a>'],
    ['this very page', '<a class="next" href="/list?page=2#top">Next</a>'],
  ])('is not %s', (_name, html) => {
    expect(findNextPage(html, url)).toBeUndefined();
  });
});
