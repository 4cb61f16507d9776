import { describe, expect, test } from 'vitest';
import { createCookieJar } from '../../src/fetch/cookies.ts';
import { manualClock } from './manual-clock.ts';

function jarAfter(url: string, ...lines: string[]) {
  const clock = manualClock();
  const jar = createCookieJar(clock);
  jar.store(url, lines);
  return { jar, clock };
}

describe('a cookie', () => {
  test.each([
    ['a=1', 'https://forum.example/board/x', 'https://forum.example/board/y', 'a=1'],
    ['a=1', 'https://forum.example/board/x', 'https://forum.example/other', undefined],
    ['a=1; Path=/', 'https://forum.example/board/x', 'https://forum.example/other', 'a=1'],
    ['a=1; Path=/board', 'https://forum.example/', 'https://forum.example/boards', undefined],
    ['a=1; Path=/', 'https://forum.example/', 'https://www.forum.example/', undefined],
    ['a=1; Path=/; Domain=.forum.example', 'https://forum.example/', 'https://www.forum.example/', 'a=1'],
    ['a=1; Path=/; Domain=other.example', 'https://forum.example/', 'https://other.example/', undefined],
    ['a=1; Path=/; Domain=co.uk', 'https://forum.co.uk/', 'https://other.co.uk/', undefined],
    ['a=1; Path=/; Domain=github.io', 'https://me.github.io/', 'https://you.github.io/', undefined],
    ['a=1; Path=/; Secure', 'https://forum.example/', 'http://forum.example/', undefined],
    ['a=1; Path=/; Secure', 'http://forum.example/', 'https://forum.example/', undefined],
    ['a=1; Path=/; Max-Age=0', 'https://forum.example/', 'https://forum.example/', undefined],
    [
      'a=1; Path=/; Expires=Wed, 09 Jun 1999 10:18:14 GMT',
      'https://forum.example/',
      'https://forum.example/',
      undefined,
    ],
    ['=1; Path=/', 'https://forum.example/', 'https://forum.example/', undefined],
    ['a=1\r\nx: y; Path=/', 'https://forum.example/', 'https://forum.example/', undefined],
    [`a=${'x'.repeat(5000)}; Path=/`, 'https://forum.example/', 'https://forum.example/', undefined],
  ])('%.60j of %s goes to %s as %j', (line, from, to, header) => {
    expect(jarAfter(from, line).jar.header(to)).toBe(header);
  });

  test('that is set again is replaced, and ends when it is told', () => {
    const { jar, clock } = jarAfter(
      'https://forum.example/',
      'a=1; Path=/',
      'a=2; Path=/; Max-Age=60',
      'b=3; Path=/',
    );
    expect(jar.header('https://forum.example/')).toBe('a=2; b=3');
    clock.advance(61_000);
    expect(jar.header('https://forum.example/')).toBe('b=3');
  });

  test('is one of a hundred at most', () => {
    const { jar } = jarAfter('https://forum.example/');
    for (let at = 0; at < 500; at++) jar.store('https://forum.example/', [`c${at}=1; Path=/`]);
    expect(jar.all()).toHaveLength(100);
  });
});
