import { load } from 'cheerio';
import request from 'supertest';
import { beforeEach, expect, it } from 'vitest';
import { useApiToken } from '../../src/store/api-tokens.ts';
import { later } from '../support/rows.ts';
import { truncate } from '../support/store.ts';
import {
  get,
  makeUser,
  NOW,
  openDashboard,
  post,
  type TestDashboard,
  type Visitor,
  visitAs,
} from './dashboard.ts';

const DAY_MS = 86_400_000;
const opened = openDashboard();
let dashboard: TestDashboard;
let admin: Visitor;

beforeEach(async () => {
  dashboard = await opened;
  await truncate(dashboard.db);
  dashboard.setNow(NOW);
  admin = await visitAs(dashboard, await makeUser(dashboard, 'admin'));
});

const make = (form: Record<string, string>) => post(dashboard, '/tokens', admin, form);
const FORM = { name: 'crm', scopes: 'metrics:read', days: '30' };

async function makeToken(form: Record<string, string> = FORM): Promise<string> {
  return load((await make(form)).text)('[role=status] code').text();
}

const metrics = (token: string) =>
  request(dashboard.app).get('/metrics').set('authorization', `Bearer ${token}`);

it('makes a token that works, shows it once, and keeps no more than its hash', async () => {
  const token = await makeToken();
  expect(token).toMatch(/^molva_[\w-]{43}$/);
  expect((await metrics(token)).status).toBe(200);
  expect((await get(dashboard, '/tokens', admin)).text).not.toContain(token);
  const rows = await dashboard.db.query('select to_jsonb(t)::text as row from api_tokens t');
  expect(JSON.stringify(rows)).not.toContain(token);
});

it('gives several scopes, and no others than were ticked', async () => {
  const res = await post(dashboard, '/tokens', admin, {}).send(
    `_csrf=${admin.csrf}&name=crm&scopes=metrics:read&scopes=alerts:write&days=`,
  );
  const found = await useApiToken(dashboard.db, load(res.text)('[role=status] code').text(), NOW);
  expect(found).toMatchObject({ scopes: ['metrics:read', 'alerts:write'], expiresAt: null });
});

it('refuses a token whose time is over, and says so in the list', async () => {
  const token = await makeToken();
  expect(await useApiToken(dashboard.db, token, later(30 * DAY_MS - 1))).not.toBeNull();
  expect(await useApiToken(dashboard.db, token, later(30 * DAY_MS))).toBeNull();
  dashboard.setNow(new Date(NOW.getTime() + 31 * DAY_MS));
  admin = await visitAs(dashboard, await makeUser(dashboard, 'admin', { email: 'late@example.com' }));
  await dashboard.db.query(
    `update sessions set expires_at = now() + interval '10 years', last_seen_at = $1`,
    [later(31 * DAY_MS)],
  );
  expect((await get(dashboard, '/tokens', admin)).text).toContain('its time is over');
});

it('ends a token at once when it is revoked', async () => {
  const token = await makeToken();
  expect((await post(dashboard, '/tokens/revoke', admin, { name: 'crm' })).headers.location).toBe(
    '/tokens?done=1',
  );
  expect((await metrics(token)).status).not.toBe(200);
});

it('writes down who made and who revoked it, and not the token', async () => {
  const token = await makeToken();
  await post(dashboard, '/tokens/revoke', admin, { name: 'crm' });
  await post(dashboard, '/tokens/revoke', admin, { name: 'crm' });
  const rows = await dashboard.db.query<{ action: string }>(
    `select actor, action, subject, detail from audit where action like 'token.%' order by id`,
  );
  expect(rows.map(({ action }) => action)).toEqual(['token.added', 'token.revoked']);
  expect(rows[0]).toMatchObject({ actor: 'admin@example.com', subject: 'token:crm' });
  expect(JSON.stringify(rows)).not.toContain(token);
});

it.each([
  ['no name', { name: ' ' }, 'Name the token'],
  ['a name with blanks', { name: 'my crm' }, 'Name the token'],
  ['no scope', { scopes: 'nothing:known' }, 'Tick at least one'],
  ['an odd time', { days: '99999' }, 'has a mistake'],
])('says what is missing and keeps what was typed: %s', async (_what, change, words) => {
  const res = await make({ ...FORM, ...change });
  expect(res.status).toBe(400);
  const $ = load(res.text);
  expect($('[role=alert]').text()).toContain(words);
  expect($('input[name=name]').attr('value')).toBe('name' in change ? change.name : 'crm');
  expect(await dashboard.db.query('select 1 from api_tokens')).toEqual([]);
});

it('makes no second token of one name', async () => {
  await makeToken();
  const res = await make(FORM);
  expect(res.status).toBe(400);
  expect(res.text).toContain('There is a token of this name');
});
