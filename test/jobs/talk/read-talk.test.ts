import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSearch } from '../../../src/app/store-search.ts';
import { loadTagResources } from '../../../src/app/tag-resources.ts';
import { readTalk, timeBefore } from '../../../src/jobs/talk/read-talk.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { loadMorphology } from '../../../src/lib/morphology.ts';
import type { SourceId, TopicId } from '../../../src/model/ids.ts';
import { NO_FILTERS } from '../../../src/model/search.ts';
import { parseQuery } from '../../../src/query/parse.ts';
import type { Database } from '../../../src/store/db.ts';
import {
  addDocument,
  addMention,
  addSources,
  addTopic,
  later,
  NO_COMPLAINT,
  NOW,
} from '../../support/rows.ts';
import { openTestStore } from '../../support/store.ts';

const DAY = 86_400_000;
const WEEK = { from: later(-7 * DAY), to: NOW };
const THINGS = ['чайник', 'корзину', 'зеркало', 'полку', 'ковёр', 'лампу', 'табурет', 'скатерть'];

let db: Database;
let source: SourceId;
let topicId: TopicId;
let number = 0;

/** A mention of that many days ago, by an author of its own unless one is named. */
async function say(text: string, daysAgo: number, handle = `h${number}`): Promise<void> {
  number += 1;
  const author = { site: 'f', handle };
  const published = { text: `Рома ${text}`, author, publishedAt: later(-daysAgo * DAY) };
  await addMention(db, await addDocument(db, source, String(number), published), topicId, NO_COMPLAINT);
}

beforeAll(async () => {
  db = await openTestStore('pglite');
  [source] = (await addSources(db, 'forum')) as [SourceId];
  topicId = await addTopic(db, 'romashka', 'рома');
  for (let at = 0; at < 40; at += 1)
    for (const daysAgo of [1, 8]) await say(`продаёт ${THINGS[at % 8]}`, daysAgo + (at % 5));
  for (let at = 0; at < 20; at += 1)
    await say(at % 3 === 0 ? 'и задержала доставку.' : 'доставку задержали', 2);
  for (let at = 0; at < 30; at += 1) await say('опять про скидки на склад', 2, 'bot');
});
afterAll(() => db.close());

const ask = { topic: { id: 1 as TopicId, name: 'Ромашка' }, ...WEEK, by: 'said' as const };

it('tells what is new, in numbers that a search finds', async () => {
  const talk = await readTalk(db, await loadMorphology(), { ...ask, topic: { ...ask.topic, id: topicId } });
  expect(talk.period).toMatchObject({ mentions: 90, read: 90, voices: 61 });
  expect(talk.before).toMatchObject({ ...timeBefore(WEEK), mentions: 40, voices: 40 });
  expect(talk.fresh!.map(({ phrase }) => phrase)).toEqual(['доставку задержали']);
  const [late] = talk.fresh!;
  expect(late).toMatchObject({ mentions: 20, mentionsBefore: 0, voices: 20, voicesBefore: 0 });
  expect(late!.tones).toEqual({ negative: 20, neutral: 0, positive: 0, unsure: 0 });
  expect(late!.examples).toHaveLength(3);
  const filters = { ...NO_FILTERS, topics: ['romashka'], ...WEEK };
  const resources = await loadTagResources();
  const search = openSearch(db, 'none', { resources, clock: systemClock, log: pino({ level: 'silent' }) });
  for (const { query, mentions } of [...talk.fresh!, ...talk.key]) {
    const read = parseQuery(query, 'search');
    const asked = { query: 'query' in read ? read.query : null, filters, zone: 'UTC', limit: 5, offset: 0 };
    expect((await search.search(asked)).total, query).toBe(mentions);
  }
});

it('counts who repeats himself once, and shows him once', async () => {
  const talk = await readTalk(db, await loadMorphology(), { ...ask, topic: { ...ask.topic, id: topicId } });
  for (const { phrase, voices } of talk.key)
    expect([phrase, voices]).not.toEqual([expect.stringMatching(/скидк/), 30]);
  expect(talk.fresh!.some(({ phrase }) => /скидк/.test(phrase))).toBe(false);
});

it('says of a topic that nobody mentions that there is too little', async () => {
  const quiet = await addTopic(db, 'quiet');
  const talk = await readTalk(db, await loadMorphology(), { ...ask, topic: { id: quiet, name: 'Тихо' } });
  expect(talk).toMatchObject({ key: [], fresh: null, period: { mentions: 0, voices: 0 } });
});

it('compares a day with a week, and more with as much', () => {
  expect(timeBefore({ from: later(-DAY), to: NOW })).toEqual({ from: later(-8 * DAY), to: later(-DAY) });
  expect(timeBefore({ from: later(-30 * DAY), to: NOW })).toEqual({
    from: later(-60 * DAY),
    to: later(-30 * DAY),
  });
});
