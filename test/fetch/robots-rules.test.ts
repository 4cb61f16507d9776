import { expect, test } from 'vitest';
import { parseRobots } from '../../src/fetch/robots-rules.ts';

const rules = (text: string) => parseRobots('https://a.example/robots.txt', text, 'Molva');

test('our own group stands above the one for all, whatever follows our name', () => {
  const text = 'User-agent: *\nDisallow: /\n\nUser-agent: MOLVA/2.0 (a comment)\nDisallow: /no';
  expect(rules(text).isAllowed('https://a.example/yes')).toBe(true);
  expect(rules(text).isAllowed('https://a.example/no')).toBe(false);
});

test('a group for us without rules forbids nothing', () => {
  expect(rules('User-agent: *\nDisallow: /\nUser-agent: Molva').isAllowed('https://a.example/')).toBe(true);
});

test('a sitemap between agents does not part their group', () => {
  expect(
    rules('User-agent: Molva\nSitemap: /s.xml\nUser-agent: Other\nDisallow: /x').isAllowed(
      'https://a.example/x',
    ),
  ).toBe(false);
});

test('the longest rule wins, and Allow wins a tie', () => {
  const { isAllowed } = rules('User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /c\nAllow: /c');
  expect(['/a', '/a/b', '/c'].map((path) => isAllowed(`https://a.example${path}`))).toEqual([
    false,
    true,
    true,
  ]);
});

test('a hostile file takes no more than a moment', () => {
  const started = performance.now();
  const { isAllowed } = rules(`User-agent: *\n${`Disallow: /${'*a'.repeat(900)}\n`.repeat(1000)}`);
  isAllowed(`https://a.example/${'a'.repeat(2000)}`);
  expect(performance.now() - started).toBeLessThan(3000);
});
