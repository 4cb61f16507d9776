import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TopicId } from '../../src/model/ids.ts';
import type { ExampleText } from '../../src/model/topic.ts';
import type { Database } from '../../src/store/db.ts';
import { listExamples, removeExample, saveExample } from '../../src/store/topic-examples.ts';
import { listVersions } from '../../src/store/topic-history.ts';
import { disableMissingTopics, findTopicByKey, saveTopic, topicsVersion } from '../../src/store/topics.ts';
import { addTopic, countRows, later, NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

const PLAIN: ExampleText = {
  mustMatch: true,
  url: null,
  title: null,
  author: null,
  text: 'Ромашка не везёт',
  note: '',
};

describe.each(DRIVERS)('the history of topics on %s', (kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(() => truncate(db));

  const save = (
    query: string,
    changes: { name?: string; enabled?: boolean; contextCheck?: boolean; about?: string } = {},
    by = 'a@b.ru',
  ) => db.transaction((tx) => saveTopic(tx, { key: 'k', name: 'K', query, ...changes }, 'user', NOW, by));
  const states = async (id: TopicId) =>
    (await listVersions(db, id)).map(({ version, name, query, enabled, savedBy }) =>
      [version, name, query, enabled, savedBy].join(' '),
    );

  it('a save that changes something is a version, one that does not is none', async () => {
    const { id } = await save('x');
    await save('x');
    await save('y', {}, 'b@b.ru');
    await save('y', { name: 'Y' });
    await save('y', { name: 'Y', enabled: false });
    expect(await states(id)).toEqual([
      '4 Y y false a@b.ru',
      '3 Y y true a@b.ru',
      '2 K y true b@b.ru',
      '1 K x true a@b.ru',
    ]);
  });

  it('topics of the configuration have theirs, also of being switched off, once', async () => {
    const id = await addTopic(db, 'romashka');
    await disableMissingTopics(db, [], later(5));
    await disableMissingTopics(db, [], later(9));
    expect(await states(id)).toEqual(['2 romashka romashka false config', '1 romashka romashka true config']);
    expect((await listVersions(db, id))[0]?.savedAt).toEqual(later(5));
  });

  it('a save that is undone leaves no version', async () => {
    const { id } = await save('x');
    const undone = db.transaction(async (tx) => {
      await saveTopic(tx, { key: 'k', name: 'K', query: 'y' }, 'user', NOW, 'a@b.ru');
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    expect(await states(id)).toEqual(['1 K x true a@b.ru']);
  });

  it('saves at the same moment are numbered one after another', async () => {
    const { id } = await save('x');
    await Promise.all(['a', 'b', 'c', 'd'].map((query) => save(query)));
    const versions = await listVersions(db, id);
    expect(versions.map(({ version }) => version)).toEqual([5, 4, 3, 2, 1]);
    expect(versions[0]?.query).toBe((await findTopicByKey(db, 'k'))?.query);
  });

  it('a query is kept with one kind of line end and without what the database refuses', async () => {
    const { id } = await save('a\r\nOR b\0\ud800');
    expect((await findTopicByKey(db, 'k'))?.query).toBe('a\nOR b\ufffd');
    expect((await save('a\nOR b\ufffd')).changed).toBe(false);
    expect(await states(id)).toHaveLength(1);
  });

  it('a topic asks for the past when its query changes or it is switched on, not when it is switched off', async () => {
    const changed = async (...given: Parameters<typeof save>) => (await save(...given)).changed;
    expect(await changed('x')).toBe(true);
    expect(await changed('x', { enabled: false })).toBe(false);
    expect(await changed('y', { enabled: false })).toBe(true);
    expect(await changed('y')).toBe(true);
    expect(await changed('y', { name: 'other' })).toBe(false);
  });

  it('the switch of the context check is part of a version, stays where a save says nothing of it, and asks for the past', async () => {
    const { id } = await save('x');
    expect((await save('x', { contextCheck: true, about: ' bank ' })).changed).toBe(true);
    expect((await save('x')).changed).toBe(false);
    expect(await findTopicByKey(db, 'k')).toMatchObject({ contextCheck: true, about: 'bank' });
    const before = await topicsVersion(db);
    expect((await save('x', { about: 'tea' })).changed).toBe(true);
    expect(await topicsVersion(db)).not.toBe(before);
    expect((await save('x', { contextCheck: false })).changed).toBe(true);
    expect((await save('x', { about: 'shop' })).changed).toBe(false);
    expect((await listVersions(db, id)).map(({ contextCheck, about }) => [contextCheck, about])).toEqual([
      [false, 'shop'],
      [false, 'tea'],
      [true, 'tea'],
      [true, 'bank'],
      [false, ''],
    ]);
  });

  it('one text is one example of a topic: what it must do and its note change, who added it stays', async () => {
    const id = await addTopic(db, 'romashka');
    const first = await saveExample(db, id, PLAIN, 'a@b.ru', NOW);
    const again = await saveExample(
      db,
      id,
      { ...PLAIN, mustMatch: false, note: 'a flower' },
      'cli',
      later(1),
    );
    await saveExample(db, id, { ...PLAIN, title: 'T' }, 'cli', later(2));
    await saveExample(db, await addTopic(db, 'other'), PLAIN, 'cli', later(2));
    expect(again).toBe(first);
    expect(await listExamples(db, id)).toMatchObject([
      { id: first, mustMatch: false, note: 'a flower', addedBy: 'a@b.ru', addedAt: NOW },
      { mustMatch: true, title: 'T', addedBy: 'cli' },
    ]);
  });

  it('an example is removed from its own topic alone, and goes with the topic', async () => {
    const [id, other] = [await addTopic(db, 'romashka'), await addTopic(db, 'other')];
    const example = await saveExample(db, id, { ...PLAIN, text: 'a\r\nb\0' }, 'cli', NOW);
    expect((await listExamples(db, id))[0]?.text).toBe('a\nb');
    expect(await removeExample(db, other, example)).toBe(false);
    expect(await removeExample(db, id, example)).toBe(true);
    expect(await listExamples(db, id)).toEqual([]);
    await saveExample(db, id, PLAIN, 'cli', NOW);
    await db.query('delete from topics');
    expect([await countRows(db, 'topic_examples'), await countRows(db, 'topic_versions')]).toEqual([0, 0]);
  });
});
