import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DocumentId, SourceId, TopicId } from '../../src/model/ids.ts';
import type { Database } from '../../src/store/db.ts';
import { getDocument } from '../../src/store/documents.ts';
import {
  complaintsWithoutCase,
  countTones,
  listMentions,
  listTags,
  setMentionStatus,
} from '../../src/store/mentions.ts';
import { saveCustomer } from '../../src/store/save-customers.ts';
import { disableMissingTopics, listTopics, saveTopic, topicsVersion } from '../../src/store/topics.ts';
import {
  addDocument,
  addMention,
  addSources,
  addTopic,
  later,
  NEGATIVE,
  NO_COMPLAINT,
  NOW,
  openCase,
  replaceMentions,
  replaceTags,
  TEST_VAULT,
} from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

describe.each(DRIVERS)('mentions and topics on %s', (kind) => {
  let db: Database;
  let document: DocumentId;
  let topic: TopicId;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    const [source] = (await addSources(db, 'forum')) as [SourceId];
    document = await addDocument(db, source, '1', { author: { site: 'f', handle: 'a' } });
    topic = await addTopic(db, 'romashka');
  });

  it('keep their id and what people did when the document is understood again', async () => {
    const id = await addMention(db, document, topic);
    await setMentionStatus(db, id, 'in_work');
    expect(await addMention(db, document, topic, NO_COMPLAINT)).toBe(id);
    expect(await listMentions(db, [document])).toMatchObject([
      { id, status: 'in_work', complaint: NO_COMPLAINT, createdAt: NOW },
    ]);
  });

  it('go when the topic is no longer named', async () => {
    await addMention(db, document, topic);
    await replaceMentions(db, document, [], NOW);
    expect(await listMentions(db, [document])).toEqual([]);
  });

  it('stay when a person has taken them up', async () => {
    await setMentionStatus(db, await addMention(db, document, topic), 'seen');
    await replaceMentions(db, document, [], NOW);
    expect(await listMentions(db, [document])).toHaveLength(1);
  });

  it('stay when a case leans on them, and are no complaint without case any more', async () => {
    const mentionId = await addMention(db, document, topic);
    expect(await complaintsWithoutCase(db, 10)).toEqual([document]);
    const record = { externalId: 'c', name: 'C', city: null, tier: null, identifiers: [], purchases: [] };
    const { id: customerId } = await saveCustomer(db, TEST_VAULT, record, NOW);
    const { authorId } = (await getDocument(db, document))!;
    const c = {
      mentionId,
      customerId,
      authorId: authorId!,
      severity: 2 as const,
      reason: 'app' as const,
      openedAt: NOW,
      dueAt: NOW,
    };
    await openCase(db, c);
    await replaceMentions(db, document, [], NOW);
    expect(await listMentions(db, [document])).toHaveLength(1);
    expect(await complaintsWithoutCase(db, 10)).toEqual([]);
  });

  it('are counted by tone', async () => {
    expect(await countTones(db)).toEqual([]);
    await addMention(db, document, topic);
    expect(await countTones(db)).toEqual([{ topicId: topic, label: 'negative', count: 1 }]);
  });

  it('tags are replaced as a whole, with any value', async () => {
    const tag = { kind: 'k', target: '', version: '1', value: [1, { a: 'б\0' }], spans: [] };
    await replaceTags(db, document, [tag, { ...tag, kind: 'l', value: null }]);
    await replaceTags(db, document, [tag]);
    expect(await listTags(db, document)).toEqual([{ ...tag, value: [1, { a: 'б' }] }]);
    await replaceTags(db, document, []);
    expect(await listTags(db, document)).toEqual([]);
  });

  it('a topic says whether its query is new or changed', async () => {
    const save = (name: string, query: string) =>
      saveTopic(db, { key: 'k', name, query }, 'config', NOW).then((r) => r.changed);
    expect([await save('A', 'x'), await save('B', 'x'), await save('B', 'y')]).toEqual([true, false, true]);
    await disableMissingTopics(db, []);
    expect(await save('B', 'y')).toBe(true);
  });

  it('the version of topics changes with each query even when the clock does not move', async () => {
    const versions = [await topicsVersion(db)];
    for (const query of ['a', 'b', 'a OR b']) {
      await saveTopic(db, { key: 'romashka', name: 'R', query }, 'config', later(-1000));
      versions.push(await topicsVersion(db));
    }
    await disableMissingTopics(db, ['other']);
    versions.push(await topicsVersion(db));
    expect(new Set(versions).size).toBe(versions.length);
  });

  it('topics that left the configuration are switched off and keep their mentions; those made by hand stay', async () => {
    await addMention(db, document, topic);
    await saveTopic(db, { key: 'own', name: 'Own', query: 'q' }, 'user', NOW);
    await disableMissingTopics(db, ['another']);
    expect((await listTopics(db)).map(({ key, enabled }) => [key, enabled])).toEqual([
      ['romashka', false],
      ['own', true],
    ]);
    expect(await listMentions(db, [document])).toMatchObject([{ sentiment: NEGATIVE }]);
  });
});
