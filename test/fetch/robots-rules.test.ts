import { expect, test } from 'vitest';
import { parseRobots } from '../../src/fetch/robots-rules.ts';

const rules = (text: string) => parseRobots(text, 'Molva');

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
  expect(performance.now() - started).toBeLessThan(12_000);
});

const isAllowed = (text: string, path: string) => rules(text).isAllowed(`https://a.example${path}`);

test('groups that name us are one group, however often they are repeated', () => {
  const text =
    'User-agent: Molva\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nUser-agent: molva\nDisallow: /b';
  expect(['/a', '/b', '/c'].map((path) => isAllowed(text, path))).toEqual([false, false, true]);
});

test.each([
  ['/a*c', '/abbc', false],
  ['/a*c', '/abb', true],
  ['/*.php$', '/x.php', false],
  ['/*.php$', '/x.php?y', true],
  ['/*.php$', '/x.php.php', false],
  ['/a$', '/a', false],
  ['/a$', '/ab', true],
  ['*/x', '/y/x', false],
  ['/*?', '/page?', false],
  ['/тест', '/%D1%82%D0%B5%D1%81%D1%82', false],
  ['/%d1%82', '/%D1%82', false],
  ['/%61bc', '/abc', false],
  ['/a%2Fb', '/a/b', true],
  ['/A', '/a', true],
])('«Disallow: %s» for %s leaves it allowed: %s', (pattern, path, expected) => {
  expect(isAllowed(`User-agent: *\nDisallow: ${pattern}`, path)).toBe(expected);
});

test('misspelt directives, forgotten colons, comments and a byte order mark do no harm', () => {
  const text = '\ufeffUser agent: * # all\nDissallow: /a # no\nDisallow /b\n';
  expect(['/a', '/b', '/c'].map((path) => isAllowed(text, path))).toEqual([false, false, true]);
});

test('the index page that is allowed allows its folder', () => {
  const text = 'User-agent: *\nDisallow: /\nAllow: /news/index.html';
  expect(['/news/', '/news/index.html', '/news/1'].map((path) => isAllowed(text, path))).toEqual([
    true,
    true,
    false,
  ]);
});

test('robots.txt itself may always be read', () => {
  expect(isAllowed('User-agent: *\nDisallow: /', '/robots.txt')).toBe(true);
});

test('delay, sitemaps and parameters that do not matter are told', () => {
  const found = rules(
    'Sitemap: https://a.example/s.xml\nUser-agent: *\nCrawl-delay: 2,5\nClean-param: ref&sid /forum/*.php\nDisallow:\nUser-agent: Slow\nCrawl-delay: 900',
  );
  expect(found).toMatchObject({
    delayMs: 2500,
    sitemaps: ['https://a.example/s.xml'],
    cleanParams: [{ params: ['ref', 'sid'], path: '/forum/*.php' }],
  });
});

test('what stands beyond 500 KiB is not read', () => {
  const text = `User-agent: *\n${'# padding\n'.repeat(60_000)}Disallow: /`;
  expect(isAllowed(text, '/x')).toBe(true);
});
