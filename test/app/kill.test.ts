import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { worldTruth } from '../../demo/truth.ts';
import { runMolva, startMolva } from '../support/molva-process.ts';
import { killMeilisearch, makeInstallation, openedCases } from './sample-installation.ts';

const KILLS = 20;
const LONGEST_LIFE_MS = 2500;
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);

/** mulberry32: the moments of the kills can be had again by KILL_SEED. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface SearchLine {
  id: number;
  url: string;
}

describe(`kill -9 at ${KILLS} random moments (KILL_SEED=${SEED})`, () => {
  let place: Awaited<ReturnType<typeof makeInstallation>>;
  beforeAll(async () => {
    place = await makeInstallation();
  });
  afterAll(() => place.close());

  it('loses nothing and doubles nothing: documents, mentions, cases, and what the CRM received', async () => {
    const random = randomFrom(SEED);
    const args = ['--config', place.config, 'start'];
    for (let i = 0; i < KILLS; i++) {
      const molva = startMolva(args);
      const isMeilisearch = i % 4 === 3;
      await molva.saw(/Molva .* is at/);
      await sleep(random() * LONGEST_LIFE_MS);
      if (isMeilisearch) {
        killMeilisearch(place.folder);
        await sleep(random() * LONGEST_LIFE_MS);
      }
      molva.child.kill('SIGKILL');
      await molva.ended;
    }

    const molva = startMolva(args);
    await molva.saw(/Molva .* is at/);
    const expected = worldTruth(new Date()).length;
    const search = async (): Promise<SearchLine[]> => {
      const { stdout } = await runMolva([
        '--config',
        place.config,
        '--json',
        'search',
        '--limit',
        '1000',
        '',
      ]);
      return stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as SearchLine);
    };
    await expect.poll(async () => (await search()).length, { timeout: 60_000, interval: 500 }).toBe(expected);
    const urls = (await search()).map(({ url }) => url);
    expect(new Set(urls).size).toBe(expected);

    const topics = await runMolva(['--config', place.config, '--json', 'topics', 'list']);
    const counted = topics.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { key: string; mentions: number });
    for (const { key, mentions } of counted) {
      const named = worldTruth(new Date()).filter(({ brands }) => key in brands);
      expect({ key, mentions }).toEqual({ key, mentions: named.length });
    }

    const list = async () => {
      const { stdout } = await runMolva(['--config', place.config, '--json', 'webhook', 'list']);
      const lines = stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { id: string; state: string; channel: string });
      return lines.filter(({ channel }) => channel === 'crm');
    };
    await expect
      .poll(async () => (await list()).filter(({ state }) => state !== 'delivered').length, {
        timeout: 90_000,
        interval: 1000,
      })
      .toBe(0);
    const deliveries = await list();
    const received = place.crm.received;
    expect(deliveries.length).toBeGreaterThan(5);
    expect(received.map(({ id }) => id).sort()).toEqual(deliveries.map(({ id }) => id).sort());
    // Later posts of a case are told, too; it is opened once.
    const opened = openedCases(received);
    expect(new Set(opened).size).toBe(opened.length);

    molva.child.kill('SIGTERM');
    expect(await molva.ended).toBe(0);
  }, 400_000);
});
