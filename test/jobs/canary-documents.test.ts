import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { checkCanaryDocuments, plantCanaryDocument } from '../../src/jobs/canary-documents.ts';
import { InputError } from '../../src/lib/errors.ts';
import type { SourceId } from '../../src/model/ids.ts';
import { listCanaryDocuments } from '../../src/store/canary-documents.ts';
import type { Database } from '../../src/store/db.ts';
import { getMiss, listMisses } from '../../src/store/recall-misses.ts';
import { saveDocument } from '../../src/store/save-documents.ts';
import { addUserSource } from '../../src/store/user-sources.ts';
import { countRows, found, NOW, sourceDefinition } from '../support/rows.ts';
import { openTestPglite, truncate } from '../support/store.ts';
import { articlePage, HOUR, openWorld, POST, type World, watch } from './recall/recall-world.ts';

let db: Database;
let world: World;
let source: SourceId;

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
  source = await watch(db, `${world.site.url}/`);
});

const plant = (change: Partial<Parameters<typeof plantCanaryDocument>[1]> = {}) =>
  plantCanaryDocument(
    world.deps,
    { source: 'forum', address: `${world.site.url}/p`, words: '', withinHours: 6, ...change },
    'anna@example.com',
  );

const bring = (to = source, change = {}) =>
  saveDocument(db, to, found('1', { url: `${world.site.url}/p`, text: POST, ...change }), world.clock.now());

it('is found when its source brings it, and how long that took is told', async () => {
  await plant();
  await checkCanaryDocuments(world.deps);
  world.clock.pass(2 * HOUR);
  await bring();
  await checkCanaryDocuments(world.deps);
  const [canary] = await listCanaryDocuments(db, 10);
  expect(canary!.foundAt!.getTime() - canary!.plantedAt.getTime()).toBe(2 * HOUR);
  expect(await listMisses(db, { state: null, cause: null }, 5, 0)).toEqual([]);
});

it('may be known by its words alone', async () => {
  await plant({ address: '', words: 'курьер НЕ приехал, деньги' });
  await bring(source, { url: `${world.site.url}/quite-elsewhere` });
  await checkCanaryDocuments(world.deps);
  expect((await listCanaryDocuments(db, 1))[0]?.foundAt).toEqual(NOW);
});

it('is not found by another source', async () => {
  await plant();
  const other = await addUserSource(db, sourceDefinition('other', { url: 'https://other.example/' }), NOW);
  await bring(other);
  await checkCanaryDocuments(world.deps);
  expect((await listCanaryDocuments(db, 1))[0]?.foundAt).toBeNull();
});

it('opens one entry of the ledger when its time is up, which closes itself when it comes after all', async () => {
  world.pages['/p'] = articlePage(POST);
  await plant();
  for (let hour = 0; hour < 9; hour += 1) {
    await checkCanaryDocuments(world.deps);
    world.clock.pass(HOUR);
  }
  const [canary] = await listCanaryDocuments(db, 1);
  expect(canary?.missedAt).not.toBeNull();
  expect(canary!.missedAt!.getTime() - canary!.plantedAt.getTime()).toBeCloseTo(7 * HOUR, -4);
  expect(await countRows(db, 'recall_misses')).toBe(1);
  expect(await getMiss(db, canary!.missId!)).toMatchObject({
    reportedBy: 'canary',
    cause: 'not-yet-visited',
    state: 'open',
    sourceId: source,
  });
  await bring();
  await checkCanaryDocuments(world.deps);
  expect((await listCanaryDocuments(db, 1))[0]?.foundAt).not.toBeNull();
  expect(await getMiss(db, canary!.missId!)).toMatchObject({ state: 'fixed', how: 'caught' });
});

it('needs no topic to count as caught', async () => {
  await plant();
  world.clock.pass(7 * HOUR);
  await bring();
  await checkCanaryDocuments(world.deps);
  expect(await countRows(db, 'recall_misses')).toBe(0);
});

it.each([
  { source: 'nobody' },
  { withinHours: 0 },
  { withinHours: Number.NaN },
  { address: 'javascript:alert(1)' },
  { address: '', words: '' },
  { words: 'x'.repeat(501) },
])('is refused as %j', async (change) => {
  await expect(plant(change)).rejects.toBeInstanceOf(InputError);
});
