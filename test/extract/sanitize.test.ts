import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sanitizeHtml } from '../../src/extract/sanitize.ts';
import { processorMs } from '../support/processor-ms.ts';

const clean = (html: string) => sanitizeHtml(html, 'https://example.org/blog/post');

describe('what runs is taken out, and its neighbours stay', () => {
  test.each([
    ['a<script>alert(1)</script>b', 'ab'],
    ['<p onclick="alert(1)">text</p>', '<p>text</p>'],
    ['<a href="javascript:alert(1)">x</a>', '<a rel="nofollow noopener noreferrer">x</a>'],
    ['<img src="data:image/svg+xml,x" alt="y">', '<img alt="y" />'],
    ['<style>p{}</style><b style="position:fixed">x</b>', '<b>x</b>'],
    ['<iframe src="//evil.example"> <b>in</b></iframe>', ' <b>in</b>'],
    ['<form action="/x"><input name="q">text</form>', 'text'],
    ['sa<!-- -- no end >fe', 'safe'],
    ['<math><mi>x</mi></math>', 'x'],
  ])('%j is %j', (html, expected) => {
    expect(clean(html)).toBe(expected);
  });
});

test('relative addresses become absolute', () => {
  expect(clean('<a href="../a?x=1&amp;y=2">1</a>')).toContain('href="https://example.org/a?x=1&amp;y=2"');
  expect(clean('<img src="p.png" srcset="p2.png 2x, javascript:x 3x">')).toBe(
    '<img src="https://example.org/blog/p.png" srcset="https://example.org/blog/p2.png 2x" />',
  );
});

test('mail addresses stay, other schemes go', () => {
  expect(clean('<a href="mailto:anna@example.org">1</a>')).toContain('mailto:anna@example.org');
  expect(clean('<a href="ftp://example.org/">1</a>')).not.toContain('ftp');
});

test('of what nests without end the words stay', () => {
  const started = processorMs();
  expect(clean(`${'<div>'.repeat(200_000)}deep <b>words</b>`)).toBe('deep words');
  expect(processorMs() - started).toBeLessThan(8000);
});

test('no mixture of pieces leaves a handler or a script', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '<svg',
    '<a href=',
    'javascript:x',
    ' onerror=x ',
    '<img src=x',
    '<script>',
    '</script>',
    '<!--',
    '-->',
    '<style>',
    '&lt;',
    '/',
  );
  fc.assert(
    fc.property(fc.array(piece), (parts) => {
      const html = clean(parts.join(''));
      expect(html).not.toMatch(/<script|<[^>]*\son\w+\s*=|<[^>]*=\s*["']?javascript:/i);
    }),
  );
});
