import { expect, test } from 'vitest';
import { vkCrawler } from '../../crawlers/vk.ts';
import { PermanentError, RefusedError, RetryLaterError } from '../../src/lib/errors.ts';
import { createPageMemory } from '../../src/lib/page-memory.ts';
import { serveFixture, visit } from './fixture-site.ts';

const TOKEN = 'vk-secret';

function everythingOf(error: unknown): string {
  const parts: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause)
    parts.push(at.message, at.stack ?? '', JSON.stringify(at));
  return parts.join('\n');
}

/** One visit with a context that answers every question the same way. */
async function visitWith(answer: (url: string) => string, secret: string | undefined = TOKEN) {
  const ctx = {
    fetch: async (url: string) => ({
      url,
      contentType: 'application/json',
      text: answer(url),
      charset: 'utf-8',
      validators: {},
    }),
    now: () => new Date('2026-11-22T12:00:00Z'),
    signal: new AbortController().signal,
    pages: createPageMemory(),
    isPoll: true,
    secret: () => secret,
  };
  const batches = [];
  for await (const batch of vkCrawler.crawl({ url: 'https://vk.com/zarya', settings: {}, state: null }, ctx))
    batches.push(batch);
  return batches;
}

test('the token stands in nothing that is stored', async () => {
  const site = await serveFixture('vk');
  const stored: unknown[] = [];
  for await (const batch of vkCrawler.crawl({ ...site.source, state: null }, site.ctx)) stored.push(batch);
  await site.close();
  expect(site.server.asked.some((path) => path.includes(TOKEN))).toBe(true);
  expect(JSON.stringify(stored)).not.toContain(TOKEN);
});

test.each([
  [
    'refused by the rules for crawlers',
    (url: string) => new RefusedError('robots', `not allowed: ${url}`, new Error(url)),
  ],
  ['not there', (url: string) => new PermanentError('http-404', `nothing at ${url}`, new Error(url))],
  [
    'silent',
    (url: string) =>
      new RetryLaterError('timeout', `no answer from ${url}`, { cause: new Error(url), delayMs: 5 }),
  ],
])('the token stands in no error: %s', async (_name, error) => {
  const failed = await visitWith((url) => {
    throw error(url);
  }).catch((thrown: unknown) => thrown);
  expect(failed).toBeInstanceOf(Error);
  expect(everythingOf(failed)).not.toContain(TOKEN);
});

test.each([
  [5, PermanentError, undefined],
  [15, PermanentError, undefined],
  [6, RetryLaterError, 2000],
  [29, RetryLaterError, 12 * 3_600_000],
])('error %i says what to do next', async (code, kind, delayMs) => {
  const failed = await visitWith(() => JSON.stringify({ error: { error_code: code, error_msg: 'x' } })).catch(
    (thrown: unknown) => thrown,
  );
  expect(failed).toBeInstanceOf(kind);
  expect(failed).toMatchObject({ code: `vk-${code}`, ...(delayMs === undefined ? {} : { delayMs }) });
});

test('without a token it says where to put one', async () => {
  await expect(visitWith(() => '{}', '')).rejects.toThrow('VK_TOKEN');
});

test('a token written into the settings is refused', () => {
  expect(vkCrawler.settings.safeParse({ token: 'vk1.a.AbCdEf' }).error?.issues[0]?.message).toContain(
    'not the token',
  );
});

test('comments are read again when there are more of them', async () => {
  const site = await serveFixture('vk');
  const { state } = await visit(vkCrawler, site, null);
  site.server.asked.length = 0;
  const fewer = { ...(state as { counts: object }), counts: { '-77_12': 2 } };
  const { documents } = await visit(vkCrawler, site, fewer);
  await site.close();
  expect(site.server.asked.map((path) => path.split('?')[0])).toEqual([
    '/method/wall.get',
    '/method/wall.getComments',
  ]);
  expect(documents.map(({ externalId }) => externalId)).toEqual(['-77_12_r22', '-77_12_r23', '-77_12_r21']);
});

test('a post says what it shows, how often it was seen, and whether it only passes on another', async () => {
  const post = { id: 1, owner_id: -7, from_id: -7, date: 1_795_000_000, text: 'Чайник хорош' };
  const items = [
    { ...post, views: { count: 1500 }, attachments: [{ type: 'photo' }, { type: 'link' }] },
    { ...post, id: 2, text: '', copy_history: [{ text: 'Чайник течёт' }] },
    { ...post, id: 3, text: 'Согласен', copy_history: [{ text: 'Чайник течёт' }], attachments: 'odd' },
  ];
  const answer = JSON.stringify({ response: { items, profiles: [], groups: [] } });
  const [batch] = await visitWith(() => answer);
  expect(batch?.documents.map(({ text, signs }) => ({ text, signs }))).toEqual([
    { text: 'Чайник хорош', signs: { hasImage: true, reach: 1500 } },
    { text: 'Чайник течёт', signs: { isRepost: true } },
    { text: 'Согласен', signs: { isRepost: true } },
  ]);
});
