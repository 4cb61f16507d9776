import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backTest } from '../../src/jobs/back-test.ts';
import { learnStoredCheck } from '../../src/jobs/context-check.ts';
import type { JobDeps } from '../../src/jobs/deps.ts';
import { createMeasure, explainMiss, judgeDraft } from '../../src/jobs/judge-draft.ts';
import { rollBackTopic } from '../../src/jobs/rollback-topic.ts';
import { testTopics } from '../../src/jobs/test-topics.ts';
import { checkStoredExamples } from '../../src/jobs/topic-examples.ts';
import { understandDocuments } from '../../src/jobs/understand.ts';
import type { DocumentId, SourceId } from '../../src/model/ids.ts';
import { parseQuery } from '../../src/query/parse.ts';
import type { Database } from '../../src/store/db.ts';
import { listMentions } from '../../src/store/mentions.ts';
import { saveExample } from '../../src/store/topic-examples.ts';
import { rateDocument } from '../../src/store/topic-ratings.ts';
import { findTopicByKey, saveTopic } from '../../src/store/topics.ts';
import { addDocument, addSources, later, NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';
import { createHandQueue, createWorker } from './worker.ts';

const SHOP = 'В Лагуне кассир не пробил скидку';
const WATER = 'Купались в голубой лагуне';
const TOPIC = { key: 'laguna', name: 'Лагуна', query: 'лагуна' };
const ON = { contextCheck: true, about: 'сеть магазинов' };

describe.each(DRIVERS)('the context check of a topic on %s', (kind) => {
  let db: Database;
  let deps: JobDeps;
  let source: SourceId;
  let documents: DocumentId[];
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    deps = await createWorker(db, { queue: createHandQueue().queue });
    [source] = (await addSources(db, 'forum')) as [SourceId];
    documents = [];
    for (const text of [SHOP, WATER]) documents.push(await addDocument(db, source, text, { text }));
  });

  const save = (changes = {}) => saveTopic(db, { ...TOPIC, ...changes }, 'user', NOW);
  const mentioned = async () => {
    await understandDocuments(deps, { documentIds: documents });
    return (await listMentions(db, documents)).map(({ documentId }) => documents.indexOf(documentId));
  };
  const example = async (text: string, mustMatch: boolean) => {
    const { id } = (await findTopicByKey(db, 'laguna'))!;
    await saveExample(
      db,
      id,
      { mustMatch, url: null, title: null, author: null, text, note: '' },
      'cli',
      NOW,
    );
  };
  const draft = (changes = {}) => ({ topic: 'laguna', ...TOPIC, ...ON, ...changes });

  it('makes no mention where the brand is not meant, once it is switched on', async () => {
    await save();
    expect(await mentioned()).toEqual([0, 1]);
    await save(ON);
    expect(await mentioned()).toEqual([0]);
    await save({ contextCheck: false });
    expect(await mentioned()).toEqual([0, 1]);
  });

  it('learns from examples and from what was said of documents, and at once', async () => {
    await save(ON);
    expect(await mentioned()).toEqual([0]);
    for (const text of ['Купались, лагуна, вечер', 'Голубая лагуна: купались', 'Лагуна, где купались мы'])
      await example(text, true);
    expect(await mentioned()).toEqual([0, 1]);
    const { id } = (await findTopicByKey(db, 'laguna'))!;
    await db.query('delete from topic_examples');
    expect(await mentioned()).toEqual([0]);
    const said = await addDocument(db, source, 'x', { text: 'Голубая лагуна: купались весь день' });
    await rateDocument(db, id, said, 'ours', { by: 'a@b.ru', at: NOW });
    const check = (await learnStoredCheck(
      db,
      { ...TOPIC, ...ON, id, query: read('лагуна') },
      deps.resources.morphology,
    ))!;
    const after = check({ text: WATER }, [{ field: 'text', start: 19, end: 25 }]).probability;
    await rateDocument(db, id, said, 'not_ours', { by: 'a@b.ru', at: later(1) });
    const again = (await learnStoredCheck(
      db,
      { ...TOPIC, ...ON, id, query: read('лагуна') },
      deps.resources.morphology,
    ))!;
    expect(again({ text: WATER }, [{ field: 'text', start: 19, end: 25 }]).probability).toBeLessThan(
      after - 0.1,
    );
  });

  it('judges the places of the name, not other words of the query, and what no place shows not at all', async () => {
    await save({ ...ON, query: 'лагуна NEAR/9 (кассир OR купаться)' });
    expect(await mentioned()).toEqual([0]);
    await save({ ...ON, query: 'source:forum' });
    expect(await mentioned()).toEqual([0, 1]);
  });

  it('is part of a back-test, on both sides', async () => {
    await save(ON);
    const topic = (await findTopicByKey(db, 'laguna'))!;
    const check = await learnStoredCheck(db, { ...topic, query: read('лагуна') }, deps.resources.morphology);
    const test = {
      query: read('лагуна'),
      against: read('лагуна'),
      since: null,
      limit: 100,
      withinMs: 1e9,
      zone: 'UTC',
      seed: 1,
      samples: 5,
    };
    expect(await backTest(deps, { ...test, check })).toMatchObject({
      matched: 1,
      against: { matched: 2, lost: 1 },
    });
    expect(await backTest(deps, { ...test, check, againstCheck: check })).toMatchObject({
      matched: 1,
      against: { matched: 1, lost: 0 },
    });
  });

  it('is part of the examples: what it refuses is not found, and why', async () => {
    await save(ON);
    await example(WATER, true);
    await db.query('update topic_examples set must_match = false');
    expect((await testTopics(deps, 'laguna'))[0]?.failures).toEqual([]);
    expect(await checkStoredExamples(deps, { ...TOPIC, contextCheck: false })).toHaveLength(1);
    expect(await checkStoredExamples(deps, TOPIC)).toEqual([]);
    await save({ contextCheck: false });
    await expect(testTopics(deps, 'laguna')).resolves.toMatchObject([
      { failures: [{ reasons: [{ code: 'found' }] }] },
    ]);
  });

  it('comes back with the version that it belongs to', async () => {
    await save(ON);
    await save({ contextCheck: false });
    await rollBackTopic(deps, 'laguna', 1, { actor: 'cli', anyway: false });
    expect(await findTopicByKey(db, 'laguna')).toMatchObject(ON);
  });

  it('is measured in the lab before it is switched on, and says of a text why it refused it', async () => {
    await save();
    for (const [text, mustMatch] of [
      [SHOP, true],
      ['В «Лагуне» снова обвесили на кассе', true],
      ['Лагуна открыла магазин у метро', true],
      [WATER, false],
      ['Над тихой лагуной садится солнце', false],
    ] as const)
      await example(text, mustMatch);
    const measuring = { ...deps, measure: createMeasure(deps.resources.morphology) };
    const off = await judgeDraft(measuring, draft({ contextCheck: false }));
    expect(off?.context).toMatchObject({ examples: 5, before: 0.6 });
    expect(off?.context.precision).toBeGreaterThan(0.6);
    expect(off?.examples.filter(({ passes }) => passes)).toHaveLength(3);
    expect((await judgeDraft(measuring, draft()))?.examples.every(({ passes }) => passes)).toBe(true);
    const missed = await explainMiss(deps, draft(), 'Мы снова купались в голубой лагуне');
    expect(missed).toMatchObject({
      matched: false,
      savedMatches: true,
      reasons: [{ code: 'context', at: null }],
    });
    if (missed?.found !== 'text') throw new Error('a text was pasted');
    expect(missed.reasons[0]?.message.en).toMatch(/this is not “Лагуна” \(probability \d+ %\): .*голубой/);
  });
});

function read(text: string) {
  const parsed = parseQuery(text);
  if (!('query' in parsed)) throw new Error(text);
  return parsed.query;
}
