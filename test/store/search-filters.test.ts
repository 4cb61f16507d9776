import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_FILTERS } from '../../src/model/search.ts';
import type { Database } from '../../src/store/db.ts';
import {
  countFiltered,
  type FilteredPlace,
  pageFiltered,
  walkFiltered,
} from '../../src/store/search-filters.ts';
import {
  addDocument,
  addMention,
  addSources,
  addTopic,
  COMPLAINT,
  later,
  NO_COMPLAINT,
  replaceTags,
} from '../support/rows.ts';
import { DRIVERS, openTestStore } from '../support/store.ts';

const everything = { ...NO_FILTERS, mentionsOnly: false };
/** So many that the documents are read in their order. */
const A_WALK = 1_000_000;
const HANDLES = ['anna', 'Анна', `'; drop table x --`, '"', '\\', '%', 'a_b'];

describe.each(DRIVERS)('search in the store on %s', (kind) => {
  let db: Database;
  const rows: {
    id: number;
    handle: string;
    topic: string;
    source: string;
    language: string;
    complaint: boolean;
    isReview: boolean;
    postKind: string;
    time: number;
  }[] = [];
  beforeAll(async () => {
    db = await openTestStore(kind);
    const sources = await addSources(db, 's0', 's1');
    const topics = [await addTopic(db, 't0'), await addTopic(db, 't1')];
    for (let i = 0; i < 42; i++) {
      const handle = HANDLES[i % HANDLES.length]!;
      const publishedAt = later(i * 1000);
      const id = await addDocument(db, sources[i % 2]!, String(i), {
        author: { site: 'f', handle },
        publishedAt,
        text: i === 0 ? 'Купила «Ромашку» у банка, late deliveries' : `текст ${i}`,
      });
      const complaint = i % 4 === 0;
      const isReview = i % 6 === 1;
      const said = complaint ? COMPLAINT : NO_COMPLAINT;
      const mention = isReview ? { ...said, level: 'review' as const } : said;
      if (i % 3 < 2) await addMention(db, id, topics[i % 3]!, mention);
      const language = i % 5 === 0 ? 'en' : 'ru';
      const postKind = i % 7 === 0 ? 'advert' : 'question';
      await replaceTags(db, id, [
        { kind: 'language', target: '', version: '1', value: { code: language }, spans: [] },
        { kind: 'kind', target: '', version: '1', value: { kind: postKind, confidence: 0.9 }, spans: [] },
      ]);
      rows.push({
        id,
        handle,
        topic: i % 3 < 2 ? `t${i % 3}` : '',
        source: `s${i % 2}`,
        language,
        complaint,
        isReview,
        postKind,
        time: publishedAt.getTime(),
      });
    }
  });
  afterAll(() => db.close());

  it('filters as a naive filter does', async () => {
    const request = fc.record({
      author: fc.constantFrom('', ...HANDLES, 'АННА', 'nobody'),
      topics: fc.subarray(['t0', 't1', `x'`]),
      sources: fc.subarray(['s0', 's1']),
      languages: fc.subarray(['ru', 'en']),
      postKinds: fc.subarray(['advert', 'question', 'spam']),
      complaintsOnly: fc.boolean(),
      maybeComplaints: fc.boolean(),
      mentionsOnly: fc.boolean(),
      from: fc.constantFrom(null, later(10_000)),
      to: fc.constantFrom(null, later(30_000)),
    });
    const has = (wanted: string[], value: string) => wanted.length === 0 || wanted.includes(value);
    await fc.assert(
      fc.asyncProperty(request, async (r) => {
        const expected = rows.filter(
          (row) =>
            (r.author === '' || row.handle.toLowerCase() === r.author.toLowerCase()) &&
            has(r.topics, row.topic) &&
            has(r.sources, row.source) &&
            has(r.languages, row.language) &&
            has(r.postKinds, row.postKind) &&
            (!r.maybeComplaints || (row.topic !== '' && row.isReview)) &&
            (!r.complaintsOnly || (row.topic !== '' && row.complaint)) &&
            (!r.mentionsOnly || row.topic !== '') &&
            (!r.from || row.time >= r.from.getTime()) &&
            (!r.to || row.time < r.to.getTime()),
        );
        const filters = { ...everything, ...r };
        const newestFirst = expected.map((row) => row.id).toReversed();
        for (const total of [expected.length, A_WALK])
          expect(await pageFiltered(db, filters, total, 1000, 0)).toEqual(newestFirst);
        expect(await countFiltered(db, filters)).toBe(expected.length);
      }),
      { numRuns: 60 },
    );
  });

  it('pages without gap or double', async () => {
    const pages = await Promise.all(
      [0, 20, 40].map((offset) => pageFiltered(db, everything, 42, 20, offset)),
    );
    expect(pages.flat()).toEqual(rows.map((row) => row.id).toReversed());
  });

  it.each([1, 5, 41, 42, 1000])('walks through everything, newest first, %i at a time', async (size) => {
    const walk = async (pattern: string | null) => {
      const found: number[] = [];
      let passed = 0;
      let after: FilteredPlace | null = null;
      for (;;) {
        const next = await walkFiltered(db, { filters: everything, pattern, total: 42 }, after, size);
        if (next === null) return { found, passed };
        found.push(...next.ids);
        passed += next.passed;
        after = next.last;
      }
    };
    const newestFirst = rows.map((row) => row.id).toReversed();
    expect(await walk(null)).toEqual({ found: newestFirst, passed: 42 });
    expect(await walk('текст 1')).toEqual({
      found: newestFirst.filter((_, at) => /^1/.test(String(41 - at))),
      passed: 42,
    });
  });
});
