import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { forumOf } from '../../crawlers/forum.ts';
import { phpbb } from '../../src/extract/thread/engines/phpbb.ts';
import { folder, serveFixture, visit } from './fixture-site.ts';

const crawler = forumOf(phpbb);

const board = () => readFileSync(new URL('board.html', folder('phpbb')), 'utf8');

test('a second visit reads the board and nothing else', async () => {
  const site = await serveFixture('phpbb');
  const { state } = await visit(crawler, site, null);
  site.server.asked.length = 0;
  await visit(crawler, site, state);
  await site.close();
  expect(site.server.asked).toEqual(['/viewforum.php?f=3']);
});

test('a new post is read from the page where the last visit stopped', async () => {
  let answered = false;
  const last = readFileSync(new URL('thread-12-2.html', folder('phpbb')), 'utf8');
  const more = last.replace(
    '<div id="p104"',
    `${/<div id="p103"[\s\S]*?(?=<hr)/.exec(last)?.[0].replaceAll('103', '105')}<div id="p104"`,
  );
  const site = await serveFixture('phpbb', (path) => {
    if (!answered) return undefined;
    if (path.startsWith('/viewforum')) return board().replaceAll('103', '105');
    return path.includes('start=2') ? more : undefined;
  });
  const first = await visit(crawler, site, null);
  answered = true;
  site.server.asked.length = 0;
  const second = await visit(crawler, site, first.state);
  await site.close();
  expect(second.documents.map(({ externalId }) => externalId)).toEqual(['12/103', '12/105']);
  expect(site.server.asked).toEqual(['/viewforum.php?f=3', '/viewtopic.php?f=3&t=12&start=2']);
});

test('a visit keeps to its number of pages, and the next one goes on', async () => {
  const site = await serveFixture('phpbb');
  const small = { ...site, source: { ...site.source, settings: { maxPagesPerVisit: 2 } } };
  const seen: string[] = [];
  let state: unknown = null;
  for (let at = 0; at < 4; at += 1) {
    const result = await visit(crawler, small, state);
    state = result.state;
    seen.push(...result.documents.map(({ externalId }) => externalId));
  }
  await site.close();
  expect(seen).toEqual(['12/101', '12/102', '11/90', '12/103']);
});

test('a thread that is gone does not keep the others from being read', async () => {
  const site = await serveFixture('phpbb', (path) =>
    path.startsWith('/viewforum') ? board().replaceAll('t=12&', 't=99&') : undefined,
  );
  const { documents, state } = await visit(crawler, site, null);
  expect(documents.map(({ externalId }) => externalId)).toEqual(['11/90']);
  site.server.asked.length = 0;
  await visit(crawler, site, state);
  await site.close();
  expect(site.server.asked).toEqual(['/viewforum.php?f=3']);
});
