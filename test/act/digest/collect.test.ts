import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readActionToken } from '../../../src/act/digest/action-link.ts';
import { collectDigest } from '../../../src/act/digest/collect.ts';
import { voicesOf } from '../../../src/act/digest/shape.ts';
import type { Database } from '../../../src/store/db.ts';
import { findRecipient, syncRecipients } from '../../../src/store/digests.ts';
import { getDocument } from '../../../src/store/documents.ts';
import { saveCustomer } from '../../../src/store/save-customers.ts';
import { makeStories, saveCarriers } from '../../../src/store/stories.ts';
import { RECIPIENT } from '../../support/full-store.ts';
import {
  addDocument,
  addMention,
  addSources,
  addTopic,
  later,
  NO_COMPLAINT,
  NOW,
  openCase,
  TEST_VAULT,
} from '../../support/rows.ts';
import { openTestStore } from '../../support/store.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PERIOD = { from: later(-DAY), to: NOW };

let db: Database;
beforeAll(async () => {
  db = await openTestStore('pglite');
  const [source] = await addSources(db, 'forum');
  const [loud, calm] = [await addTopic(db, 'loud'), await addTopic(db, 'calm')];
  const say = async (id: string, topic: typeof loud, at: Date, text = `Текст ${id}`) => {
    const document = await addDocument(db, source!, id, { text, author: { site: 'f', handle: id } }, at);
    const mention = await addMention(db, document, topic, NO_COMPLAINT);
    await db.query('update mentions set created_at = $2 where id = $1', [mention, at]);
    return { document, mention };
  };
  // Six weeks in which each topic was named twice on this weekday.
  for (let week = 1; week <= 6; week += 1)
    for (const at of [1, 2])
      for (const topic of [loud, calm])
        await say(`${topic}-${week}-${at}`, topic, later(-week * 7 * DAY - at * HOUR));
  await say('first', calm, later(-7 * 7 * DAY));
  for (let at = 0; at < 30; at += 1) await say(`now-${at}`, loud, later(-2 * HOUR));
  await say('calm-now', calm, later(-2 * HOUR));
  const { mention: notUs } = await say('not-us', loud, later(-2 * HOUR));
  await db.query(`update mentions set status = 'not_us' where id = $1`, [notUs]);
  const [story] = await makeStories(db, 1, NOW);
  const carried = [];
  for (const id of ['story-1', 'story-2', 'story-3']) {
    const { document } = await say(
      id,
      calm,
      later(-3 * HOUR),
      `Склад сгорел, звоните +7 916 123-45-67, ${id}`,
    );
    carried.push(document);
  }
  const relation = (at: number) => (at === 0 ? ('first' as const) : ('copy' as const));
  await saveCarriers(
    db,
    carried.map((documentId, at) => ({
      documentId,
      storyId: story!,
      revision: 1,
      saidAt: later((at - 5) * HOUR),
      relation: relation(at),
      ofStory: 1,
      ofOwn: 1,
    })),
    later(-3 * HOUR),
  );
  const record = { externalId: 'c', name: 'Анна', city: null, tier: null, identifiers: [], purchases: [] };
  const { id: customerId } = await saveCustomer(db, TEST_VAULT, record, NOW);
  for (const [id, due] of [
    ['late', -HOUR],
    ['soon', HOUR],
    ['later', 3 * DAY],
  ] as const) {
    const { document, mention } = await say(`case-${id}`, calm, later(-3 * HOUR));
    const { authorId } = (await getDocument(db, document))!;
    await openCase(db, {
      mentionId: mention,
      customerId: customerId as never,
      authorId: authorId!,
      severity: 2,
      reason: 'app',
      openedAt: later(-3 * HOUR),
      dueAt: later(due),
    });
  }
  await syncRecipients(db, [RECIPIENT]);
});
afterAll(() => db.close());

const collect = async () =>
  collectDigest(db, (await findRecipient(db, RECIPIENT.key))!, PERIOD, {
    dashboardUrl: 'https://molva.example',
    talkOf: async () => ({ fresh: null }) as never,
    sign: TEST_VAULT.hash,
  });

describe('collectDigest', () => {
  it('counts what is late, due within the day and later, the most pressing first', async () => {
    const { dutyCounts, duties } = await collect();
    expect(dutyCounts).toEqual({ late: 1, soon: 1, later: 1 });
    expect(duties.map(({ dueAt }) => dueAt)).toEqual([later(-HOUR), later(HOUR), later(3 * DAY)]);
  });

  it('holds counts against the same weekday before, without what is not about us', async () => {
    const { topics } = await collect();
    const [loud, calm] = topics;
    expect(loud).toMatchObject({ name: 'loud', total: 30, usual: { total: { typical: 2, times: 6 } } });
    expect(calm).toMatchObject({ name: 'calm', total: 7 });
    expect(voicesOf(topics).map(({ topic, usual }) => [topic, usual])).toEqual([
      ['loud', 0.5],
      ['calm', 0.5],
    ]);
  });

  it('tells a story once, by its first text, with what is private dotted out', async () => {
    const { stories } = await collect();
    expect(stories).toMatchObject([{ documents: 3, added: 3, sources: 1, reach: null, reachOf: 0 }]);
    expect(stories[0]!.excerpt).toContain('Склад сгорел');
    expect(stories[0]!.excerpt).not.toContain('123-45-67');
  });

  it('signs its links for this reader, this post and two weeks', async () => {
    const { topics, duties } = await collect();
    const { id } = (await findRecipient(db, RECIPIENT.key))!;
    for (const { actions } of [...duties, ...topics.flatMap(({ top }) => top)]) {
      const link = readActionToken(TEST_VAULT.hash, actions!['not-us'].split('/said/')[1]!);
      expect(link).toMatchObject({
        action: 'not-us',
        recipient: id,
        revision: 1,
        expiresAt: later(14 * DAY),
      });
    }
  });
});
