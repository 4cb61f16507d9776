import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSearch } from '../../src/app/store-search.ts';
import { backTest } from '../../src/jobs/back-test.ts';
import { checkStoredExamples } from '../../src/jobs/topic-examples.ts';
import { createOfficial } from '../../src/match/official.ts';
import type { TagResources } from '../../src/model/ports.ts';
import type { Database } from '../../src/store/db.ts';
import { saveExample } from '../../src/store/topic-examples.ts';
import { findTopicByKey } from '../../src/store/topics.ts';
import { mustParse } from '../query/samples.ts';
import { requestOf } from '../search/asking.ts';
import { addTopic, found, NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore } from '../support/store.ts';
import { openRuleWorld, type RuleWorld, ruleOf } from './rules/rule-world.ts';
import { createTestClock, loadResources, log } from './worker.ts';

const OURS = 'Ромашка отвечает: деньги вернём до пятницы';
const THEIRS = 'Ромашка молчит';

describe.each(DRIVERS)('what accounts of the company write, on %s', (kind) => {
  let db: Database;
  let world: RuleWorld;
  let resources: TagResources;
  beforeAll(async () => {
    db = await openTestStore(kind);
    const isOfficial = createOfficial(['https://forum.example/users/romashka-pr']);
    resources = { ...(await loadResources()), isOfficial };
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    world = await openRuleWorld(db, { changes: { resources } });
  });

  const post = (id: string, text: string, handle: string) =>
    found(id, { text, author: { site: 'forum.example', handle } });
  const publish = () =>
    world.publish(post('1', OURS, 'Romashka-PR'), post('2', THEIRS, 'anna'), found('3', { text: THEIRS }));
  const textsOf = async (ids: readonly number[]) => {
    const rows = await db.query<{ text: string }>(
      'select text from documents where id = any($1::bigint[]) order by id',
      [ids],
    );
    return rows.map(({ text }) => text);
  };

  it('is known to topics when it arrives', async () => {
    await addTopic(db, 'ours', 'ромашка is:official');
    await addTopic(db, 'theirs', 'ромашка -is:official');
    await publish();
    const byTopic = async (key: string) => {
      const { id } = (await findTopicByKey(db, key))!;
      const mentions = (await world.mentions()).filter(({ topicId }) => topicId === id);
      return textsOf(mentions.map(({ documentId }) => documentId));
    };
    expect(await byTopic('ours')).toEqual([OURS]);
    expect(await byTopic('theirs')).toEqual([THEIRS, THEIRS]);
  });

  it('is known to rules, to search and to back-tests', async () => {
    await world.save(ruleOf('ours', 'is:official', { tags: ['наше'] }));
    await publish();
    const tags = (await world.mentions()).map((mention) => mention.tags);
    expect(tags).toEqual([['наше'], [], []]);
    const search = openSearch(db, 'not installed', { resources, clock: createTestClock(), log });
    expect(await textsOf((await search.search(requestOf('is:official'))).ids)).toEqual([OURS]);
    const test = await backTest(
      { db, clock: createTestClock(), resources },
      {
        query: mustParse('ромашка -is:official'),
        against: mustParse('ромашка'),
        since: null,
        limit: 10,
        withinMs: 10_000,
        zone: 'UTC',
        seed: 1,
        samples: 5,
      },
    );
    expect(test).toMatchObject({ matched: 2, against: { lost: 1, gained: 0 } });
  });

  it('is known to examples that name author and address', async () => {
    const { id } = (await findTopicByKey(db, 'romashka'))!;
    const example = { url: 'https://forum.example/9', title: null, text: OURS, note: '' };
    await saveExample(db, id, { ...example, author: 'romashka-pr', mustMatch: false }, 'cli', NOW);
    await saveExample(db, id, { ...example, url: null, author: 'romashka-pr', mustMatch: true }, 'cli', NOW);
    const failing = (query: string) => checkStoredExamples(world.deps, { key: 'romashka', query });
    expect(await failing('ромашка -is:official')).toEqual([]);
    expect(await failing('ромашка is:official')).toHaveLength(2);
  });
});
