import { expect, test } from 'vitest';
import { parsedUrl } from '../../src/fetch/parsed-url.ts';

test('an address is parsed once for all who look at it', () => {
  const url = parsedUrl('http://a.example/path?q=1');
  expect(url.href).toBe('http://a.example/path?q=1');
  expect(parsedUrl('http://a.example/path?q=1')).toBe(url);
});

test('what is no address is refused each time', () => {
  for (let at = 0; at < 2; at += 1) expect(() => parsedUrl('no address')).toThrow(TypeError);
});

test('long addresses, and those of long ago, are not kept', () => {
  const long = `http://a.example/${'x'.repeat(1000)}`;
  expect(parsedUrl(long)).not.toBe(parsedUrl(long));
  const first = parsedUrl('http://a.example/first');
  for (let at = 0; at < 2000; at += 1) parsedUrl(`http://a.example/${at}`);
  expect(parsedUrl('http://a.example/first')).not.toBe(first);
});
