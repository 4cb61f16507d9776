import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  closeCaughtMisses,
  keepRecall,
  reportMiss,
  retraceDueMisses,
  retraceMiss,
} from '../../src/jobs/report-miss.ts';
import { forgetOld } from '../../src/jobs/tidy.ts';
import { listAudit } from '../../src/store/audit.ts';
import type { Database } from '../../src/store/db.ts';
import {
  countCauses,
  countOpenMisses,
  getMiss,
  listMisses,
  medianTimeToFix,
  setMissState,
} from '../../src/store/recall-misses.ts';
import { saveDocument } from '../../src/store/save-documents.ts';
import { addTopic, countRows, found, later, NOW } from '../support/rows.ts';
import { openTestPglite, truncate } from '../support/store.ts';
import { articlePage, HOUR, openWorld, POST, understand, type World, watch } from './recall/recall-world.ts';

let db: Database;
let world: World;

beforeAll(async () => {
  db = await openTestPglite();
});
afterAll(async () => {
  await world.close();
  await db.close();
});
beforeEach(async () => {
  await truncate(db);
  await world?.close();
  world = await openWorld(db);
  await addTopic(db, 'romashka', 'ромашка');
  world.pages['/p'] = articlePage(POST);
});

const report = (more: { topic?: string; text?: string; path?: string } = {}) =>
  reportMiss(
    world.deps,
    { address: `${world.site.url}${more.path ?? '/p'}`, text: more.text ?? '', topic: more.topic ?? null },
    'anna@example.com',
    AbortSignal.timeout(20_000),
  );

/** A source that brings the post of `/p`. */
async function collect(): Promise<void> {
  const source = await watch(db, `${world.site.url}/`);
  const document = found('1', { url: `${world.site.url}/p`, text: POST, publishedAt: later(-HOUR) });
  await understand(world.deps, await saveDocument(db, source, document, world.clock.now()));
}

describe('the ledger of misses', () => {
  it('notes who reported what, why it was missed and where it ended, and no address in the audit', async () => {
    const { id } = await report({ topic: 'romashka' });
    expect(await getMiss(db, id)).toMatchObject({
      address: `${world.site.url}/p`,
      topicKey: 'romashka',
      reportedBy: 'anna@example.com',
      state: 'open',
      cause: 'no-source',
      reports: 1,
      trace: { fix: { kind: 'add-source' } },
    });
    const [entry] = await listAudit(db, 5, 0);
    expect(entry).toMatchObject({
      actor: 'anna@example.com',
      action: 'miss.reported',
      subject: `miss:${id}`,
    });
    expect(JSON.stringify(entry)).not.toContain(world.site.host);
  });

  it('counts the same address and topic reported twice as one entry, and another topic as another', async () => {
    const one = await report();
    const two = await report({ path: '/p?utm_source=x', text: '' });
    expect(two.id).toBe(one.id);
    expect(await getMiss(db, one.id)).toMatchObject({ reports: 2, traces: 2 });
    expect((await report({ topic: 'romashka' })).id).not.toBe(one.id);
    expect(await countRows(db, 'recall_misses')).toBe(2);
  });

  it('keeps what was there when it was reported apart from what was fixed', async () => {
    await collect();
    const { id } = await report();
    expect(await getMiss(db, id)).toMatchObject({ state: 'fixed', how: 'was-there', cause: 'caught' });
    expect([await countOpenMisses(db), await medianTimeToFix(db)]).toEqual([0, null]);
  });

  it('closes an entry by itself when the post is caught, with the time it took, and keeps its cause', async () => {
    const { id } = await report();
    world.clock.pass(2 * HOUR);
    await collect();
    const asked = world.asked.length;
    expect(await closeCaughtMisses(world.deps)).toBe(1);
    expect(world.asked.length).toBe(asked);
    const miss = await getMiss(db, id);
    expect(miss).toMatchObject({
      state: 'fixed',
      how: 'caught',
      cause: 'no-source',
      closedBy: 'system',
      nextTraceAt: null,
    });
    expect(miss?.documentId).toBe(miss?.trace.document);
    expect((await medianTimeToFix(db))?.ms).toBeGreaterThanOrEqual(2 * HOUR);
    expect(await countCauses(db)).toEqual([{ cause: 'no-source', open: 0, all: 1 }]);
  });

  it('asks the site again ever more rarely while an entry is open', async () => {
    const { id } = await report();
    const gaps = [];
    for (let i = 0; i < 5; i += 1) {
      const due = (await getMiss(db, id))!.nextTraceAt!;
      gaps.push(due.getTime() - world.clock.now().getTime());
      expect(await retraceDueMisses(world.deps)).toBe(0);
      world.clock.pass(due.getTime() - world.clock.now().getTime());
      expect(await retraceDueMisses(world.deps)).toBe(1);
    }
    for (const [at, gap] of gaps.slice(1).entries()) expect(gap).toBeGreaterThan(gaps[at]! * 1.2);
    expect((await getMiss(db, id))?.traces).toBe(6);
  });

  it('says the new cause when the old one has gone', async () => {
    const { id } = await report();
    await watch(db, `${world.site.url}/`);
    await retraceMiss(world.deps, id, AbortSignal.timeout(20_000));
    expect(await getMiss(db, id)).toMatchObject({ state: 'open', cause: 'not-yet-visited' });
  });

  it('leaves alone what a person has dismissed, until it is reported again', async () => {
    const { id } = await report();
    await setMissState(db, id, 'dismissed', 'anna@example.com', NOW);
    world.clock.pass(100 * HOUR);
    await collect();
    expect(await keepRecall(world.deps)).toBe(0);
    expect(await getMiss(db, id)).toMatchObject({ state: 'dismissed', closedBy: 'anna@example.com' });
    await report();
    expect(await getMiss(db, id)).toMatchObject({ state: 'fixed', how: 'caught', cause: 'no-source' });
  });

  it('lists by state and cause, the last reported first', async () => {
    const one = await report();
    world.clock.pass(1000);
    const two = await report({ path: '/gone' });
    const ids = async (filter: Parameters<typeof listMisses>[1]) =>
      (await listMisses(db, filter, 10, 0)).map(({ id }) => id);
    expect(await ids({ state: null, cause: null })).toEqual([two.id, one.id]);
    expect(await ids({ state: 'open', cause: 'gone' })).toEqual([two.id]);
    expect(await ids({ state: 'fixed', cause: null })).toEqual([]);
  });

  it('is kept no longer than documents are', async () => {
    await report();
    world.clock.pass(world.deps.retention.documents + HOUR);
    await forgetOld(world.deps);
    expect(await countRows(db, 'recall_misses')).toBe(0);
  });
});
