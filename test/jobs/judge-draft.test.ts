import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createMeasure, exampleOfDocument, explainMiss, judgeDraft } from '../../src/jobs/judge-draft.ts';
import type { DocumentId, SourceId, TopicId } from '../../src/model/ids.ts';
import type { TagResources } from '../../src/model/ports.ts';
import type { RatingVerdict } from '../../src/model/topic.ts';
import type { Draft } from '../../src/query/draft.ts';
import type { Database } from '../../src/store/db.ts';
import { saveExample } from '../../src/store/topic-examples.ts';
import { rateDocument } from '../../src/store/topic-ratings.ts';
import { addDocument, addSources, addTopic, NOW } from '../support/rows.ts';
import { openTestStore, truncate } from '../support/store.ts';
import { createTestClock, loadResources } from './worker.ts';

let db: Database;
let source: SourceId;
let resources: TagResources;
let topic: TopicId;
beforeAll(async () => {
  [db, resources] = [await openTestStore('pglite'), await loadResources()];
});
afterAll(() => db.close());
beforeEach(async () => {
  await truncate(db);
  [source] = (await addSources(db, 'forum')) as [SourceId];
  topic = await addTopic(db, 'romashka', 'ромашка');
});

const deps = () => ({ db, clock: createTestClock(), resources });
const PLAIN = { name: 'Ромашка', contextCheck: false, about: '' };
const judge = (query: string, key: string | null = 'romashka', changes: Partial<Draft> = {}) =>
  judgeDraft(
    { ...deps(), measure: createMeasure(resources.morphology) },
    { ...PLAIN, topic: key, query, ...changes },
  );
const miss = (query: string, missed: string, changes: Partial<Draft> = {}) =>
  explainMiss(deps(), { ...PLAIN, topic: 'romashka', query, ...changes }, missed);
const say = async (text: string, verdict: RatingVerdict, changes = {}): Promise<DocumentId> => {
  const id = await addDocument(db, source, text, { text, ...changes });
  await rateDocument(db, topic, id, verdict, { by: 'a@b.ru', at: NOW });
  return id;
};
const example = (text: string, mustMatch: boolean) =>
  saveExample(db, topic, { mustMatch, url: null, title: null, author: null, text, note: '' }, 'cli', NOW);

it('counts of a draft and of the saved version what people said of the documents that each finds', async () => {
  await say('ромашка не везёт', 'ours');
  await say('ромашка молчит', 'ours');
  await say('ромашка цветёт', 'not_ours');
  await say('лютик не везёт', 'not_ours');
  await say('ромашка и пропуск', 'skipped');
  const report = await judge('ромашка NOT цветёт');
  expect(report?.ratings).toEqual({
    draft: { ours: 2, notOurs: 0 },
    saved: { ours: 2, notOurs: 1 },
    conflicts: [],
  });
});

it('names what the draft contradicts: ours that it misses, not ours that it finds', async () => {
  const [ours, notOurs] = [await say('ромашка не везёт', 'ours'), await say('ромашка цветёт', 'not_ours')];
  const { conflicts } = (await judge('ромашка NOT везти'))!.ratings;
  expect(conflicts.map(({ id, verdict, ratedBy }) => [id, verdict, ratedBy]).sort()).toEqual([
    [ours, 'ours', 'a@b.ru'],
    [notOurs, 'not_ours', 'a@b.ru'],
  ]);
});

it('judges what was said by all that a topic can ask of a document', async () => {
  await say('ромашка', 'ours', { url: 'https://shop.example/1', author: { site: 's', handle: 'anna' } });
  for (const condition of ['site:shop.example', 'handle:anna', 'source:forum', 'kind:post'])
    expect([condition, (await judge(`ромашка ${condition}`))?.ratings.draft]).toEqual([
      condition,
      { ours: 1, notOurs: 0 },
    ]);
  expect((await judge('ромашка site:other.example'))?.ratings.draft).toEqual({ ours: 0, notOurs: 0 });
});

it('holds the examples of the topic against the draft, with reasons where one fails', async () => {
  await example('ромашка не везёт', true);
  await example('ромашка цветёт', false);
  const report = await judge('ромашка NOT везти');
  expect(report?.examples.map(({ passes, reasons }) => [passes, reasons.map(({ code }) => code)])).toEqual([
    [false, ['excluded']],
    [false, ['found']],
  ]);
  expect((await judge('ромашка NOT цвести'))?.examples.every(({ passes }) => passes)).toBe(true);
});

it('has nothing to say of a draft that cannot be read, or of no topic', async () => {
  expect([await judge('(ромашка'), await judge('ромашка', null), await judge('ромашка', 'gone')]).toEqual([
    null,
    null,
    null,
  ]);
});

it('says why a pasted text is not found, and in which part of the query', async () => {
  const query = 'ромашка AND (вернуть OR возврат) NOT цветок';
  const answer = await miss(query, 'Ромашка молчит, а цветок завял');
  if (answer?.found !== 'text') throw new Error('a text was pasted');
  expect(answer).toMatchObject({ matched: false, savedMatches: true });
  expect(answer.reasons.map(({ code, at }) => [code, at && query.slice(at.start, at.end)])).toEqual([
    ['none-of', '(вернуть OR возврат)'],
    ['excluded', 'NOT цветок'],
  ]);
  expect(await miss(query, 'Ромашка: где мой возврат?')).toMatchObject({ matched: true, reasons: [] });
  expect(await miss('(', 'x')).toBeNull();
});

it('says it of the stored document of an address, however the address is spelt', async () => {
  const url = 'https://www.forum.example/t/1';
  const id = await addDocument(db, source, '1', { url, text: 'лютик', title: 'О цветах' });
  for (const address of [url, 'http://forum.example/t/1/', ' https://forum.example/t/1?utm_source=x '])
    expect(await miss('ромашка', address)).toMatchObject({
      found: 'document',
      id,
      title: 'О цветах',
      matched: false,
    });
  expect(await miss('ромашка', 'https://forum.example/t/2')).toEqual({
    found: 'nothing',
    address: 'https://forum.example/t/2',
  });
});

it('makes an example of a stored document, with who wrote it and where', async () => {
  const id = await addDocument(db, source, '1', {
    text: 'ромашка',
    title: 'T',
    author: { site: 'f', handle: 'anna', name: 'Анна' },
  });
  expect(await exampleOfDocument({ db }, id, false)).toEqual({
    mustMatch: false,
    url: 'https://forum.example/1',
    title: 'T',
    author: 'anna',
    text: 'ромашка',
    note: '',
  });
  expect(await exampleOfDocument({ db }, 9_999 as DocumentId, true)).toBeNull();
});
