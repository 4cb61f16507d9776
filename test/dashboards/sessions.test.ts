import { load } from 'cheerio';
import { beforeEach, expect, it } from 'vitest';
import type { User } from '../../src/model/user.ts';
import { truncate } from '../support/store.ts';
import {
  get,
  makeUser,
  NOW,
  openDashboard,
  PASSWORD,
  post,
  type TestDashboard,
  type Visitor,
  visitAs,
} from './dashboard.ts';

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; rv:132.0) Gecko/20100101 Firefox/132.0';
const MINUTE_MS = 60_000;
const opened = openDashboard();
let dashboard: TestDashboard;
let user: User;
let here: Visitor;

beforeEach(async () => {
  dashboard = await opened;
  await truncate(dashboard.db);
  dashboard.setNow(NOW);
  user = await makeUser(dashboard, 'viewer');
  here = await visitAs(dashboard, user);
});

/** Another browser of the same person. */
async function logIn(): Promise<Visitor> {
  const res = await post(dashboard, '/login', null, { email: user.email, password: PASSWORD }).set(
    'user-agent',
    FIREFOX,
  );
  const cookie = String(res.headers['set-cookie']).split(';')[0] ?? '';
  const [row] = await dashboard.db.query<{ csrf: string }>(
    'select csrf from sessions order by id desc limit 1',
  );
  return { cookie, csrf: row?.csrf ?? '' };
}

const isIn = async (visitor: Visitor) => (await get(dashboard, '/today', visitor)).status === 200;

const auditOf = () =>
  dashboard.db.query(`select actor, subject, detail from audit where action = 'sessions.ended' order by id`);

it('shows where one is logged in: the browser in words, and no more than the range of the address', async () => {
  await logIn();
  const $ = load((await get(dashboard, '/sessions', here)).text);
  const rows = $('tbody tr')
    .map((_, row) => $(row).text())
    .get();
  expect(rows).toHaveLength(2);
  expect(rows.join()).toContain('Firefox, Windows');
  expect(rows.join()).toContain('127.0.0.0/24');
  expect(rows.filter((row) => row.includes('this browser'))).toHaveLength(1);
});

it('ends a session that nobody uses for three days, and none that is used', async () => {
  const days = (n: number) => new Date(NOW.getTime() + n * 24 * 3_600_000);
  const used = await logIn();
  const left = await logIn();
  dashboard.setNow(days(2));
  expect(await isIn(used)).toBe(true);
  dashboard.setNow(days(3));
  expect([await isIn(used), await isIn(left)]).toEqual([true, false]);
  expect(load((await get(dashboard, '/sessions', used)).text)('tbody tr')).toHaveLength(1);
});

it('notes when a session was used, at most once a minute', async () => {
  const seen = async () =>
    (await dashboard.db.query<{ at: Date }>('select last_seen_at as at from sessions'))[0]?.at.getTime();
  dashboard.setNow(new Date(NOW.getTime() + MINUTE_MS - 1));
  await get(dashboard, '/today', here);
  expect(await seen()).toBe(NOW.getTime());
  dashboard.setNow(new Date(NOW.getTime() + MINUTE_MS));
  await get(dashboard, '/today', here);
  expect(await seen()).toBe(NOW.getTime() + MINUTE_MS);
});

it('ends one session and leaves the present one', async () => {
  const there = await logIn();
  const $ = load((await get(dashboard, '/sessions', here)).text);
  const session = $('tbody button[name=session]').attr('value') ?? '';
  expect((await post(dashboard, '/sessions', here, { session })).headers.location).toBe('/sessions?done=1');
  expect([await isIn(here), await isIn(there)]).toEqual([true, false]);
  expect(await auditOf()).toEqual([
    { actor: user.email, subject: `user:${user.id}`, detail: { sessions: 1 } },
  ]);
});

it('ends all but this one', async () => {
  const there = await logIn();
  await post(dashboard, '/sessions', here, { session: 'others' });
  expect([await isIn(here), await isIn(there)]).toEqual([true, false]);
});

it('logs out everywhere, here too', async () => {
  const there = await logIn();
  const res = await post(dashboard, '/sessions', here, { session: 'all' });
  expect(res.headers.location).toBe('/login');
  expect([await isIn(here), await isIn(there)]).toEqual([false, false]);
});

it('ends no session of somebody else, whatever number is sent', async () => {
  const other = await visitAs(dashboard, await makeUser(dashboard, 'pr'));
  const ids = await dashboard.db.query<{ id: number }>('select id from sessions');
  for (const { id } of ids.slice(1)) await post(dashboard, '/sessions', here, { session: String(id) });
  await post(dashboard, '/sessions', here, { session: 'others' });
  expect(await isIn(other)).toBe(true);
  expect(await auditOf()).toEqual([]);
});

it('refuses what is no session', async () => {
  for (const session of ['', '0', '-1', 'everything'])
    expect((await post(dashboard, '/sessions', here, { session })).status).toBe(400);
});

it('lets an administrator see and end those of a user, and keeps his own', async () => {
  const admin = await visitAs(dashboard, await makeUser(dashboard, 'admin'));
  const path = `/users/${user.id}/sessions`;
  expect((await get(dashboard, path, admin)).text).toContain('Where viewer@example.com is logged in');
  await post(dashboard, path, admin, { session: 'others' });
  expect([await isIn(here), await isIn(admin)]).toEqual([false, true]);
  expect(await auditOf()).toEqual([
    { actor: 'admin@example.com', subject: `user:${user.id}`, detail: { sessions: 1 } },
  ]);
  expect((await get(dashboard, '/users/999/sessions', admin)).status).toBe(404);
});

it('ends all sessions of a user whose role changes', async () => {
  const admin = await visitAs(dashboard, await makeUser(dashboard, 'admin'));
  await post(dashboard, `/users/${user.id}/role`, admin, { role: 'care' });
  expect(await isIn(here)).toBe(false);
});
