import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSearch } from '../../src/app/store-search.ts';
import { RetryLaterError } from '../../src/lib/errors.ts';
import { createLog } from '../../src/lib/log.ts';
import type { DocumentId } from '../../src/model/ids.ts';
import type { TagResources } from '../../src/model/ports.ts';
import { evaluate } from '../../src/query/evaluate.ts';
import { parseQuery } from '../../src/query/parse.ts';
import type { SearchEngine } from '../../src/search/engine.ts';
import { createSearch, type Search } from '../../src/search/search.ts';
import type { Database } from '../../src/store/db.ts';
import { setMentionStatus } from '../../src/store/mentions.ts';
import { createTestClock, loadResources } from '../jobs/worker.ts';
import { mustParse, queryableDocument, render, sketch } from '../query/samples.ts';
import {
  addDocument,
  addMention,
  addSources,
  addTopic,
  COMPLAINT,
  later,
  replaceTags,
} from '../support/rows.ts';
import { DRIVERS, openTestStore } from '../support/store.ts';
import { EVERYTHING, requestOf } from './asking.ts';

const log = createLog('silent');
const clock = createTestClock();
const accepted = sketch.filter((node) => 'query' in parseQuery(render(node), 'search'));

const away: SearchEngine = {
  decidesConditions: true,
  page: () => Promise.reject(new RetryLaterError('meilisearch', 'it is away')),
  candidates: () => Promise.reject(new RetryLaterError('meilisearch', 'it is away')),
  facets: () => Promise.reject(new RetryLaterError('meilisearch', 'it is away')),
};

describe.each(DRIVERS)('search in the store on %s', (kind) => {
  let db: Database;
  let resources: TagResources;
  let search: Search;
  const ids = new Map<string, DocumentId>();
  beforeAll(async () => {
    resources = await loadResources();
    db = await openTestStore(kind);
    search = openSearch(db, 'not installed', { resources, clock, log });
    const [forum] = await addSources(db, 'forum', 'shop');
    const topic = await addTopic(db, 'romashka');
    const add = async (name: string, text: string, change: object = {}): Promise<void> => {
      const publishedAt = later(ids.size * 60_000);
      ids.set(name, await addDocument(db, forum!, name, { text, publishedAt, ...change }));
    };
    await add('refund', 'Ромашка третий день не может вернуть мне деньги.');
    await add('apart', 'Ромашка хороша. Деньги платят другие, и вернуть их просят других.');
    await add('titled', 'Всё хорошо.', { title: 'Отзыв о ромашке' });
    await add('author', 'Ни слова.', { author: { site: 'f', handle: 'romashkin', name: 'Иван Ромашкин' } });
    await add('reply', 'Согласен!', {
      parentExternalId: 'refund',
      signs: { hasImage: true, isRepost: true, reach: 1500, followers: 20 },
    });
    const mention = await addMention(db, ids.get('refund')!, topic, { ...COMPLAINT, level: 'review' });
    await addMention(db, ids.get('apart')!, topic);
    const tag = (kind: string, value: object) => ({ kind, target: '', version: '1', value, spans: [] });
    await replaceTags(db, ids.get('refund')!, [tag('kind', { kind: 'question', confidence: 0.57 })]);
    await replaceTags(db, ids.get('titled')!, [
      tag('kind', { kind: 'advert', confidence: 0.95 }),
      tag('complaint', { ...COMPLAINT, level: 'none' }),
    ]);
    await setMentionStatus(db, mention, 'answered');
  });
  afterAll(() => db.close());

  it.each<[string, string[]]>([
    ['ромашкой', ['titled', 'apart', 'refund']],
    ['ромашка SENT деньги', ['refund']],
    ['вернуть NEAR/2 деньги', ['refund']],
    ['деньги ONEAR/4 вернуть', ['apart']],
    ['ромашка NOT NEAR/9 деньги', ['titled']],
    ['title:ромашка', ['titled']],
    ['author:ромашкин', ['author']],
    ['="Ромашка"', ['apart', 'refund']],
    ['ромшака~1', ['titled', 'apart', 'refund']],
    ['"деньги платят"', ['apart']],
    ['-ромашка', ['reply', 'author']],
    ['status:answered', ['refund']],
    ['is:unanswered', ['apart']],
    ['intent:advert', ['titled']],
    ['intent:вопрос', ['refund']],
    ['intent(romashka):(question | advert)', ['refund']],
    ['intent:complaint', ['apart', 'refund']],
    ['ромашка -intent:(advert | question)', ['apart']],
    ['sure>=57', ['titled', 'refund']],
    ['sure>=58', ['titled']],
    ['complaint:alert', ['apart']],
    ['complaint:review', ['refund']],
    ['complaint(romashka):review', ['refund']],
    ['complaint:none', ['titled']],
    ['has:fault', ['apart', 'refund']],
    ['tone(romashka):negative деньги', ['apart', 'refund']],
    ['topic:romashka status:new', ['apart']],
    ['replies:>0', ['refund']],
    ['is:reply', ['reply']],
    ['is:repost has:image reach:>=1500 followers:10..20', ['reply']],
    ['reach:>1500', []],
    ['source:forum site:forum.example ромашка', ['titled', 'apart', 'refund']],
    ['source:shop', []],
    ['published:2026-11-22 хорошо', ['titled']],
  ])('«%s» finds %j', async (text, names) => {
    const answer = await search.search(requestOf(text));
    expect(answer.ids.map((id) => [...ids].find(([, one]) => one === id)?.[0])).toEqual(names);
    expect(answer).toMatchObject({ total: names.length, isEstimate: false, engine: 'store' });
  });

  it('pages and filters what was verified', async () => {
    const request = requestOf('ромашка', { limit: 1, offset: 1 });
    expect(await search.search(request)).toMatchObject({ ids: [ids.get('apart')], total: 3 });
    const negative = { ...EVERYTHING, topics: ['romashka'] };
    expect(await search.search(requestOf('ромашка', { filters: negative }))).toMatchObject({ total: 2 });
  });

  it('asks tone towards the one topic that was chosen', async () => {
    const filters = { ...EVERYTHING, topics: ['romashka'] };
    expect((await search.search(requestOf('tone:negative', { filters }))).total).toBe(2);
    expect((await search.search(requestOf('tone:positive', { filters }))).total).toBe(0);
  });

  it('says why Meilisearch did not answer', async () => {
    expect(await search.search(requestOf(''))).toMatchObject({ reason: 'not installed', total: 5 });
    const failing = openSearch(db, away, { resources, clock, log });
    expect(await failing.search(requestOf('ромашка'))).toMatchObject({
      engine: 'store',
      reason: 'it is away',
      total: 3,
    });
  });

  it('estimates the total and says how far it looked when patience ends', async () => {
    const [source] = await addSources(db, 'forum');
    for (let i = 0; i < 30; i++)
      await addDocument(db, source!, `many ${i}`, { text: i % 3 === 0 ? 'подснежник' : 'сугроб' });
    const all = (await search.search(requestOf('подснежник | сугроб', { limit: 1000 }))).ids;
    /** An engine that takes its time, within a search that has so much patience. */
    const slow = (decidesConditions: boolean, countMs: number) => {
      const engine: SearchEngine = {
        decidesConditions,
        page: () => Promise.reject(new Error('not asked')),
        candidates: async () => {
          let at = 0;
          return {
            total: 30,
            next: async () => {
              await new Promise((done) => setTimeout(done, 5));
              const ids = all.slice(at, at + 3);
              at += 3;
              return ids.length === 0 ? null : { ids, passed: ids.length };
            },
          };
        },
        facets: async () => null,
      };
      return createSearch({
        ...parts,
        ...(decidesConditions ? { primary: engine } : { fallback: engine }),
        patience: { countMs, searchMs: 60_000 },
      });
    };
    const parts = {
      primary: null,
      absence: '',
      fallback: away,
      store: {
        sources: async () => [],
        words: async (wanted: readonly DocumentId[]) =>
          new Map(wanted.map((id) => [id, { text: all.indexOf(id) % 3 === 0 ? 'подснежник' : 'сугроб' }])),
        known: () => Promise.reject(new Error('not asked')),
      },
      morphology: resources.morphology,
      clock,
      log,
    };
    const asked = requestOf('=подснежник', { limit: 2 });
    const answer = await slow(false, 0).search(asked);
    expect(answer).toMatchObject({ isEstimate: true, total: 10, looked: { documents: 6, of: 30 } });
    expect(answer.ids).toEqual([all[0], all[3]]);
    // Whoever wants the list at once says so; it counts only where the index knows which documents are to be read.
    const atOnce = { ...asked, countMs: 0 };
    expect(await slow(true, 60_000).search(atOnce)).toMatchObject({ isEstimate: true, total: 10 });
    expect(await slow(true, 60_000).search(asked)).toMatchObject({ isEstimate: false, total: 10 });
    expect(await slow(false, 60_000).search(atOnce)).toMatchObject({ isEstimate: false, total: 10 });
  });

  it('finds exactly what the evaluator says', async () => {
    const [source] = await addSources(db, 'forum');
    const documents = fc.sample(queryableDocument, 60).filter(({ text }) => text.trim() !== '');
    const stored: [DocumentId, { title: string | null; text: string }][] = [];
    for (const [at, { title = null, text }] of documents.entries()) {
      const heading = title === null ? {} : { title };
      stored.push([await addDocument(db, source!, `sample ${at}`, { text, ...heading }), { title, text }]);
    }
    const mine = new Set<number>(stored.map(([id]) => id));
    // Site and language are of the documents as they were stored.
    const words = accepted.filter((node) => !/(site|lang):/.test(render(node)));
    await fc.assert(
      fc.asyncProperty(words, async (node) => {
        const text = render(node);
        const query = mustParse(text, 'search');
        const expected = stored.flatMap(([id, document]) =>
          evaluate(query, document, resources.morphology).matched ? id : [],
        );
        const { ids: found } = await search.search(requestOf(text, { limit: 1000 }));
        expect(found.filter((id) => mine.has(id)).toSorted((a, b) => a - b)).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});
