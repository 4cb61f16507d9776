import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DocumentId, SourceId, TopicId } from '../../src/model/ids.ts';
import type { Database } from '../../src/store/db.ts';
import { listRatings, rateDocument, verdictsOf } from '../../src/store/topic-ratings.ts';
import { addDocument, addSources, addTopic, countRows, later, NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

describe.each(DRIVERS)('ratings of a topic on %s', (kind) => {
  let db: Database;
  let topic: TopicId;
  let documents: DocumentId[];
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    const [source] = (await addSources(db, 'forum')) as [SourceId];
    topic = await addTopic(db, 'romashka');
    documents = [];
    for (const key of ['a', 'b', 'c']) documents.push(await addDocument(db, source, key));
  });

  const rate = (at: number, verdict: Parameters<typeof rateDocument>[3], minute = 0, by = 'a@b.ru') =>
    rateDocument(db, topic, documents[at]!, verdict, { by, at: later(minute) });

  it('are one of each document: the newest counts, with who said it and when', async () => {
    await rate(0, 'ours');
    await rate(0, 'not_ours', 5, 'b@b.ru');
    expect(await listRatings(db, topic, 10)).toEqual([
      { documentId: documents[0], verdict: 'not_ours', ratedBy: 'b@b.ru', ratedAt: later(5) },
    ]);
  });

  it('come the newest first, without those that were skipped, as many as are wanted', async () => {
    await rate(0, 'ours', 1);
    await rate(1, 'skipped', 2);
    await rate(2, 'not_ours', 3);
    const ids = async (limit: number) => (await listRatings(db, topic, limit)).map((one) => one.documentId);
    expect(await ids(10)).toEqual([documents[2], documents[0]]);
    expect(await ids(1)).toEqual([documents[2]]);
    expect(await verdictsOf(db, topic, documents)).toEqual(
      new Map([
        [documents[0], 'ours'],
        [documents[1], 'skipped'],
        [documents[2], 'not_ours'],
      ]),
    );
    expect(await verdictsOf(db, topic, [])).toEqual(new Map());
  });

  it('are of one topic alone', async () => {
    await rate(0, 'ours');
    const other = await addTopic(db, 'other');
    expect(await listRatings(db, other, 10)).toEqual([]);
    await rateDocument(db, other, documents[0]!, 'not_ours', { by: 'cli', at: NOW });
    expect((await listRatings(db, topic, 10)).map(({ verdict }) => verdict)).toEqual(['ours']);
  });

  it('cannot be given to a document that is not there, and go with the document and the topic', async () => {
    expect(await rateDocument(db, topic, 999_999 as DocumentId, 'ours', { by: 'cli', at: NOW })).toBe(false);
    expect(await rate(0, 'ours')).toBe(true);
    await rate(1, 'ours');
    await db.query('delete from documents where id = $1', [documents[0]]);
    expect(await countRows(db, 'topic_ratings')).toBe(1);
    await db.query('delete from topics');
    expect(await countRows(db, 'topic_ratings')).toBe(0);
  });
});
