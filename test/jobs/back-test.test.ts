import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BackTest, backTest } from '../../src/jobs/back-test.ts';
import type { FoundDocument } from '../../src/model/document.ts';
import type { SourceId } from '../../src/model/ids.ts';
import type { TagResources } from '../../src/model/ports.ts';
import { evaluate } from '../../src/query/evaluate.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { createTrial } from '../../src/query/trial.ts';
import type { Database } from '../../src/store/db.ts';
import { saveDocuments } from '../../src/store/save-documents.ts';
import { addSources, found, later, MINUTE, NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';
import { createTestClock, loadResources } from './worker.ts';

const DAY = 24 * 60 * MINUTE;

function read(text: string) {
  const parsed = parseQuery(text);
  if (!('query' in parsed)) throw new Error(`${text}: ${parsed.issues[0]?.message.en}`);
  return parsed.query;
}

let resources: TagResources;
beforeAll(async () => {
  resources = await loadResources();
});

describe.each(DRIVERS)('a back-test on %s', (kind) => {
  let db: Database;
  let source: SourceId;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    [source] = (await addSources(db, 'forum')) as [SourceId];
  });

  const store = (documents: FoundDocument[]) =>
    db.transaction((tx) => saveDocuments(tx, source, documents, NOW));
  const post = (id: number, text: string, changes: Partial<FoundDocument> = {}): FoundDocument =>
    found(String(id), { text, publishedAt: later(-id * DAY), ...changes });
  const run = (query: string, changes: Partial<BackTest> = {}, watch = {}, clock = createTestClock()) =>
    backTest(
      { db, clock, resources },
      {
        query: read(query),
        against: null,
        since: null,
        limit: 1e6,
        withinMs: 1e9,
        zone: 'UTC',
        seed: 1,
        samples: 5,
        ...changes,
      },
      watch,
    );

  it('counts what matches, by days of the zone, and shows where', async () => {
    await store([
      post(0, 'Ромашку вернули', { publishedAt: new Date('2026-11-21T22:30:00Z') }),
      post(1, 'Лютик', { title: 'Ромашкой довольны', publishedAt: new Date('2026-11-21T20:30:00Z') }),
      post(2, 'Лютик'),
    ]);
    const result = await run('ромашка', { zone: 'Europe/Moscow' });
    expect(result).toMatchObject({ looked: 3, total: 3, ended: 'all', matched: 2, against: null });
    expect(result.perDay).toEqual([
      { day: '2026-11-21', count: 1 },
      { day: '2026-11-22', count: 1 },
    ]);
    expect(result.sample.map(({ text, spans }) => [text, spans])).toEqual([
      ['Ромашку вернули', [{ field: 'text', start: 0, end: 7 }]],
      ['Лютик', [{ field: 'title', start: 0, end: 8 }]],
    ]);
  });

  it('tells what is gained and lost beside another query', async () => {
    await store([post(0, 'ромашка'), post(1, 'лютик'), post(2, 'ромашка и лютик'), post(3, 'пион')]);
    const { matched, against } = await run('ромашка', { against: read('лютик') });
    expect(matched).toBe(2);
    expect(against).toMatchObject({ matched: 2, gained: 1, lost: 1 });
    expect([against?.gainedSample, against?.lostSample].flat().map((one) => [one?.text, one?.spans])).toEqual(
      [
        ['ромашка', [{ field: 'text', start: 0, end: 7 }]],
        ['лютик', [{ field: 'text', start: 0, end: 5 }]],
      ],
    );
  });

  it('knows of stored documents what topics may ask of new ones', async () => {
    await store([
      post(0, 'Ромашка не привезла мой заказ, и никто не берёт трубку уже третий день', {
        author: { site: 'f', handle: 'anna', name: 'Анна К' },
        url: 'https://shop.forum.example/1',
        links: ['https://tea.example/'],
        parentExternalId: '9',
        kind: 'comment',
      }),
    ]);
    const yes = [
      'site:forum.example',
      'kind:comment',
      'lang:ru',
      'author:анна',
      'handle:anna',
      'source:forum',
      'is:reply',
      'has:link',
      'link:tea.example',
      'published:2026-11',
    ];
    for (const condition of yes)
      expect([condition, (await run(`ромашка AND ${condition}`)).matched]).toEqual([condition, 1]);
    for (const condition of ['site:other.example', 'kind:post', 'lang:en', 'author:иван', 'has:phone'])
      expect([condition, (await run(`ромашка AND ${condition}`)).matched]).toEqual([condition, 0]);
  });

  it('looks at the newest first and ends at its bounds', async () => {
    await store(
      Array.from({ length: 2500 }, (_, at) => post(at % 50, `ромашка ${at}`, { externalId: `n${at}` })),
    );
    expect(await run('ромашка')).toMatchObject({ looked: 2500, ended: 'all', matched: 2500 });
    const limited = await run('ромашка', { limit: 1200, samples: 1200 });
    expect(limited).toMatchObject({ looked: 1200, total: 2500, ended: 'limit', matched: 1200 });
    expect(limited.sample.map(({ id }) => id).toSorted((a, b) => a - b)[0]).toBe(1301);
    const since = await run('ромашка', { since: later(-9.5 * DAY) });
    expect(since).toMatchObject({ looked: 500, total: 500, ended: 'all', matched: 500 });
  });

  it('ends when its time is up or nobody wants it any more, and tells how far it is', async () => {
    await store(Array.from({ length: 2500 }, (_, at) => post(1, `ромашка ${at}`, { externalId: `n${at}` })));
    const clock = createTestClock();
    const seen: number[] = [];
    const slow = await run(
      'ромашка',
      { withinMs: 100 },
      { progress: (looked: number) => seen.push(looked) && clock.pass(60) },
      clock,
    );
    expect([slow.ended, slow.looked, seen]).toEqual(['time', 2000, [1000, 2000]]);
    const aborting = new AbortController();
    const aborted = await run('ромашка', {}, { signal: aborting.signal, progress: () => aborting.abort() });
    expect([aborted.ended, aborted.looked, aborted.matched]).toEqual(['aborted', 1000, 1000]);
  });

  it('draws the same samples for the same seed, others for another, and each document as often', async () => {
    await store(Array.from({ length: 300 }, (_, at) => post(1, `ромашка ${at}`, { externalId: `n${at}` })));
    const ids = async (seed: number) => (await run('ромашка', { seed })).sample.map(({ id }) => id);
    expect(await ids(7)).toEqual(await ids(7));
    expect(await ids(7)).not.toEqual(await ids(8));
    const all = (await Promise.all(Array.from({ length: 40 }, (_, seed) => ids(seed)))).flat();
    const mean = all.reduce((sum, id) => sum + id, 0) / all.length;
    expect(mean).toBeGreaterThan(120);
    expect(mean).toBeLessThan(180);
  });

  it('finds exactly what the evaluator finds, however words are spelt', async () => {
    const texts = [
      'Ромашку',
      'PОМАШКА',
      'ро\u00ADмашка',
      'рооомашка',
      'ро-машка',
      '#моиромашки',
      'Озоном',
      'оz0n',
      'людям',
      'человек',
      'айфончик',
      'айфон',
      'не наш',
      'apple’ом',
      'Happier',
      'кот\u0301',
      'ёлке',
      'елка',
      'альфа-банка',
      '😀',
      'помощи',
    ];
    await store(texts.map((text, at) => post(at, `слово ${text}, и ещё`)));
    for (const query of [
      'ромашка',
      '=Ромашку',
      'ромаш*',
      'озон',
      'человек',
      'айфон',
      'apple',
      'happy',
      'ёлка',
      'альфа-банк',
      'помощь NOT лепесток',
      'ромашк~1',
      'ромашка OR помощь',
      'ромашка NEAR/3 слово',
      'слово NOT NEAR/1 ромашка',
    ]) {
      const expected = texts.filter(
        (text) => evaluate(read(query), { text: `слово ${text}, и ещё` }, resources.morphology).matched,
      );
      const { matched, sample } = await run(query, { samples: 100 });
      expect([query, matched, sample.map(({ text }) => text)]).toEqual([
        query,
        expected.length,
        expected.map((text) => `слово ${text}, и ещё`),
      ]);
    }
  });
});

describe('a trial', () => {
  const words = fc.constantFrom(
    'ромашка',
    'ромашкой',
    'Рoмашку',
    'банк',
    'сбербанка',
    'СБЕР-банк',
    'люди',
    'человеку',
    'хорошо',
    'лучше',
    'наилучший',
    'apple',
    "apple's",
    'applеом',
    'refunds',
    'run',
    'ran',
    '#сбербанкподвел',
    'йод',
    'ёж',
    'ежа',
    'плоооохо',
    'подкинули',
    'ушёл',
    'идти',
    '2к',
    'c++',
  );
  const leaf = fc.oneof(
    words,
    words.map((word) => `=${word.replace('#', '')}`),
    fc.constantFrom('сбер*', 'ром*', 'лучш*', 'банк~1'),
  );
  const query = fc.oneof(
    leaf,
    fc
      .tuple(leaf, fc.constantFrom('AND', 'OR', 'NEAR/3', 'SENT', 'NOT NEAR/2', 'NOT'), leaf)
      .map((parts) => parts.join(' ')),
  );

  it('says of every document what the evaluator says, and its filter loses none', () => {
    fc.assert(
      fc.property(
        query,
        fc.array(fc.tuple(words, fc.constantFrom(' ', '. ', ', ', '-', ' \u200B')), { maxLength: 8 }),
        (text, parts) => {
          const parsed = parseQuery(text);
          fc.pre('query' in parsed);
          const document = { title: null, text: parts.flat().join('') };
          const trial = createTrial([read(text), read('банк')], resources.morphology);
          trial.read(document);
          const verdict = evaluate(read(text), document, resources.morphology);
          expect(trial.holds(0)).toBe(verdict.matched);
          expect(trial.spans(0)).toEqual(verdict.matched ? verdict.spans : []);
          const { filter } = createTrial([read(text)], resources.morphology);
          if (verdict.matched && filter !== null)
            expect(new RegExp(filter, 'u').test(document.text)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
