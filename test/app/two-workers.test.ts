import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { worldTruth } from '../../demo/truth.ts';
import { findBinary } from '../../src/search/binary.ts';
import { type MeiliProcess, startMeilisearch } from '../../src/search/process.ts';
import { type MolvaProcess, runMolva, startMolva } from '../support/molva-process.ts';
import { makePostgresDatabase } from '../support/store.ts';
import { makeInstallation, openedCases } from './sample-installation.ts';

/** The killed worker has something in hand by then, and there is much left to do. */
const DOCUMENTS_BEFORE_KILL = 15;
const FINISH_MS = 60_000;

const log = pino({ level: 'silent' });

async function openMeilisearch(folder: string): Promise<MeiliProcess | null> {
  const binary = await findBinary({
    named: process.env.MEILI_BINARY,
    path: process.env.PATH ?? '',
    cacheFolder: join(tmpdir(), 'molva-test-bin'),
  });
  if ('missing' in binary) return null;
  return startMeilisearch({
    binary: binary.path,
    folder: join(folder, 'meilisearch'),
    maxMemoryBytes: 256 * 2 ** 20,
    log,
  });
}

describe.skipIf(inject('postgresUrl') === '')('one dashboard and two workers on one PostgreSQL', () => {
  let place: Awaited<ReturnType<typeof makeInstallation>>;
  let meilisearch: MeiliProcess | null;
  let env: NodeJS.ProcessEnv;
  let db: pg.Client;
  const running: MolvaProcess[] = [];

  const start = (role: string, name: string): MolvaProcess => {
    const folder = join(place.folder, name);
    mkdirSync(folder);
    const molva = startMolva(['--config', place.config, '--data', folder, 'start', '--role', role], env);
    running.push(molva);
    return molva;
  };
  const lines = async <T>(...args: string[]): Promise<T[]> => {
    const data = join(place.folder, 'commands');
    const { stdout } = await runMolva(['--config', place.config, '--data', data, '--json', ...args], env);
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as T);
  };
  const count = async (from: string): Promise<number> =>
    (await db.query<{ n: number }>(`select count(*)::int as n from ${from}`)).rows[0]!.n;

  beforeAll(async () => {
    place = await makeInstallation();
    meilisearch = await openMeilisearch(place.folder);
    const url = await makePostgresDatabase();
    env = {
      MOLVA__PRIVACY__FOLDER: join(place.folder, 'shared-keys'),
      DATABASE_URL: url,
      ...(meilisearch
        ? { MEILI_URL: meilisearch.url, MEILI_MASTER_KEY: meilisearch.key }
        : { MOLVA__SEARCH__MODE: 'off' }),
    };
    db = new pg.Client(url);
    await db.connect();
  });
  afterAll(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await db.end();
    await meilisearch?.stop();
    await place.close();
  });

  it('does everything exactly once, though one worker is killed in the middle', async () => {
    const web = start('web', 'web');
    await web.saw(/Molva .* is at/);
    const doomed = start('worker', 'doomed');
    const other = start('worker', 'other');
    await Promise.all([doomed, other].map((worker) => worker.saw(/works without a dashboard/)));
    while ((await count('documents')) < DOCUMENTS_BEFORE_KILL) await sleep(50);
    doomed.child.kill('SIGKILL');
    expect(await doomed.ended).toBe('SIGKILL');
    // The queue notices that a worker is lost by the clock, in minutes: those are let pass in the database.
    await db.query(
      `update pgboss.job set state = 'retry', start_after = now(), retry_limit = retry_limit + 1 where state = 'active'`,
    );
    await db.query(`update sources set visiting_until = now() where visiting_until is not null`);
    await db.query(`update index_state set held_until = now() where held_until is not null`);

    const truth = worldTruth(new Date());
    const done = `document_progress where understood > 0 and acted > 0 ${meilisearch ? 'and indexed_at >= touched_at' : ''}`;
    await expect.poll(() => count(done), { timeout: FINISH_MS, interval: 500 }).toBe(truth.length);
    expect(await count('documents')).toBe(truth.length);
    const open = `deliveries where channel = 'crm' and state <> 'delivered'`;
    await expect.poll(() => count(open), { timeout: 20_000, interval: 500 }).toBe(0);
  }, 200_000);

  it('finds every document once', async () => {
    const found = await lines<{ url: string }>('search', '--limit', '1000', '');
    expect(new Set(found.map(({ url }) => url)).size).toBe(worldTruth(new Date()).length);
    expect(found).toHaveLength(worldTruth(new Date()).length);
  });

  it('counts every mention once', async () => {
    for (const { key, mentions } of await lines<{ key: string; mentions: number }>('topics', 'list')) {
      const named = worldTruth(new Date()).filter(({ brands }) => Object.keys(brands).includes(key));
      expect({ key, mentions }).toEqual({ key, mentions: named.length });
    }
  });

  it('tells the CRM of every case once, under one id', async () => {
    const { rows } = await db.query<{ id: string }>(
      `select id from deliveries where channel = 'crm' order by id`,
    );
    const { received } = place.crm;
    expect(rows.length).toBeGreaterThan(5);
    expect(received.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
    // Later posts of a case are told, too; it is opened once.
    const opened = openedCases(received);
    expect(new Set(opened).size).toBe(opened.length);
    expect(await count('cases')).toBe(opened.length);
    expect(await count('case_mentions')).toBe(received.length);
  });

  it('stops in order', async () => {
    const left = running.filter(({ child }) => child.exitCode === null && child.signalCode === null);
    for (const { child } of left) child.kill('SIGTERM');
    expect(await Promise.all(left.map(({ ended }) => ended))).toEqual([0, 0]);
    expect(left.map((molva) => molva.log()).join('')).not.toMatch(/"level":50/);
  });
});
