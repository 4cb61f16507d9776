import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/db.ts';
import {
  beginVisit,
  claimDueSources,
  findSourceByKey,
  listSources,
  recordSourceFailure,
  recordSourceSuccess,
  releaseSource,
  saveSourceState,
  syncSources,
  type VisitOutcome,
} from '../../src/store/sources.ts';
import { addSources, later, MINUTE, NOW, sourceDefinition } from '../support/rows.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';

function outcome(now: Date, changes: Partial<VisitOutcome> = {}): VisitOutcome {
  const next = new Date(now.getTime() + 600_000);
  return { pollAt: next, nextRunAt: next, hasNews: false, trouble: null, ...changes };
}

describe.each(DRIVERS)('sources on %s', (kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());
  beforeEach(() => truncate(db));
  const get = async (key: string) => (await findSourceByKey(db, key))!;

  it('keep their state when the configuration is read again', async () => {
    const [id] = await addSources(db, 'a');
    await saveSourceState(db, id!, { etag: '"1"' }, NOW);
    await syncSources(db, [sourceDefinition('a', { name: 'Renamed', everyMs: MINUTE })], later(1000));
    expect(await get('a')).toMatchObject({ id, name: 'Renamed', everyMs: MINUTE, state: { etag: '"1"' } });
  });

  it('begin anew, at once, when their address changes', async () => {
    const [id] = await addSources(db, 'a');
    await claimDueSources(db, NOW, 10);
    await saveSourceState(db, id!, { page: 3 }, NOW);
    await recordSourceFailure(db, id!, { code: 'http-404', message: 'gone', at: NOW }, later(99 * MINUTE));
    await syncSources(db, [sourceDefinition('a', { url: 'https://new.example/' })], later(1000));
    expect(await get('a')).toMatchObject({
      state: null,
      lastError: null,
      failures: 0,
      url: 'https://new.example/',
    });
    expect(await claimDueSources(db, later(1000), 10)).toEqual([id]);
  });

  it('stay at the address they moved to, and keep their state there, until the configured one changes', async () => {
    const [id] = await addSources(db, 'a');
    await saveSourceState(db, id!, { etag: '"1"' }, NOW);
    await recordSourceSuccess(db, id!, NOW, outcome(NOW, { movedTo: 'https://moved.example/' }));
    await syncSources(db, [sourceDefinition('a')], later(1000));
    expect(await get('a')).toMatchObject({ url: 'https://moved.example/', state: { etag: '"1"' } });
    await syncSources(db, [sourceDefinition('a', { url: 'https://third.example/' })], later(2000));
    expect((await get('a')).url).toBe('https://third.example/');
  });

  it('are switched off when the configuration drops them, and come back with what they knew', async () => {
    await addSources(db, 'a', 'b');
    await syncSources(db, [sourceDefinition('b')], later(1000));
    expect((await get('a')).enabled).toBe(false);
    expect(await claimDueSources(db, later(MINUTE), 10)).toHaveLength(1);
    await syncSources(db, [sourceDefinition('a'), sourceDefinition('b')], later(2000));
    expect((await get('a')).enabled).toBe(true);
  });

  it('missed for a week are caught up by one visit', async () => {
    const [id] = await addSources(db, 'a');
    const week = later(7 * 24 * 60 * MINUTE);
    expect(await claimDueSources(db, week, 10)).toEqual([id]);
    await recordSourceSuccess(db, id!, week, outcome(week));
    expect(await claimDueSources(db, week, 10)).toEqual([]);
    expect((await get('a')).nextRunAt.getTime()).toBe(week.getTime() + 600_000);
  });

  it('are not visited twice at a time, unless the visitor has vanished', async () => {
    await addSources(db, 'a');
    const [id] = await claimDueSources(db, NOW, 10);
    expect(await claimDueSources(db, later(2 * MINUTE), 10)).toEqual([]);
    // A page was stored: the visitor lives.
    await saveSourceState(db, id!, { page: 2 }, later(2 * MINUTE));
    expect(await claimDueSources(db, later(4 * MINUTE), 10)).toEqual([]);
    expect(await claimDueSources(db, later(5 * MINUTE), 10)).toHaveLength(1);
  });

  it('are not visited for a job whose visit another one has made meanwhile', async () => {
    await addSources(db, 'a');
    const [id] = await claimDueSources(db, NOW, 10);
    expect(await beginVisit(db, id!, NOW)).toBe(true);
    await recordSourceSuccess(db, id!, NOW, outcome(NOW));
    expect(await beginVisit(db, id!, NOW)).toBe(false);
  });

  it('wait while as many visits as allowed are under way', async () => {
    await addSources(db, 'a', 'b', 'c');
    const first = await claimDueSources(db, NOW, 2);
    expect(first).toHaveLength(2);
    expect(await claimDueSources(db, NOW, 2)).toEqual([]);
    await recordSourceSuccess(db, first[0]!, NOW, outcome(NOW));
    expect(await claimDueSources(db, NOW, 2)).toHaveLength(1);
  });

  it('are due again at once when their visit was given back', async () => {
    const [id] = await addSources(db, 'a');
    await claimDueSources(db, NOW, 10);
    await releaseSource(db, id!, later(1000));
    expect(await claimDueSources(db, later(1000), 10)).toEqual([id]);
  });

  it('count failures in a row and give their error back as it was', async () => {
    const [id] = await addSources(db, 'a');
    const error = { code: 'timeout', message: 'nasty \0 \uD83D', at: NOW };
    await recordSourceFailure(db, id!, error, later(1000));
    await recordSourceFailure(db, id!, error, later(2000));
    expect(await listSources(db)).toMatchObject([{ failures: 2, lastError: { code: 'timeout', at: NOW } }]);
    await recordSourceSuccess(db, id!, NOW, outcome(NOW));
    expect(await listSources(db)).toMatchObject([{ failures: 0, lastError: null }]);
  });

  it('keep any state that a crawler may leave', async () => {
    const [id] = await addSources(db, 'a');
    await saveSourceState(db, id!, { list: [1, null, 'a\0b', '\uD83D'], deep: { x: [] } }, NOW);
    expect((await get('a')).state).toEqual({ list: [1, null, 'ab', '\uFFFD'], deep: { x: [] } });
  });
});

describe.runIf(DRIVERS.includes('postgres'))('due sources', () => {
  it('never go to two of many processes that ask at once', async () => {
    const db = await openTestStore('postgres');
    const ids = await addSources(db, ...Array.from({ length: 60 }, (_, i) => `s${i}`));
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => db.transaction((tx) => claimDueSources(tx, NOW, 100))),
    );
    expect(claims.flat().toSorted((a, b) => a - b)).toEqual(ids);
    await db.close();
  });
});
