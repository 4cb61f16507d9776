import { describe, expect, test } from 'vitest';
import { isEmptyShell } from '../../src/fetch/empty-shell.ts';

const page = (body: string, head = '') =>
  `<!DOCTYPE html><html><head><meta charset="utf-8"><title>Заря: блог</title>${head}</head><body>${body}</body></html>`;
const BUNDLE = '<script defer src="/static/js/main.4f2a.js"></script>';
const PARAGRAPH = '<p>Купил чайник «Заря» две недели назад, и вот что из этого вышло.</p>';

describe('an empty shell', () => {
  test.each([
    [
      'of React',
      page(
        `<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>${BUNDLE}`,
      ),
    ],
    ['of Vue', page(`<div id=app></div>${BUNDLE}`)],
    ['of Angular', page('<app-root>Загрузка…</app-root><script src="runtime.js" type="module"></script>')],
    ['with its program in the head', page('<div id="q-app"></div>', BUNDLE)],
    ['that says it is loading', page('<div class="spinner">Загрузка…</div><script>start()</script>')],
    ['that says it is loading in English', page('<main>Loading...</main><script>start()</script>')],
    [
      'with masked data',
      page(`<div id="app">Loading…</div><script>var d=atob("${'QUJD'.repeat(50_000)}")</script>`),
    ],
    ['without any mount', page(BUNDLE)],
    [
      'with a heading and a footer',
      page(
        `<noscript>Включите JavaScript</noscript><h1>Форум владельцев техники «Заря»</h1><div id="app"></div><p>© 2026 Заря. Все права защищены.</p>${BUNDLE}`,
      ),
    ],
  ])('%s is one', (_name, html) => {
    expect(isEmptyShell(html)).toBe(true);
  });
});

describe('no empty shell', () => {
  test.each([
    ['a short honest page', page('<p>Сайт закрыт на обед.</p>')],
    [
      'a short page with a counter',
      page('<p>Скоро открытие.</p><script>ym(1)</script><noscript><img src="/c.gif"></noscript>'),
    ],
    [
      'an article of a site that renders on the server',
      page(`<div id="__next"><article>${PARAGRAPH.repeat(12)}</article></div>${BUNDLE}`),
    ],
    [
      'a short post in a mount that was filled',
      page(`<div id="app"><article><h1>Чайник</h1>${PARAGRAPH}</article></div>${BUNDLE}`),
    ],
    ['a page that sends the reader on', page('<script>location.href="/new"</script>')],
    ['a page that refreshes to another', page(BUNDLE, '<meta http-equiv="refresh" content="0; url=/new">')],
    ['a page of pictures', page(`<img src="a.jpg"><img src="b.jpg">${BUNDLE}`)],
    ['structured data only', page('<div id="app"></div><script type="application/ld+json">{}</script>')],
    ['nothing at all', ''],
    ['a feed', '<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>'],
    ['a page without scripts', page('<div id="app">Loading…</div>')],
  ])('%s', (_name, html) => {
    expect(isEmptyShell(html)).toBe(false);
  });
});

test.each([
  ['unclosed scripts', '<script '.repeat(1_200_000)],
  ['opened elements', '<div>'.repeat(2_000_000)],
  ['noscripts without an end', '<noscript>'.repeat(1_000_000)],
  ['angle brackets', '<'.repeat(10_000_000)],
  ['comments without an end', '<!--'.repeat(2_500_000)],
  ['heads', '<head><script '.repeat(700_000)],
])('10 MB of %s are looked through at once', (_name, html) => {
  const started = performance.now();
  isEmptyShell(html);
  expect(performance.now() - started).toBeLessThan(6000);
});
