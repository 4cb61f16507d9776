import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { htmlLinks, htmlToText } from '../../src/extract/html-text.ts';
import { processorMs } from '../support/processor-ms.ts';

describe('text of HTML', () => {
  test.each([
    ['<p>One</p><p>Two</p>', 'One\nTwo'],
    ['a<br>b<br/>c', 'a\nb\nc'],
    ['<ul><li>x<li>y</ul>', 'x\ny'],
    ['<td>1</td><td>2</td>', '1 2'],
    ['a <b>b</b>\n  c', 'a b c'],
    ['&laquo;да&raquo; &amp;lt; &#1078;&nbsp;&mdash; 5 < 7', '«да» &lt; ж — 5 < 7'],
    ['x<script>if (a < b) alert("</p>")</script>y<style>p{}</style>z', 'xyz'],
    ['<a title="a > b" href=x>link</a>', 'link'],
    ['before<!-- hidden <p> -->after', 'beforeafter'],
    ['<svg><text>no</text></svg><template><p>no</p></template>yes', 'yes'],
    ['<p>unclosed <b>and <i>crossed</b> tags</i', 'unclosed and crossed tags'],
    ['<![CDATA[a <b> c]]>', 'a <b> c'],
    ['1 <2 and <3', '1 <2 and <3'],
  ])('%j is %j', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  test('never throws, and never leaves a script', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<',
      '>',
      '<script>',
      '</script>',
      '<!--',
      '-->',
      '&amp;',
      '&',
      '"',
      "<a href='",
      '<svg>',
      'x',
      ' ',
      '\n',
      ']]>',
      '<![CDATA[',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((parts) => parts.join('')),
        ),
        (html) => {
          expect(typeof htmlToText(html)).toBe('string');
        },
      ),
    );
  });

  test.each([
    '<b>',
    '<div>',
    '<',
    '<a ',
    '<a href="',
    '<script>',
    '<iframe>',
    '<!--',
    '&amp;',
    '&',
    'a<br>\n',
    "<i b='>",
  ])('10 MB of %j take less than two seconds', (piece) => {
    const html = piece.repeat(10_000_000 / piece.length);
    const started = processorMs();
    htmlToText(html);
    expect(processorMs() - started).toBeLessThan(8000);
  });
});

test('links are absolute, of the web, and each told once', () => {
  const html =
    '<a href="/a?x=1&amp;y=2">1</a><a href=\'b\'>2</a><a href=b>3</a><a href="javascript:alert(1)">4</a><a href="#top">5</a>';
  expect(htmlLinks(html, 'https://example.org/dir/')).toEqual([
    'https://example.org/a?x=1&y=2',
    'https://example.org/dir/b',
  ]);
});
