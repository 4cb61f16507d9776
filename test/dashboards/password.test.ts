import { load } from 'cheerio';
import type request from 'supertest';
import { beforeEach, describe, expect, it } from 'vitest';
import { hashPassword } from '../../dashboards/auth/password.ts';
import type { CommandDeps, Output } from '../../src/commands/command.ts';
import { commands } from '../../src/commands/users.ts';
import { sha256 } from '../../src/lib/hash.ts';
import type { User } from '../../src/model/user.ts';
import { addSession, findCredentials, setPassword, setUserDisabled } from '../../src/store/users.ts';
import { msOf } from '../support/ms-of.ts';
import { DRIVERS, openTestStore } from '../support/store.ts';
import {
  get,
  makeUser,
  NOW,
  openDashboard,
  PASSWORD,
  post,
  renewed,
  type TestDashboard,
  type Visitor,
  visitAs,
} from './dashboard.ts';

const DAY_MS = 86_400_000;
const NEW = 'another good password';

const opened = openDashboard();
let dashboard: TestDashboard;
let user: User;
let boss: User;
let visitor: Visitor;
let admin: Visitor;

beforeEach(async () => {
  dashboard = await renewed(await opened);
  user = await makeUser(dashboard, 'viewer');
  boss = await makeUser(dashboard, 'admin');
  visitor = await visitAs(dashboard, user);
  admin = await visitAs(dashboard, boss);
});

/** The same user on another device. */
async function visitElsewhere(): Promise<Visitor> {
  const csrf = 'csrf-elsewhere';
  const expiresAt = new Date(NOW.getTime() + 2 * DAY_MS);
  await addSession(dashboard.db, {
    tokenHash: sha256('elsewhere'),
    userId: user.id,
    csrf,
    createdAt: NOW,
    expiresAt,
  });
  return { cookie: 'molva_session=elsewhere', csrf };
}

async function isLoggedIn(who: Visitor): Promise<boolean> {
  return (await get(dashboard, '/today', who)).status === 200;
}

async function canLogIn(password: string): Promise<boolean> {
  return (await post(dashboard, '/login', null, { email: user.email, password })).status === 303;
}

async function auditOf(action: string): Promise<object[]> {
  return dashboard.db.query('select actor, subject, detail from audit where action = $1 order by id', [
    action,
  ]);
}

function change(present: string, password: string): request.Test {
  return post(dashboard, '/settings/password', visitor, { present, password });
}

describe('one’s own password', () => {
  it('is changed, ends the other sessions and keeps this one', async () => {
    const elsewhere = await visitElsewhere();
    const res = await change(PASSWORD, NEW);
    expect(res.status).toBe(303);
    expect((await get(dashboard, res.headers.location ?? '', visitor)).text).toContain('password is changed');
    expect(await isLoggedIn(elsewhere)).toBe(false);
    expect(await isLoggedIn(admin)).toBe(true);
    expect([await canLogIn(PASSWORD), await canLogIn(NEW)]).toEqual([false, true]);
    expect(await auditOf('password.changed')).toEqual([
      { actor: user.email, subject: `user:${user.id}`, detail: {} },
    ]);
  });

  it.each([
    ['a wrong present password', 'not the present one', NEW, 'present password is not right'],
    ['a present password that is too long to try', 'x'.repeat(300), NEW, 'present password is not right'],
    ['a short new password', PASSWORD, 'short', '12 to 256'],
  ])('stays with %s', async (_what, present, password, words) => {
    const elsewhere = await visitElsewhere();
    const res = await change(present, password);
    expect(res.status).toBe(400);
    expect(load(res.text)('[role=alert]').text()).toContain(words);
    expect(await isLoggedIn(elsewhere)).toBe(true);
    expect(await canLogIn(PASSWORD)).toBe(true);
  });

  it('is not guessed by whoever found the browser open: ten failures, then a pause', async () => {
    for (let i = 0; i < 10; i++) expect((await change('x'.repeat(300), NEW)).status).toBe(400);
    expect((await change(PASSWORD, NEW)).status).toBe(429);
    expect(await auditOf('password.failed')).toHaveLength(10);
    // Another user's account is not stopped by it.
    const res = await post(dashboard, '/settings/password', admin, { present: PASSWORD, password: NEW });
    expect(res.status).toBe(303);
  });

  it('is changed by one of two who knew the same present one', async () => {
    const answers = await Promise.all([change(PASSWORD, NEW), change(PASSWORD, `${NEW} 2`)]);
    expect(answers.map((res) => res.status).sort()).toEqual([303, 400]);
  });

  it('makes a link void that was made before', async () => {
    const path = await makeLink();
    await change(PASSWORD, NEW);
    expect((await get(dashboard, path, null)).status).toBe(410);
  });
});

async function makeLink(): Promise<string> {
  const res = await post(dashboard, `/users/${user.id}/link`, admin, {});
  expect(res.status).toBe(200);
  const url = load(res.text)('[role=status] code').text();
  expect(url.startsWith(`${dashboard.deps.publicUrl}/password/`)).toBe(true);
  return url.slice(dashboard.deps.publicUrl.length);
}

function setByLink(path: string, password = NEW): request.Test {
  return post(dashboard, path, null, { password });
}

describe('a link to set a password', () => {
  it('sets it once, ends all sessions, logs in, and is written down', async () => {
    const path = await makeLink();
    expect((await get(dashboard, path, null)).text).toContain(user.email);
    const res = await setByLink(path);
    expect([res.status, res.headers.location]).toEqual([303, '/today']);
    expect(await isLoggedIn(visitor)).toBe(false);
    const [cookie = ''] = String(res.headers['set-cookie']).split(';');
    expect((await get(dashboard, '/settings', { cookie, csrf: '' })).text).toContain('The viewer');
    expect([await canLogIn(PASSWORD), await canLogIn(NEW)]).toEqual([false, true]);
    const subject = `user:${user.id}`;
    expect(await auditOf('password.link')).toEqual([{ actor: boss.email, subject, detail: {} }]);
    expect(await auditOf('password.set')).toEqual([{ actor: user.email, subject, detail: {} }]);
    expect((await get(dashboard, path, null)).status).toBe(410);
    expect((await setByLink(path, `${NEW} 2`)).status).toBe(410);
    expect(await canLogIn(NEW)).toBe(true);
  });

  it('is shown once and kept as a hash', async () => {
    const token = (await makeLink()).split('/').pop() ?? '';
    expect((await get(dashboard, '/users', admin)).text).not.toContain(token);
    const rows = await dashboard.db.query('select token_hash as hash, purpose from one_time_links');
    expect(rows).toEqual([{ hash: sha256(token), purpose: `password:${user.id}` }]);
    expect(JSON.stringify(await auditOf('password.link'))).not.toContain(token);
  });

  it('lets one of two win who use it at once', async () => {
    const path = await makeLink();
    const answers = await Promise.all([setByLink(path), setByLink(path, `${NEW} 2`)]);
    expect(answers.map((res) => res.status).sort()).toEqual([303, 410]);
  });

  it('ends after a day', async () => {
    const path = await makeLink();
    dashboard.setNow(new Date(NOW.getTime() + DAY_MS - 1000));
    expect((await get(dashboard, path, null)).status).toBe(200);
    dashboard.setNow(new Date(NOW.getTime() + DAY_MS));
    expect((await get(dashboard, path, null)).status).toBe(410);
    expect((await setByLink(path)).status).toBe(410);
  });

  it('makes older ones of this user void, not those of others', async () => {
    const pr = await makeUser(dashboard, 'pr');
    const other = await post(dashboard, `/users/${pr.id}/link`, admin, {});
    const otherPath = new URL(load(other.text)('[role=status] code').text()).pathname;
    const [older, newer] = [await makeLink(), await makeLink()];
    expect((await get(dashboard, older, null)).status).toBe(410);
    expect((await setByLink(older)).status).toBe(410);
    expect((await get(dashboard, otherPath, null)).status).toBe(200);
    expect((await setByLink(newer)).status).toBe(303);
  });

  it('survives a password that is too short', async () => {
    const path = await makeLink();
    const res = await setByLink(path, 'short');
    expect(res.status).toBe(400);
    expect(res.text).toContain('12 to 256');
    expect(await isLoggedIn(visitor)).toBe(true);
    expect((await setByLink(path)).status).toBe(303);
  });

  it('is void for a user who was locked out, also after being let in again', async () => {
    const path = await makeLink();
    await setUserDisabled(dashboard.db, user.id, NOW);
    expect((await setByLink(path)).status).toBe(410);
    expect((await post(dashboard, `/users/${user.id}/link`, admin, {})).status).toBe(404);
    await setUserDisabled(dashboard.db, user.id, null);
    expect((await setByLink(path)).status).toBe(410);
  });

  it('is made for nobody else than a user, and not for oneself', async () => {
    for (const id of [boss.id, 9999, 'x'])
      expect((await post(dashboard, `/users/${id}/link`, admin, {})).status, String(id)).toBe(404);
    expect(await dashboard.db.query('select 1 from one_time_links')).toEqual([]);
  });

  it('is no link for a first administrator, and takes no form that another site posts', async () => {
    const path = await makeLink();
    expect((await get(dashboard, path.replace('/password/', '/setup/'), null)).status).toBe(410);
    expect((await setByLink(path).set('sec-fetch-site', 'cross-site')).status).toBe(403);
    expect(await canLogIn(PASSWORD)).toBe(true);
  });

  it('costs no hash when it was guessed', async () => {
    const tenHashes = 10 * (await msOf(() => hashPassword(PASSWORD)));
    const tenTries = await msOf(async () => {
      for (let i = 0; i < 10; i++) expect((await setByLink('/password/guessed')).status).toBe(410);
    });
    expect(tenTries).toBeLessThan(tenHashes / 2);
  });
});

describe('the role of a user', () => {
  const roleOf = async ({ id }: User) =>
    (await dashboard.db.query<{ role: string }>('select role from users where id = $1', [id]))[0]?.role;

  it('is changed by an administrator, at once, and written down once', async () => {
    expect((await get(dashboard, '/deliveries', visitor)).status).toBe(403);
    for (let i = 0; i < 2; i++)
      expect((await post(dashboard, `/users/${user.id}/role`, admin, { role: 'pr' })).status).toBe(303);
    // What was open in a browser was drawn for the rights before.
    expect((await get(dashboard, '/deliveries', visitor)).status).toBe(303);
    expect((await get(dashboard, '/deliveries', await visitAs(dashboard, user))).status).toBe(200);
    expect(await auditOf('user.role')).toEqual([
      { actor: boss.email, subject: `user:${user.id}`, detail: { before: 'viewer', after: 'pr' } },
    ]);
  });

  it('is not changed for oneself, nor to one that does not exist', async () => {
    await post(dashboard, `/users/${boss.id}/role`, admin, { role: 'viewer' });
    expect(await roleOf(boss)).toBe('admin');
    expect((await post(dashboard, `/users/${user.id}/role`, admin, { role: 'root' })).status).toBe(400);
    expect(await roleOf(user)).toBe('viewer');
    expect(await auditOf('user.role')).toEqual([]);
  });
});

describe('the command line', () => {
  async function run(name: string, args: object): Promise<string[]> {
    const lines: string[] = [];
    const out: Output = { data: (_value, text) => void lines.push(text), message: () => undefined };
    const { db, clock, publicUrl } = dashboard.deps;
    const jobs = { db, clock, casePolicy: { dashboardUrl: publicUrl } };
    const command = commands.find((c) => c.name === name);
    expect(await command?.run({ jobs } as unknown as CommandDeps, args, out)).toBe(0);
    return lines;
  }

  it('lists the users', async () => {
    await setUserDisabled(dashboard.db, user.id, NOW);
    expect(await run('users list', {})).toEqual([
      'viewer@example.com\tviewer\t(locked out) The viewer',
      'admin@example.com\tadmin\tThe admin',
    ]);
  });

  it('lets an administrator back in who forgot the password', async () => {
    const [url = ''] = await run('users link', { email: 'Admin@Example.com' });
    const res = await setByLink(url.replace(dashboard.deps.publicUrl, ''));
    expect(res.status).toBe(303);
    expect(await isLoggedIn(admin)).toBe(false);
    expect(await auditOf('password.link')).toEqual([
      { actor: 'cli', subject: `user:${boss.id}`, detail: {} },
    ]);
  });

  it('says for whom there can be no link', async () => {
    await expect(run('users link', { email: 'nobody@example.com' })).rejects.toThrow('there is no user');
    await setUserDisabled(dashboard.db, user.id, NOW);
    await expect(run('users link', { email: user.email })).rejects.toThrow('is locked out');
  });
});

describe.runIf(DRIVERS.includes('postgres'))('a login on PostgreSQL that is under way', () => {
  it('comes to nothing when the password is replaced before it ends', async () => {
    const db = await openTestStore('postgres');
    const { id, email } = await makeUser({ ...dashboard, db }, 'viewer');
    const checked = (await findCredentials(db, email))?.passwordHash ?? '';
    const session = { tokenHash: 'x', userId: id, csrf: 'x', createdAt: NOW, expiresAt: NOW };
    let login = Promise.resolve(true);
    await db.transaction(async (tx) => {
      await setPassword(tx, id, 'another hash', null);
      login = addSession(db, session, checked);
      // Time for the login to come as far as it can.
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    expect(await login).toBe(false);
    expect(await db.query('select 1 from sessions')).toEqual([]);
    expect(await addSession(db, session, 'another hash')).toBe(true);
    await db.close();
  });
});
