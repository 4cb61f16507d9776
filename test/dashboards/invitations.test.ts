import { load } from 'cheerio';
import { beforeEach, expect, it } from 'vitest';
import { addTeam } from '../../src/store/teams.ts';
import {
  get,
  makeUser,
  NOW,
  openDashboard,
  post,
  renewed,
  type TestDashboard,
  type Visitor,
  visitAs,
} from './dashboard.ts';

const DAY_MS = 86_400_000;
const NEW = 'a password of her own';
const opened = openDashboard();
let dashboard: TestDashboard;
let admin: Visitor;
let team: number;

beforeEach(async () => {
  dashboard = await renewed(await opened);
  admin = await visitAs(dashboard, await makeUser(dashboard, 'admin'));
  team = (await addTeam(dashboard.db, 'Tea', NOW)) ?? 0;
});

const invite = (form: Record<string, string> = {}) =>
  post(dashboard, '/users/invite', admin, {
    ...{ name: 'Anna', email: 'anna@example.com', role: 'care', language: 'ru', teams: String(team) },
    ...form,
  });

const linkIn = (text: string): string => new URL(load(text)('[role=status] code').text()).pathname;
const setPassword = (path: string) => post(dashboard, path, null, { password: NEW });
const logIn = (password = NEW) => post(dashboard, '/login', null, { email: 'anna@example.com', password });

it('makes a user with role and teams, who sets a password by the link and is in', async () => {
  const path = linkIn((await invite()).text);
  expect((await logIn()).status).toBe(401);
  const res = await setPassword(path);
  expect(res.headers.location).toBe('/today');
  expect((await logIn()).status).toBe(303);
  expect(
    await dashboard.db.query(
      `select u.role, u.language, m.team_id as team, u.invited_at from users u join team_members m on m.user_id = u.id`,
    ),
  ).toEqual([{ role: 'care', language: 'ru', team, invited_at: null }]);
  expect((await get(dashboard, '/users', admin)).text).not.toContain('Open invitations');
});

it('offers a mail with the link, and keeps the link nowhere', async () => {
  const { text } = await invite();
  const href = load(text)('[role=status] a').attr('href') ?? '';
  expect(href).toMatch(/^mailto:anna%40example\.com\?subject=/);
  const path = linkIn(text);
  expect(decodeURIComponent(href)).toContain(path);
  const token = path.split('/').at(-1) ?? '';
  expect((await get(dashboard, '/users', admin)).text).not.toContain(token);
  for (const table of ['users', 'one_time_links', 'deliveries', 'audit'])
    expect(JSON.stringify(await dashboard.db.query(`select t::text from ${table} t`))).not.toContain(token);
});

it('works for a week', async () => {
  const path = linkIn((await invite()).text);
  dashboard.setNow(new Date(NOW.getTime() + 7 * DAY_MS - 1));
  expect((await get(dashboard, path, null)).status).toBe(200);
  dashboard.setNow(new Date(NOW.getTime() + 7 * DAY_MS));
  expect((await setPassword(path)).status).toBe(410);
});

it('is listed while it is open, and can be taken back: the user and the link go', async () => {
  const path = linkIn((await invite()).text);
  const $ = load((await get(dashboard, '/users', admin)).text);
  const action = $('form[action$="/uninvite"]').attr('action') ?? '';
  await post(dashboard, action, admin, {});
  expect((await setPassword(path)).status).toBe(410);
  expect(await dashboard.db.query(`select 1 from users where email = 'anna@example.com'`)).toEqual([]);
  const rows = await dashboard.db.query(
    `select actor, action, detail from audit where action like 'user.%invited' order by id`,
  );
  expect(rows).toEqual([
    { actor: 'admin@example.com', action: 'user.invited', detail: { role: 'care', teams: [team] } },
    { actor: 'admin@example.com', action: 'user.uninvited', detail: {} },
  ]);
});

it('takes nobody back who has come', async () => {
  await setPassword(linkIn((await invite()).text));
  const [user] = await dashboard.db.query<{ id: number }>(
    `select id from users where email = 'anna@example.com'`,
  );
  await post(dashboard, `/users/${user?.id}/uninvite`, admin, {});
  expect((await logIn()).status).toBe(303);
});

it('refuses an address that is taken, one that is none, and a role that is none', async () => {
  expect((await invite({ email: 'admin@example.com' })).status).toBe(409);
  expect((await invite({ email: 'anna' })).status).toBe(400);
  expect((await invite({ role: 'root' })).status).toBe(400);
  expect(await dashboard.db.query('select 1 from users')).toHaveLength(1);
});
