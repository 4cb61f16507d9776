import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BackTestBounds, type BackTestDesk, createBackTestDesk } from '../../src/jobs/back-test-desk.ts';
import type { BackTestAsk } from '../../src/model/back-test.ts';
import type { SourceId, UserId } from '../../src/model/ids.ts';
import type { TagResources } from '../../src/model/ports.ts';
import type { Database } from '../../src/store/db.ts';
import { saveDocuments } from '../../src/store/save-documents.ts';
import { saveTopic } from '../../src/store/topics.ts';
import { addSources, found, later, MINUTE, NOW } from '../support/rows.ts';
import { openTestStore, truncate } from '../support/store.ts';
import { createTestClock, loadResources, log, type TestClock } from './worker.ts';

const [ANNA, BORIS, VERA] = [1, 2, 3] as UserId[] as [UserId, UserId, UserId];
const BOUNDS: BackTestBounds = { documents: 10_000, withinMs: 60_000, atOnce: 2, keepMs: 60 * MINUTE };
const DAY = 24 * 60 * MINUTE;

let db: Database;
let source: SourceId;
let resources: TagResources;
let clock: TestClock;
let desk: BackTestDesk;

beforeAll(async () => {
  [db, resources] = [await openTestStore('pglite'), await loadResources()];
});
afterAll(() => db.close());
beforeEach(async () => {
  await truncate(db);
  [source] = (await addSources(db, 'forum')) as [SourceId];
  clock = createTestClock();
  desk = createBackTestDesk({ db, clock, resources, log }, BOUNDS);
});

const store = (...texts: string[]) =>
  db.transaction((tx) =>
    saveDocuments(
      tx,
      source,
      texts.map((text, at) => found(`${at}`, { text, publishedAt: later(-at * DAY) })),
      NOW,
    ),
  );
const ask = (query: string, changes: Partial<BackTestAsk> = {}): BackTestAsk => ({
  topic: null,
  name: '',
  contextCheck: false,
  about: '',
  query,
  days: null,
  seed: 1,
  zone: 'UTC',
  ...changes,
});
const ended = async (user: UserId) => {
  await expect.poll(() => desk.look(user)?.state, { timeout: 20_000 }).not.toBe('running');
  return desk.look(user)!;
};

describe('back-tests in the background', () => {
  it('tell what is found, on which days, and how much there was on each', async () => {
    await store('ромашка', 'лютик', 'ромашке', 'пион');
    await desk.start(ANNA, ask('ромашка'));
    expect(desk.look(ANNA)?.state).toBe('running');
    const run = await ended(ANNA);
    expect(run).toMatchObject({ state: 'done', looked: 4, total: 4, result: { matched: 2, against: null } });
    expect(run.result?.perDay).toEqual([
      { day: '2026-11-20', count: 1 },
      { day: '2026-11-22', count: 1 },
    ]);
    expect(run.seenPerDay.map(({ day, count }) => `${day} ${count}`)).toEqual([
      '2026-11-19 1',
      '2026-11-20 1',
      '2026-11-21 1',
      '2026-11-22 1',
    ]);
  });

  it('look only at the days that were asked for', async () => {
    await store('ромашка', 'ромашка', 'ромашка', 'ромашка');
    await desk.start(ANNA, ask('ромашка', { days: 2 }));
    expect((await ended(ANNA)).result).toMatchObject({ matched: 3, total: 3 });
  });

  it('compare with the saved version, put in place what both name, and do without one that cannot be read', async () => {
    await store('ромашка', 'лютик');
    await saveTopic(db, { key: 'flowers', name: 'F', query: 'ромашка' }, 'user', NOW);
    await saveTopic(db, { key: 'mine', name: 'M', query: 'saved:flowers' }, 'user', NOW);
    await desk.start(ANNA, ask('лютик', { topic: 'mine' }));
    expect((await ended(ANNA)).result?.against).toMatchObject({ matched: 1, gained: 1, lost: 1 });
    await db.query(`update topics set query = 'saved:gone' where key = 'mine'`);
    await desk.start(ANNA, ask('лютик', { topic: 'mine' }));
    expect((await ended(ANNA)).result?.against).toBeNull();
  });

  it('are refused when the query cannot be read', async () => {
    await expect(desk.start(ANNA, ask('(ромашка'))).rejects.toMatchObject({ issues: [{ at: '1:1' }] });
    expect(desk.look(ANNA)).toBeNull();
  });

  it('are one of each person, the newest, and bounded in all', async () => {
    await store(...Array.from({ length: 2500 }, (_, at) => `ромашка ${at}`));
    await desk.start(ANNA, ask('ромашка'));
    await desk.start(BORIS, ask('лютик'));
    await expect(desk.start(VERA, ask('пион'))).rejects.toMatchObject({ issues: [{ at: 'busy' }] });
    await desk.start(ANNA, ask('пион'));
    expect((await ended(ANNA)).ask.query).toBe('пион');
    expect((await ended(BORIS)).ask.query).toBe('лютик');
    await desk.start(VERA, ask('пион'));
    expect((await ended(VERA)).state).toBe('done');
  });

  it('end when they are stopped, and what was seen until then counts', async () => {
    await store(...Array.from({ length: 3500 }, (_, at) => `ромашка ${at}`));
    await desk.start(ANNA, ask('ромашка'));
    desk.stop(ANNA);
    const { result } = await ended(ANNA);
    expect(result?.ended).toBe('aborted');
    expect(result?.looked).toBeLessThan(3500);
    expect(result?.matched).toBe(result?.looked);
  });

  it('end at their bounds', async () => {
    await store(...Array.from({ length: 1500 }, (_, at) => `ромашка ${at}`));
    desk = createBackTestDesk({ db, clock, resources, log }, { ...BOUNDS, documents: 1000 });
    await desk.start(ANNA, ask('ромашка'));
    const run = await ended(ANNA);
    expect(run).toMatchObject({ looked: 1000, total: 1000, result: { ended: 'limit', total: 1500 } });
    expect(run.seenPerDay.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
  });

  it('are forgotten after a while, and keep of long texts what lies around the words', async () => {
    await store(`${'а '.repeat(5000)}ромашка ${'б '.repeat(5000)}ромашка`);
    await desk.start(ANNA, ask('ромашка'));
    const [match] = (await ended(ANNA)).result!.sample;
    expect(match!.text.length).toBeLessThan(2100);
    expect(match!.spans.map(({ start, end }) => match!.text.slice(start, end))).toEqual(['ромашка']);
    clock.pass(61 * MINUTE);
    expect(desk.look(ANNA)).toBeNull();
  });

  it('say that they failed when the store does, and disturb nobody', async () => {
    await store('ромашка');
    const broken = {
      ...db,
      query: (sql: string, params?: readonly unknown[]) =>
        sql.includes('count(*)') ? Promise.reject(new Error('away')) : db.query(sql, params),
    } as Database;
    desk = createBackTestDesk({ db: broken, clock, resources, log }, BOUNDS);
    await desk.start(ANNA, ask('ромашка'));
    expect(await ended(ANNA)).toMatchObject({ state: 'failed', result: null });
  });

  it('are over when the desk is closed', async () => {
    await store(...Array.from({ length: 2500 }, (_, at) => `ромашка ${at}`));
    await desk.start(ANNA, ask('ромашка'));
    await desk.close();
    expect(desk.look(ANNA)?.state).toBe('done');
  });
});
