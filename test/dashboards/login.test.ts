import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type request from 'supertest';
import { beforeEach, expect, it } from 'vitest';
import { localPath } from '../../dashboards/auth/log-in.ts';
import { hashPassword, verifyPassword } from '../../dashboards/auth/password.ts';
import { createDashboard } from '../../dashboards/server.ts';
import { setUserDisabled } from '../../src/store/users.ts';
import {
  get,
  makeUser,
  NOW,
  openDashboard,
  PASSWORD,
  post,
  renewed,
  type TestDashboard,
  visitAs,
} from './dashboard.ts';

const FORTNIGHT_MS = 14 * 86_400_000;
/** Refused before it is hashed, so that failing often costs no time. */
const TOO_LONG = 'x'.repeat(300);

const opened = openDashboard();
let dashboard: TestDashboard;

beforeEach(async () => {
  dashboard = await renewed(await opened);
});

function logIn(form: Record<string, string> = {}): request.Test {
  return post(dashboard, '/login', null, { email: 'viewer@example.com', password: PASSWORD, ...form });
}

function cookieOf(res: request.Response): string {
  const [header = ''] = (res.headers['set-cookie'] ?? []) as unknown as string[];
  return header.split(';')[0] ?? '';
}

it('lets in with the right password, under a cookie that scripts and other sites do not see', async () => {
  await makeUser(dashboard, 'viewer');
  const res = await logIn({ email: 'VIEWER@Example.com' });
  expect(res.status).toBe(303);
  expect(res.headers.location).toBe('/today');
  expect(String(res.headers['set-cookie'])).toMatch(/^molva_session=[\w-]{43}; .*HttpOnly; SameSite=Lax$/);
  expect((await get(dashboard, '/today', { cookie: cookieOf(res), csrf: '' })).status).toBe(200);
});

it('marks the cookie as secure and as of this host alone where people come over https', async () => {
  await makeUser(dashboard, 'viewer');
  dashboard = {
    ...dashboard,
    app: createDashboard({ ...dashboard.deps, publicUrl: 'https://molva.example' }),
  };
  const res = await logIn();
  expect(String(res.headers['set-cookie'])).toMatch(/^__Host-molva_session=[^;]+; .*Path=\/;.*; Secure/);
  expect(String(res.headers['set-cookie'])).not.toContain('Domain');
  expect((await get(dashboard, '/today', { cookie: cookieOf(res), csrf: '' })).status).toBe(200);
  const plain = cookieOf(res).replace('__Host-', '');
  expect((await get(dashboard, '/today', { cookie: plain, csrf: '' })).status).toBe(303);
});

it('keeps only a hash of the session in the store', async () => {
  await makeUser(dashboard, 'viewer');
  const token = cookieOf(await logIn()).split('=')[1] ?? '';
  const [row] = await dashboard.db.query<{ hash: string }>('select token_hash as hash from sessions');
  expect(row?.hash).toBe(createHash('sha256').update(token).digest('hex'));
});

it('gives a new session at login, whatever cookie came along, and ends the one before', async () => {
  const user = await makeUser(dashboard, 'viewer');
  const before = await visitAs(dashboard, user);
  for (const cookie of ['molva_session=chosen-by-somebody-else', before.cookie]) {
    const res = await logIn().set('cookie', cookie);
    expect(cookieOf(res)).toMatch(/^molva_session=[\w-]{43}$/);
    expect(cookieOf(res)).not.toBe(cookie);
    expect((await get(dashboard, '/today', { cookie, csrf: '' })).status).toBe(303);
  }
});

it('tells an unknown address, a wrong password and a locked-out user by the same answer', async () => {
  const user = await makeUser(dashboard, 'viewer');
  const wrong = await logIn({ password: 'wrong password here' });
  const unknown = await logIn({ email: 'nobody@example.com' });
  await setUserDisabled(dashboard.db, user.id, NOW);
  const locked = await logIn();
  for (const res of [wrong, unknown, locked]) {
    expect(res.status).toBe(401);
    expect(res.headers['set-cookie']).toBeUndefined();
  }
  expect(unknown.text).toBe(wrong.text);
  expect(locked.text).toBe(wrong.text);
  const [row] = await dashboard.db.query<{ n: number }>(
    `select count(*)::int as n from audit where action = 'login.failed'`,
  );
  expect(row?.n).toBe(3);
});

it('ends the session at logout, and not without its secret', async () => {
  const visitor = await visitAs(dashboard, await makeUser(dashboard, 'viewer'));
  expect((await post(dashboard, '/logout', visitor, { _csrf: '' })).status).toBe(403);
  expect((await get(dashboard, '/today', visitor)).status).toBe(200);
  const res = await post(dashboard, '/logout', visitor, {});
  expect(res.status).toBe(303);
  expect(res.headers.location).toBe('/login');
  expect((await get(dashboard, '/today', visitor)).status).toBe(303);
  expect(await dashboard.db.query('select 1 from sessions')).toEqual([]);
});

it('puts a user out at once when the access is closed, and lets in again', async () => {
  const user = await makeUser(dashboard, 'viewer');
  const visitor = await visitAs(dashboard, user);
  const admin = await visitAs(dashboard, await makeUser(dashboard, 'admin'));
  await post(dashboard, `/users/${user.id}/access`, admin, { open: '0' });
  expect((await get(dashboard, '/today', visitor)).status).toBe(303);
  expect((await logIn()).status).toBe(401);
  await post(dashboard, `/users/${user.id}/access`, admin, { open: '1' });
  expect((await logIn()).status).toBe(303);
});

it('does not let an administrator lock himself out, nor anybody out by mistake', async () => {
  const user = await makeUser(dashboard, 'admin');
  const admin = await visitAs(dashboard, user);
  const viewer = await makeUser(dashboard, 'viewer');
  await post(dashboard, `/users/${user.id}/access`, admin, { open: '0' });
  expect((await post(dashboard, `/users/${viewer.id}/access`, admin, {})).status).toBe(400);
  expect(await dashboard.db.query('select 1 from users where disabled_at is not null')).toEqual([]);
});

it('ends a session after a fortnight, though it is used every other day', async () => {
  await makeUser(dashboard, 'viewer');
  const visitor = { cookie: cookieOf(await logIn()), csrf: '' };
  for (let day = 2; day < 14; day += 2) {
    dashboard.setNow(new Date(NOW.getTime() + day * 24 * 3_600_000));
    await get(dashboard, '/today', visitor);
  }
  dashboard.setNow(new Date(NOW.getTime() + FORTNIGHT_MS - 1000));
  expect((await get(dashboard, '/today', visitor)).status).toBe(200);
  dashboard.setNow(new Date(NOW.getTime() + FORTNIGHT_MS));
  expect((await get(dashboard, '/today', visitor)).status).toBe(303);
});

it('stops guessing at one account after ten failures, and not at the others', async () => {
  await makeUser(dashboard, 'viewer');
  await makeUser(dashboard, 'pr');
  for (let i = 0; i < 10; i++)
    expect(
      (await logIn({ password: TOO_LONG, email: i % 2 ? 'viewer@example.com' : 'Viewer@EXAMPLE.com' }))
        .status,
    ).toBe(401);
  const res = await logIn();
  expect(res.status).toBe(429);
  expect(res.text).toContain('Too many attempts');
  expect((await logIn({ email: 'pr@example.com' })).status).toBe(303);
});

it('stops an address that tries many accounts after thirty failures', async () => {
  for (let i = 0; i < 30; i++) await logIn({ email: `u${i}@example.com`, password: TOO_LONG });
  expect((await logIn({ email: 'another@example.com', password: TOO_LONG })).status).toBe(429);
});

it('does not count successes as failures', async () => {
  await makeUser(dashboard, 'viewer');
  for (let i = 0; i < 9; i++) await logIn({ password: TOO_LONG });
  expect((await logIn()).status).toBe(303);
  expect((await logIn()).status).toBe(303);
});

it('takes no login that another site posts', async () => {
  await makeUser(dashboard, 'viewer');
  expect((await logIn().set('sec-fetch-site', 'cross-site')).status).toBe(403);
  expect((await logIn().set('sec-fetch-site', 'same-site')).status).toBe(403);
  expect((await logIn().set('sec-fetch-site', 'same-origin')).status).toBe(303);
});

it('comes back to the page that was asked for, with its whole address', async () => {
  await makeUser(dashboard, 'viewer');
  const asked = await get(dashboard, '/mentions?q=tea&tone=negative', null);
  const page = await get(dashboard, asked.headers.location ?? '', null);
  expect(page.text).toContain('value="/mentions?q=tea&amp;tone=negative"');
  const res = await logIn({ next: '/mentions?q=tea&tone=negative' });
  expect(res.headers.location).toBe('/mentions?q=tea&tone=negative');
});

const ELSEWHERE = [
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  'javascript:alert(1)',
  ' //evil.example',
  '',
];

it.each(ELSEWHERE)('does not lead elsewhere after login: %j', async (next) => {
  expect(localPath(next)).toBe('/today');
  const page = await get(dashboard, `/login?next=${encodeURIComponent(next)}`, null);
  expect(page.text).toContain('name="next" value="/today"');
});

it('does not lead elsewhere when the form was tampered with', async () => {
  await makeUser(dashboard, 'viewer');
  expect((await logIn({ next: '//evil.example' })).headers.location).toBe('/today');
});

it('leads to our own host whatever `next` is', () => {
  const nasty = fc.stringMatching(/^[/\\.:@a-z\t%?# ]{0,12}$/);
  fc.assert(
    fc.property(fc.oneof(nasty, fc.string()), (next) => {
      expect(new URL(localPath(next), 'http://ours.example').host).toBe('ours.example');
    }),
    { numRuns: 2000 },
  );
});

it('hashes with a salt of its own each time, and knows the password again', async () => {
  const [one, two] = await Promise.all([
    hashPassword('пароль с юникодом é'),
    hashPassword('пароль с юникодом é'),
  ]);
  expect(one).toMatch(/^scrypt\$131072\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
  expect(one).not.toBe(two);
  // The same letters, composed otherwise by another keyboard.
  expect(await verifyPassword('пароль с юникодом e\u0301', one)).toBe(true);
  expect(await verifyPassword('пароль с юникодом e', one)).toBe(false);
});

it.each([
  '',
  'plain',
  'scrypt$1$2',
  'scrypt$x$8$1$AAAA$AAAA',
  'scrypt$131072$8$1$AAAA$AAAA',
  `scrypt$-1$8$1$AAAA$${'A'.repeat(43)}`,
])('lets nobody in by a stored value that is not ours: %j', async (stored) => {
  expect(await verifyPassword('anything at all', stored)).toBe(false);
});
