import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { allocate } from '../../../src/jobs/scorecard/allocate.ts';
import { drawNow, drawWhenDue } from '../../../src/jobs/scorecard/draw.ts';
import { WEEK_MS } from '../../../src/jobs/scorecard/periods.ts';
import { weigh } from '../../../src/jobs/scorecard/weigh.ts';
import type { TopicId } from '../../../src/model/ids.ts';
import { type Database, json } from '../../../src/store/db.ts';
import { saveLabel } from '../../../src/store/scorecard-items.ts';
import { addSample, countStrata, drawMentions } from '../../../src/store/scorecard-samples.ts';
import { addTopic, countRows } from '../../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../../support/store.ts';
import { createTestClock, log } from '../worker.ts';
import { labelOf } from './labels.ts';

const MONDAY = new Date('2026-11-23T02:00:00Z');
const PERIOD = { from: new Date('2026-11-16T00:00:00Z'), to: new Date('2026-11-23T00:00:00Z') };
const PLAN = { perGroup: 10, perWeek: 30 };

describe.each(DRIVERS)('a sample on %s', (kind) => {
  let db: Database;
  let topics: TopicId[];
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    topics = [await addTopic(db, 'a'), await addTopic(db, 'b'), await addTopic(db, 'c')];
  });

  const deps = (now = MONDAY) => ({ db, log, clock: createTestClock(now), scorecard: PLAN });

  /** So many documents of a language and kind of source, each with mentions of so many topics. */
  async function addDocuments(
    language: string,
    sourceKind: string,
    count: number,
    mentions = 1,
    at = '2026-11-18',
  ) {
    const [source] = await db.query<{ id: number }>(
      `insert into sources (key, kind, name, url, origin, every_ms, next_run_at, poll_at) values ($1, $2, $1, 'https://x.example', 'user', 1000, now(), now())
       on conflict (key) do update set kind = excluded.kind returning id`,
      [`${language}-${sourceKind}`, sourceKind],
    );
    const ids = await db.query<{ id: number }>(
      `insert into documents (source_id, external_id, url, kind, text, found_at, updated_at, content_hash)
       select $1::bigint, gen_random_uuid()::text, 'https://x.example', 'post', 'text', $2::timestamptz, $2::timestamptz, 'h' from generate_series(1, $3::int) returning id`,
      [source!.id, at, count],
    );
    const all = json(ids.map(({ id }) => id));
    await db.query(
      `insert into tags (document_id, kind, target, version, value) select id::bigint, 'language', '', '1', jsonb_build_object('code', $2::text)
       from jsonb_array_elements_text($1::jsonb) id`,
      [all, language],
    );
    for (const topic of topics.slice(0, mentions))
      await db.query(
        `insert into mentions (document_id, topic_id, spans, sentiment, complaint, created_at)
         select id::bigint, $2::bigint, '[]', '{"label": "neutral"}', '{"isComplaint": false}', now() from jsonb_array_elements_text($1::jsonb) id`,
        [all, topic],
      );
  }
  const items = () =>
    db.query<{ document: number; topic: number; language: string; kind: string; mentions: number }>(
      `select document_id as document, topic_id as topic, language, source_kind as kind, mentions from scorecard_items order by position`,
    );

  it('has as many of each language and kind of source as was asked for, in an order of chance', async () => {
    await addDocuments('ru', 'forum', 40);
    await addDocuments('en', 'feed', 30);
    await addDocuments('ru', 'feed', 3);
    expect(await drawWhenDue(deps())).toBe(23);
    const drawn = (await items()).map(({ language, kind: of }) => `${language} ${of}`);
    const count = (of: string) => drawn.filter((one) => one === of).length;
    expect([count('ru forum'), count('en feed'), count('ru feed')]).toEqual([10, 10, 3]);
    expect(drawn).not.toEqual(drawn.toSorted());
    const [sample] = await db.query<{ strata: unknown }>('select strata from scorecard_samples');
    expect(sample!.strata).toEqual([
      { language: 'ru', sourceKind: 'forum', documents: 40, mentions: 40 },
      { language: 'en', sourceKind: 'feed', documents: 30, mentions: 30 },
      { language: 'ru', sourceKind: 'feed', documents: 3, mentions: 3 },
    ]);
  });

  it('is drawn once a week, whoever asks how often', async () => {
    await addDocuments('ru', 'forum', 40);
    const both = await Promise.all([drawWhenDue(deps()), drawWhenDue(deps())]);
    expect(both.toSorted()).toEqual([0, 10]);
    expect(await drawWhenDue(deps())).toBe(0);
    expect(await countRows(db, 'scorecard_items')).toBe(10);
  });

  it('is the same whenever it is drawn from the same, and another in another week', async () => {
    await addDocuments('ru', 'forum', 200, 2);
    const { shares } = allocate(await countStrata(db, PERIOD), PLAN);
    const [one, again, other] = await Promise.all(
      ['2026-11-16', '2026-11-16', '2026-11-23'].map((seed) => drawMentions(db, PERIOD, shares, seed)),
    );
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('has a document once, whatever is drawn when', async () => {
    await addDocuments('ru', 'forum', 12, 3);
    const early = deps(new Date('2026-11-19T10:00:00Z'));
    expect(await drawNow(early)).toBe(10);
    expect(await drawNow(early)).toBe(0);
    await addDocuments('ru', 'forum', 5, 3, '2026-11-20');
    expect(await drawWhenDue(deps())).toBe(5);
    const documents = (await items()).map(({ document }) => document);
    expect(new Set(documents).size).toBe(documents.length);
  });

  it('leaves out the basket, and what was found at another time', async () => {
    await addDocuments('ru', 'forum', 4);
    await addDocuments('ru', 'forum', 4, 1, '2026-11-23');
    await addDocuments('ru', 'forum', 4, 1, '2026-11-15T23:59:59Z');
    await db.query(
      'update mentions set basket_at = now() where document_id = (select min(id) from documents)',
    );
    expect(await drawWhenDue(deps())).toBe(3);
  });

  it('of nothing is none, and comes as soon as there is something', async () => {
    expect(await drawNow(deps())).toBe(0);
    expect(await countRows(db, 'scorecard_samples')).toBe(0);
    await addDocuments('ru', 'forum', 2);
    expect(await drawNow(deps())).toBe(2);
  });

  it('comes with a word in the log when the taggers have become worse', async () => {
    const strata = [{ language: 'ru', sourceKind: 'forum', documents: 30, mentions: 30 }];
    const gone = { stratum: 0, documentId: null as never, topicId: null as never };
    const one = { ...gone, language: 'ru', sourceKind: 'forum', mentions: 1 };
    for (let week = 1; week < 8; week += 1) {
      const to = new Date(PERIOD.from.getTime() - (week - 1) * WEEK_MS);
      await addSample(db, { from: new Date(to.getTime() - WEEK_MS), to }, strata, Array(30).fill(one), to);
      const complaint = week > 4;
      const machine = { tone: 'negative', toneVersion: '1', complaint, complaintVersion: '1' } as const;
      for (const { id } of await db.query<{ id: number }>(
        'select id from scorecard_items where labelled_at is null',
      ))
        await saveLabel(db, id, { tone: 'negative', complaint: true }, machine, {
          by: 'a@b.example',
          at: to,
        });
    }
    await addDocuments('ru', 'forum', 1);
    const said: unknown[] = [];
    const listening = { ...log, warn: (fields: unknown) => void said.push(fields) } as unknown as typeof log;
    expect(await drawWhenDue({ ...deps(), log: listening })).toBe(1);
    expect(said).toEqual([{ measure: 'complaint', language: 'ru', f1: 0, before: expect.any(Number) }]);
    expect(await drawWhenDue({ ...deps(), log: listening })).toBe(0);
    expect(said).toHaveLength(1);
  });

  it('gives every mention the same weight in the end: over many seeds, weights add up to all mentions, topic by topic', async () => {
    // Documents that name more topics, and languages that are rarer, would be drawn too often without weights.
    await addDocuments('ru', 'forum', 60, 1);
    await addDocuments('ru', 'forum', 20, 3);
    await addDocuments('en', 'feed', 10, 2);
    const { strata, shares } = allocate(await countStrata(db, PERIOD), { perGroup: 5, perWeek: 30 });
    const sums = { a: 0, b: 0, c: 0, en: 0 };
    const TIMES = 300;
    for (let seed = 0; seed < TIMES; seed += 1) {
      const drawn = await drawMentions(db, PERIOD, shares, `seed ${seed}`);
      const rows = drawn.map((one) => ({ ...labelOf(0), ...one, sampleId: 1, topicId: one.topicId }));
      for (const [at, { weight, language }] of weigh(rows, new Map([[1, strata]])).entries()) {
        const name = (['a', 'b', 'c'] as const)[topics.indexOf(drawn[at]!.topicId)]!;
        sums[name] += weight / TIMES;
        if (language === 'en') sums.en += weight / TIMES;
      }
    }
    // 60 + 20 + 10 mentions of a, 20 + 10 of b, 20 of c; 20 in English. Bounds: four standard errors.
    expect(Math.abs(sums.a - 90)).toBeLessThan(5);
    expect(Math.abs(sums.b - 30)).toBeLessThan(5);
    expect(Math.abs(sums.c - 20)).toBeLessThan(5);
    expect(sums.en).toBeCloseTo(20, 9);
  });
});
