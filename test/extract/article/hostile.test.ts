import { describe, expect, it } from 'vitest';
import { readArticle } from '../../../src/extract/article/article.ts';
import { processorMs } from '../../support/processor-ms.ts';
import { CONTEXT, URL_OF_PAGE } from './page.ts';

const numbered = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join('');

/** Refused for their size or shape, or read: in any case soon. */
const PAGES: Record<string, () => string> = {
  'ten megabytes of nested tags': () => '<div>'.repeat(2_000_000),
  'a million open tags': () => '<b>'.repeat(1_000_000),
  'a hundred thousand siblings': () => '<p>x</p>'.repeat(100_000),
  'as many siblings as are read': () => '<p>Some words, and more words.</p>'.repeat(1_400),
  'elements nested as deep as is read': () => `${'<div>'.repeat(140)}<p>Some words, here.</p>`.repeat(1),
  'a class of nine megabytes': () => `<div class="${'comment '.repeat(1_100_000)}">text</div>`,
  'a class of a megabyte': () => `<div class="${'comment '.repeat(120_000)}">text</div>`,
  'four hundred thousand attributes': () => `<div ${numbered(400_000, (at) => `a${at}="1" `)}>`,
  'entities without end': () => `<p>${'&lt;'.repeat(400_000)}</p>`,
  brackets: () => '<'.repeat(3_000_000),
  'bodies within bodies': () => '<html><body>'.repeat(100_000),
  'dates without end': () => `<p class="date">${'12 may '.repeat(200_000)}</p>`,
  'data nested without end': () => `<script type="application/ld+json">${'['.repeat(900_000)}</script><p>x`,
  'comments side by side': () =>
    numbered(
      1_400,
      (at) => `<li class="comment" id="comment-${at}"><b class="fn">a</b><p>text ${at}</p></li>`,
    ),
  'comments within comments': () =>
    numbered(140, (at) => `<div class="comment" id="c${at}"><b class="author">a</b><p>text</p>`),
};

describe('a hostile page', () => {
  it.each(Object.keys(PAGES))('of %s is done with in bounded time', (name) => {
    const page = PAGES[name]?.() ?? '';
    const started = processorMs();
    try {
      expect(typeof readArticle(page, URL_OF_PAGE, CONTEXT).text).toBe('string');
    } catch (error) {
      expect(error).toMatchObject({ code: 'broken-page' });
    }
    expect(processorMs() - started).toBeLessThan(8000);
  });
});
