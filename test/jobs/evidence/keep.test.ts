import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JobDeps } from '../../../src/jobs/deps.ts';
import { placeHold, releaseHold } from '../../../src/jobs/evidence/hold.ts';
import { anchorChain } from '../../../src/jobs/evidence/keep.ts';
import { forgetOld } from '../../../src/jobs/tidy.ts';
import { changeCase } from '../../../src/store/cases.ts';
import type { Database } from '../../../src/store/db.ts';
import { addRecords } from '../../../src/store/evidence-chain.ts';
import { verifyEvidence } from '../../../src/store/evidence-verify.ts';
import { openPglite } from '../../../src/store/pglite.ts';
import { type Story, seedStory } from '../../dashboards/seed.ts';
import { openTestPglite, truncate } from '../../support/store.ts';
import { createHandQueue, createTestClock, createWorker, type TestClock } from '../worker.ts';

const DAY = 24 * 3_600_000;

describe('evidence that is kept', () => {
  let db: Database;
  let deps: JobDeps;
  let clock: TestClock;
  let story: Story;
  beforeAll(async () => {
    db = await openTestPglite();
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await truncate(db);
    clock = createTestClock();
    deps = await createWorker(db, { queue: createHandQueue().queue, clock });
    story = await seedStory(db, 'plain', (field) => `some ${field} here`);
  });
  const emptied = async () => (await verifyEvidence(db)).emptied;

  it('is emptied when its case is closed and nothing happened for so long, and never while it is open or held', async () => {
    clock.pass(1100 * DAY);
    await forgetOld(deps);
    expect(await emptied()).toBe(0);
    const asked = { caseId: story.case, reason: 'a claim', actor: 'a' };
    await placeHold(deps, asked);
    await changeCase(db, story.case, { status: 'closed' });
    clock.pass(1100 * DAY);
    await forgetOld(deps);
    expect(await emptied()).toBe(0);
    await releaseHold(deps, asked);
    // Released today: something happened.
    await forgetOld(deps);
    expect(await emptied()).toBe(0);
    clock.pass(1100 * DAY);
    await forgetOld(deps);
    expect(await verifyEvidence(db)).toMatchObject({ emptied: 7, broken: null });
    await forgetOld(deps);
    expect(await emptied()).toBe(7);
  });

  it('of a case that is withdrawn and held keeps its document from going by age, and from then on lets it go', async () => {
    const asked = { caseId: story.case, reason: 'a claim', actor: 'a' };
    await placeHold(deps, asked);
    await db.query(`update cases set status = 'withdrawn'`);
    await db.query('update case_mentions set current = false');
    clock.pass(400 * DAY);
    await forgetOld(deps);
    const has = async () =>
      (await db.query('select 1 from documents where id = $1', [story.document])).length;
    expect(await has()).toBe(1);
    await releaseHold(deps, asked);
    await forgetOld(deps);
    expect(await has()).toBe(0);
    expect((await verifyEvidence(db)).broken).toBeNull();
  });

  it('has its end noted once a day, if something was added', async () => {
    const notes = () => db.query(`select detail from audit where action = 'evidence.anchored'`);
    expect(await anchorChain(deps)).toBe(true);
    expect(await anchorChain(deps)).toBe(false);
    clock.pass(DAY);
    expect(await anchorChain(deps)).toBe(false);
    await db.transaction((tx) =>
      addRecords(tx, [
        { caseId: story.case, documentId: null, kind: 'seen', at: clock.now(), address: null, details: {} },
      ]),
    );
    expect(await anchorChain(deps)).toBe(true);
    expect(await notes()).toHaveLength(2);
    expect(await verifyEvidence(db)).toMatchObject({ anchors: 2, broken: null });
  });
});

/** Adds records until it is killed, three in each transaction, and says how many are committed. */
const WRITER = `
import { addRecords } from './src/store/evidence-chain.ts';
import { packContent } from './src/store/evidence-content.ts';
import { openPglite } from './src/store/pglite.ts';
import { migrate } from './src/store/migrate.ts';
const db = await openPglite(process.env.FOLDER);
await migrate(db, new Date());
for (let i = 0; ; i++) {
  const content = await packContent(Buffer.from('x'.repeat(200_000) + i));
  const record = { caseId: 1, documentId: null, kind: 'page', at: new Date(), address: null, content, details: { i } };
  await db.transaction((tx) => addRecords(tx, [record, record, record]));
  console.log(String(i + 1));
}`;

it('a chain whose writer is killed in the middle is whole, and has all that was committed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'molva-killed-'));
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', WRITER], {
    env: { ...process.env, FOLDER: join(folder, 'pg') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let committed = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    committed = Number(line);
    if (committed === 25) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  const db = await openPglite(join(folder, 'pg'));
  const check = await verifyEvidence(db);
  expect(check.broken).toBeNull();
  expect(check.records % 3).toBe(0);
  expect(check.records).toBeGreaterThanOrEqual(committed * 3);
  await db.close();
  rmSync(folder, { recursive: true });
}, 90_000);
