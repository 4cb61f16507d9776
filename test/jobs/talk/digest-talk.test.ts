import { afterAll, beforeAll, expect, it } from 'vitest';
import { collectDigest } from '../../../src/act/digest/collect.ts';
import { createDigestTalk } from '../../../src/jobs/talk/digest-talk.ts';
import { loadMorphology } from '../../../src/lib/morphology.ts';
import type { Database } from '../../../src/store/db.ts';
import type { DigestRecipient } from '../../../src/store/digests.ts';
import {
  addDocument,
  addMention,
  addSources,
  addTopic,
  later,
  NO_COMPLAINT,
  NOW,
  TEST_VAULT,
} from '../../support/rows.ts';
import { openTestStore } from '../../support/store.ts';

const HOUR = 3_600_000;
const DAY = { from: later(-24 * HOUR), to: NOW };
const RECIPIENT: DigestRecipient = {
  id: 1,
  key: 'pr@romashka.example',
  email: 'pr@romashka.example',
  language: 'ru',
  zone: 'UTC',
  sendAt: '09:00',
  weekdays: null,
  topics: null,
  unsubscribeToken: 'token',
  unsubscribedAt: null,
  nextRunAt: NOW,
  origin: 'config',
  whenQuiet: true,
  enabled: true,
  weeklyOn: null,
  monthlyOn: null,
  weeklyAt: null,
  monthlyAt: null,
};

let db: Database;
beforeAll(async () => {
  db = await openTestStore('pglite');
  const [source] = await addSources(db, 'forum');
  const topic = await addTopic(db, 'romashka');
  const say = async (text: string, at: Date, id: string) => {
    const document = await addDocument(db, source!, id, { text, author: { site: 'f', handle: id } }, at);
    const mention = await addMention(db, document, topic, NO_COMPLAINT);
    await db.query('update mentions set created_at = $2 where id = $1', [mention, at]);
  };
  for (let at = 0; at < 40; at += 1) await say('Рома продаёт посуду', later(-(at * 4 + 1) * HOUR), `a${at}`);
  for (let at = 0; at < 20; at += 1) await say('Рома закрыл склад', later(-2 * HOUR), `b${at}`);
});
afterAll(() => db.close());

const digestFor = async (recipient: DigestRecipient) =>
  collectDigest(db, recipient, DAY, {
    dashboardUrl: 'https://molva.example',
    talkOf: createDigestTalk(await loadMorphology()),
    sign: TEST_VAULT.hash,
  });

it('tells the recipient of a topic what is new in its talk against the week before', async () => {
  const { news } = await digestFor(RECIPIENT);
  expect(news).toMatchObject([
    { topic: 'romashka', phrase: 'закрыл склад', mentions: 20, shareBefore: null },
  ]);
  const { searchParams } = new URL(news[0]!.link);
  expect(Object.fromEntries(searchParams)).toEqual({
    topic: 'romashka',
    q: '"закрыл склад"~1',
    from: '2026-11-21',
    to: '2026-11-22',
  });
});

it('tells nothing of the topics of others', async () => {
  expect((await digestFor({ ...RECIPIENT, topics: ['other'] })).news).toEqual([]);
});
