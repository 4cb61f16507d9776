import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/db.ts';
import {
  isOneTimeLinkValid,
  makeOneTimeLink,
  useOneTimeLink,
  voidOneTimeLinks,
} from '../../src/store/one-time-links.ts';
import { later, NOW } from '../support/rows.ts';
import { DRIVERS, openTestStore } from '../support/store.ts';

const DAY = 86_400_000;

describe.each(DRIVERS)('one-time links on %s', (kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestStore(kind);
  });
  afterAll(() => db.close());

  it('let exactly one of many in who use them at the same time', async () => {
    const token = await makeOneTimeLink(db, 'door', NOW);
    const tries = Array.from({ length: 5 }, () =>
      db.transaction((tx) => useOneTimeLink(tx, token, 'door', NOW)),
    );
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    expect(await isOneTimeLinkValid(db, token, 'door', NOW)).toBe(false);
  });

  it('are good for a day', async () => {
    const token = await makeOneTimeLink(db, 'door', NOW);
    expect(await isOneTimeLinkValid(db, token, 'door', later(DAY - 1))).toBe(true);
    expect(await isOneTimeLinkValid(db, token, 'door', later(DAY))).toBe(false);
    expect(await useOneTimeLink(db, token, 'door', later(DAY))).toBe(false);
  });

  it('open one door only', async () => {
    const token = await makeOneTimeLink(db, 'door', NOW);
    expect(await useOneTimeLink(db, token, 'window', NOW)).toBe(false);
    expect(await useOneTimeLink(db, token, 'door', NOW)).toBe(true);
  });

  it('open nothing any more once they are void', async () => {
    const token = await makeOneTimeLink(db, 'door', NOW);
    await voidOneTimeLinks(db, 'door');
    expect(await isOneTimeLinkValid(db, token, 'door', NOW)).toBe(false);
  });

  it('stand in the store as hashes only', async () => {
    const token = await makeOneTimeLink(db, 'door', NOW);
    expect(JSON.stringify(await db.query('select * from one_time_links'))).not.toContain(token);
  });
});
