import type request from 'supertest';
import { beforeEach, describe, expect, it } from 'vitest';
import { hashPassword } from '../../dashboards/auth/password.ts';
import { createSetupPath } from '../../dashboards/setup.ts';
import { saveTopic } from '../../src/store/topics.ts';
import { msOf } from '../support/ms-of.ts';
import { DRIVERS, openTestStore, truncate } from '../support/store.ts';
import { get, makeUser, NOW, openDashboard, post, type TestDashboard } from './dashboard.ts';

const DAY_MS = 86_400_000;
const FORM = { email: 'Boss@Example.com', name: ' The boss ', password: 'a long enough password' };

const opened = openDashboard();
let dashboard: TestDashboard;

beforeEach(async () => {
  dashboard = await opened;
  await truncate(dashboard.db);
  dashboard.setNow(NOW);
});

async function link(): Promise<string> {
  return (await createSetupPath(dashboard.db, NOW)) ?? 'there is an administrator';
}

function submit(path: string, form: Record<string, string> = {}): request.Test {
  return post(dashboard, path, null, { ...FORM, ...form });
}

async function userNames(): Promise<string[]> {
  const rows = await dashboard.db.query<{ name: string }>('select email || $1 || role as name from users', [
    '/',
  ]);
  return rows.map(({ name }) => name);
}

it('makes the first administrator once, and logs in', async () => {
  const path = await link();
  expect((await get(dashboard, path, null)).status).toBe(200);
  const res = await submit(path);
  expect(res.status).toBe(303);
  expect(res.headers.location).toBe('/start');
  expect(await userNames()).toEqual(['boss@example.com/admin']);
  expect((await get(dashboard, path, null)).status).toBe(410);
  expect((await submit(path, { email: 'second@example.com' })).status).toBe(410);
  expect(await userNames()).toHaveLength(1);
  expect(await createSetupPath(dashboard.db, NOW)).toBeNull();
});

it('leads to the first steps only where nothing is watched for yet', async () => {
  await saveTopic(dashboard.db, { key: 'tea', name: 'Tea', query: 'tea' }, 'config', NOW);
  expect((await submit(await link())).headers.location).toBe('/today');
});

it('lets one of two win who click at once', async () => {
  const path = await link();
  const answers = await Promise.all([submit(path), submit(path, { email: 'other@example.com' })]);
  expect(answers.map((res) => res.status).sort()).toEqual([303, 410]);
  expect(await userNames()).toHaveLength(1);
});

it('makes the links of earlier starts void with the first administrator', async () => {
  const [old, recent] = [await link(), await link()];
  await submit(recent);
  expect((await get(dashboard, old, null)).status).toBe(410);
  expect((await submit(old, { email: 'thief@example.com' })).status).toBe(410);
  expect(await userNames()).toHaveLength(1);
});

it('ends after a day', async () => {
  const path = await link();
  dashboard.setNow(new Date(NOW.getTime() + DAY_MS));
  expect((await get(dashboard, path, null)).status).toBe(410);
  expect((await submit(path)).status).toBe(410);
  expect(await userNames()).toEqual([]);
});

it('says which field is wrong, keeps what was typed save the password, and keeps the link', async () => {
  const path = await link();
  const res = await submit(path, { email: 'no address', password: 'short' });
  expect(res.status).toBe(400);
  expect(res.text).toContain('does not look like an e-mail address');
  expect(res.text).toContain('12 to 256');
  expect(res.text).toContain('value="no address"');
  expect(res.text).not.toContain('short');
  expect((await submit(path)).status).toBe(303);
});

it('does not lose the link over an address that is taken', async () => {
  await makeUser(dashboard, 'viewer', { email: 'boss@example.com' });
  const path = await link();
  expect((await submit(path)).status).toBe(409);
  expect((await submit(path, { email: 'chief@example.com' })).status).toBe(303);
});

it('refuses a link that was never made without hashing a password for it', async () => {
  const tenHashes = 10 * (await msOf(() => hashPassword(FORM.password)));
  const tenTries = await msOf(async () => {
    for (let i = 0; i < 10; i++) expect((await submit('/setup/guessed')).status).toBe(410);
  });
  expect(tenTries).toBeLessThan(tenHashes / 2);
});

it('takes no form that another site posts', async () => {
  expect((await submit(await link()).set('sec-fetch-site', 'cross-site')).status).toBe(403);
  expect(await userNames()).toEqual([]);
});

describe.runIf(DRIVERS.includes('postgres'))('on PostgreSQL', () => {
  it('lets one of two win who use the links of two starts at the same instant', async () => {
    const db = await openTestStore('postgres');
    const opened = await openDashboard({ db });
    const paths = [await createSetupPath(db, NOW), await createSetupPath(db, NOW)];
    const waiting = `select 1 from pg_locks where not granted
      and database = (select oid from pg_database where datname = current_database())`;
    const answers = await db.transaction(async (tx) => {
      // Holds both in the middle: whoever looked for an administrator before the other was done would win too.
      await tx.query('lock table one_time_links in exclusive mode');
      const submits = paths.map((path, i) =>
        post(opened, path ?? '', null, { ...FORM, email: `boss${i}@example.com` }),
      );
      const both = Promise.all(submits);
      await expect.poll(() => db.query(waiting), { timeout: 20_000 }).toHaveLength(2);
      return { both };
    });
    expect((await answers.both).map((res) => res.status).sort()).toEqual([303, 410]);
    expect(await db.query('select 1 from users')).toHaveLength(1);
    await db.close();
  });
});
