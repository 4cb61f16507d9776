import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Morphology } from '../../src/model/ports.ts';
import type { IndexSource, SearchFilters } from '../../src/model/search.ts';
import { candidatesOf } from '../../src/query/candidates.ts';
import { createEvaluator } from '../../src/query/evaluate.ts';
import { parseQuery } from '../../src/query/parse.ts';
import type { SearchIndex } from '../../src/search/meilisearch.ts';
import { toRecord } from '../../src/search/record.ts';
import { loadResources } from '../jobs/worker.ts';
import { mustParse, queryableDocument, render, sketch } from '../query/samples.ts';
import { later, NOW } from '../support/rows.ts';
import { asking } from './asking.ts';
import { meilisearchBinary, startTestServer, type TestServer } from './server.ts';

const binary = await meilisearchBinary();

function source(id: number, changes: Partial<IndexSource> = {}): IndexSource {
  const base = { id: id as never, title: null, text: '', url: '', source: 's', kind: 'post', site: null };
  const author = { authorHandle: null, authorName: null, language: 'ru' };
  const told = { postKind: null, complaintLevel: null };
  const times = { time: later(id * 1000), publishedAt: null, foundAt: later(id * 1000), touchedAt: NOW };
  return { ...base, ...author, ...told, ...times, mentions: [], ...changes };
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}

describe.skipIf(binary === '')('a real Meilisearch', () => {
  let server: TestServer;
  let morphology: Morphology;
  beforeAll(async () => {
    morphology = (await loadResources()).morphology;
    server = await startTestServer(binary);
    const probe = await server.open('probe');
    await vi.waitFor(() => probe.identity(), { timeout: 20_000 });
  });
  afterAll(() => server.stop());

  const find = (
    index: SearchIndex,
    text: string,
    filters: Partial<SearchFilters> = {},
    limit = 20,
    offset = 0,
  ) => index.page(asking(text, morphology, filters), limit, offset);

  async function indexOf(name: string, sources: IndexSource[]): Promise<SearchIndex> {
    const index = await server.open(name);
    await index.rebuild(once(sources.map((one) => toRecord(one, morphology))));
    return index;
  }

  describe('with Russian and English posts', () => {
    let index: SearchIndex;
    beforeAll(async () => {
      index = await indexOf('words', [
        source(1, { text: 'Купила «Ромашку», осталась довольна' }),
        source(2, { text: 'Банк «Ромашка» не возвращает деньги' }),
        source(3, { title: 'Деньги', text: 'Их возвращает быстро лютик' }),
        source(4, { text: 'The shop delivered late; deliveries are slow' }),
        source(5, { text: 'Живу в Альфа-Банке, шучу' }),
      ]);
    });
    it.each([
      ['ромашкой', [2, 1]],
      ['РОМАШКА деньгами', [2]],
      ['деньги -ромашкой', [3]],
      ['лютик | delivery', [4, 3]],
      ['-(ромашка | лютик)', [5, 4]],
      ['delivery', [4]],
      ['ромаш*', [2, 1]],
      ['альфабанк', [5]],
      ['альфа-банк', [5]],
      ['', [5, 4, 3, 2, 1]],
    ])('«%s» finds %j', async (text, ids) => {
      expect(await find(index, text)).toMatchObject({ ids, total: ids.length });
    });

    it('gives what may match a query that only reading decides, until there is no more', async () => {
      const walk = await index.candidates(asking('возвращает NEAR/2 деньги', morphology));
      expect([walk.total, await walk.next(), await walk.next()]).toEqual([
        2,
        { ids: [3, 2], passed: 2 },
        null,
      ]);
    });

    it('counts documents by number', async () => {
      expect((await index.facets([1, 4] as never))?.language).toEqual({ ru: 2 });
    });
  });

  it('holds every document that the evaluator finds, and no others where conditions are exact', async () => {
    const documents = fc.sample(queryableDocument, 150);
    const index = await indexOf(
      'samples',
      documents.map(({ title = null, text, facts }, at) =>
        source(at + 1, {
          title,
          text,
          language: facts?.lang ?? null,
          url: `https://${facts?.site ?? 'c.ru'}/`,
        }),
      ),
    );
    const accepted = sketch.filter((node) => 'query' in parseQuery(render(node), 'search'));
    let exact = 0;
    await fc.assert(
      fc.asyncProperty(accepted, async (node) => {
        const query = mustParse(render(node), 'search');
        const { isExact } = candidatesOf(query, morphology, { reader: {}, sourceKeys: () => [] });
        const { ids } = await find(index, render(node), {}, 1000);
        const evaluates = createEvaluator(query, morphology);
        const matches = documents.flatMap((document, at) => (evaluates(document).matched ? at + 1 : []));
        expect(ids).toEqual(expect.arrayContaining(matches));
        if (!isExact) return;
        exact += 1;
        expect(ids.toSorted((a, b) => a - b)).toEqual(matches);
      }),
      { numRuns: 400 },
    );
    expect(exact).toBeGreaterThan(40);
  });

  it('goes on behind a place, those of the same second too, while others are added', async () => {
    const seconds: Record<number, number> = { 1: 7, 2: 7, 3: 7, 4: 9, 5: 1 };
    const at = (id: number, second: number) => source(id, { time: later(second * 1000) });
    const posts = Object.entries(seconds).map(([id, second]) => at(Number(id), second));
    const index = await indexOf('walked', posts);
    const seen: number[] = [];
    let behind: SearchFilters['behind'];
    for (let turn = 0; turn < 4; turn += 1) {
      const { ids } = await find(index, '', behind ? { behind } : {}, 2);
      seen.push(...ids);
      await index.upsert([toRecord(at(10 + turn, 60 + turn), morphology)]);
      const last = ids.at(-1);
      if (last === undefined) break;
      const time = later(seconds[last]! * 1000);
      behind = { time, id: last };
    }
    expect(seen).toEqual([4, 3, 2, 1, 5]);
  });

  it('counts beyond a thousand exactly, sorts newest first and pages without gap or double', async () => {
    const label = (i: number) => (i % 2 ? 'negative' : 'neutral');
    const sources = Array.from({ length: 2500 }, (_, i) =>
      source(i + 1, {
        text: `ромашка ${i}`,
        source: `s${i % 3}`,
        postKind: i % 4 === 0 ? 'advert' : 'news',
        complaintLevel: i % 50 === 0 ? 'review' : 'none',
        mentions: [{ topic: `t${i % 5}`, sentiment: label(i), complaint: i % 10 === 1 }],
      }),
    );
    const index = await indexOf('many', sources);
    const first = await find(index, 'ромашки', {}, 100);
    expect(first.total).toBe(2500);
    expect(first.facets).toMatchObject({
      topic: { t0: 500 },
      sentiment: { negative: 1250 },
      source: { s0: 834 },
      intent: { advert: 625, news: 1875 },
    });
    const pages = await Promise.all(
      Array.from({ length: 25 }, (_, i) => find(index, 'ромашки', {}, 100, i * 100)),
    );
    expect(pages.flatMap((page) => page.ids)).toEqual(Array.from({ length: 2500 }, (_, i) => 2500 - i));
    expect(
      await find(index, 'ромашки', { topics: ['t1'], sentiments: ['negative'], complaintsOnly: true }),
    ).toMatchObject({ total: 250 });
    expect(await find(index, 'ромашки', { postKinds: ['advert'], topics: ['t0'] })).toMatchObject({
      total: 125,
    });
    expect(await find(index, 'ромашки', { maybeComplaints: true })).toMatchObject({ total: 50 });
    for (const [query, total] of [
      ['intent:реклама', 625],
      ['-intent:advert', 1875],
      ['intent(t0):advert', 125],
      ['complaint:review', 50],
      ['complaint:(alert | review) intent:advert', 25],
    ] as const)
      expect(await find(index, query)).toMatchObject({ total });
    expect(await find(index, 'ромашки', { from: later(1000), to: later(11_000) })).toMatchObject({
      total: 10,
    });
    expect(await index.count()).toBe(2500);
  });

  it('takes documents of any size', async () => {
    // Together more than one request may hold.
    const words = Array.from({ length: 40_000 }, (_, i) => `слово${i}`).join(' ');
    const index = await indexOf(
      'large',
      Array.from({ length: 40 }, (_, i) => source(i + 1, { text: words })),
    );
    expect(await index.count()).toBe(40);
  });

  const NASTY = [
    'a',
    'A b',
    '"',
    '\\',
    '\\"',
    'x" OR mention = true OR author = "',
    "' OR 1=1",
    '] OR [',
    'a, b',
    '«я»',
    '\n',
    '\\\\',
    'a\\',
    '$(x)',
    '* ',
    'é',
    'IS EMPTY',
  ];
  it('filters by hostile values as a naive filter does', async () => {
    const value = fc.constantFrom(...NASTY);
    const clean = (text: string) => text.toLowerCase().trim();
    const sources = NASTY.flatMap((handle, i) =>
      NASTY.slice(0, 6).map((topic, k) =>
        source(i * 10 + k + 1, {
          authorHandle: handle,
          source: NASTY[(i + k) % NASTY.length]!,
          mentions: [{ topic, sentiment: k % 2 ? 'negative' : 'positive', complaint: k % 3 === 0 }],
        }),
      ),
    );
    const index = await indexOf('nasty', sources);
    const request = fc.record({
      author: fc.option(value, { nil: '' }),
      topics: fc.array(value, { maxLength: 2 }),
      sources: fc.array(value, { maxLength: 2 }),
      sentiments: fc.subarray(['negative', 'positive'], { maxLength: 1 }),
      complaintsOnly: fc.boolean(),
    });
    const has = (wanted: string[], actual: string) =>
      wanted.length === 0 || wanted.some((one) => clean(one) === clean(actual));
    await fc.assert(
      fc.asyncProperty(request, async (filters) => {
        const expected = sources.filter(
          ({ authorHandle, source: key, mentions: [m] }) =>
            (filters.author === '' || clean(filters.author) === clean(authorHandle!)) &&
            has(filters.topics, m!.topic) &&
            has(filters.sources, key) &&
            has(filters.sentiments, m!.sentiment) &&
            (!filters.complaintsOnly || m!.complaint),
        );
        const found = await find(index, '', filters, 1000);
        expect(found.ids.toSorted((a, b) => a - b)).toEqual(expected.map(({ id }) => id));
        expect(found.total).toBe(expected.length);
      }),
      { numRuns: 150 },
    );
  });

  it('answers with the old documents until a rebuild has put the new ones in their place', async () => {
    const record = (i: number) => toRecord(source(i, { text: 'ромашка' }), morphology);
    const index = await indexOf(
      'gap',
      Array.from({ length: 300 }, (_, i) => source(i + 1, { text: 'ромашка' })),
    );
    const totals: number[] = [];
    let done = false;
    const searching = (async () => {
      while (!done) totals.push((await find(index, 'ромашка')).total);
    })();
    const before = await index.identity();
    const after = await index.rebuild(
      (async function* () {
        for (let batch = 0; batch < 4; batch++)
          yield Array.from({ length: 100 }, (_, i) => record(batch * 100 + i + 1));
      })(),
    );
    done = true;
    await searching;
    expect([...new Set(totals)].filter((total) => total !== 300 && total !== 400)).toEqual([]);
    expect(totals.length).toBeGreaterThan(3);
    expect(after).not.toBe(before);
    expect(await index.identity()).toBe(after);
    expect((await find(index, 'ромашка')).total).toBe(400);
  });

  it('says that it has no index of a name instead of finding nothing', async () => {
    const index = await server.open('absent');
    expect(await index.identity()).toBeNull();
    await expect(find(index, '')).rejects.toMatchObject({ name: 'RetryLaterError' });
  });
});
