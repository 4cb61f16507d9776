import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OpenId } from '../../dashboards/deps.ts';
import { OPEN_ID_CALLBACK } from '../../dashboards/open-id.ts';
import { createHttp } from '../../src/fetch/http.ts';
import { createLoginServer } from '../../src/fetch/login-server.ts';
import { listAudit } from '../../src/store/audit.ts';
import { setFactorRoles } from '../../src/store/second-factors.ts';
import { findUser, setUserDisabled } from '../../src/store/users.ts';
import {
  type Account,
  CLIENT,
  logInThere,
  type RunningLoginServer,
  startLoginServer,
} from '../support/login-server.ts';
import {
  get,
  makeUser,
  NOW,
  openDashboard,
  post,
  renewed,
  type TestDashboard,
  visitAs,
} from './dashboard.ts';

const PUBLIC = 'http://127.0.0.1:8080';
const http = createHttp({ userAgent: 'test', allowPrivate: ['127.0.0.1'] });
let there: RunningLoginServer;
let openId: OpenId;
let opened: TestDashboard;
let dashboard: TestDashboard;

beforeAll(async () => {
  there = await startLoginServer(`${PUBLIC}${OPEN_ID_CALLBACK}`);
  openId = {
    name: 'Ромашка ID',
    server: createLoginServer(
      {
        issuer: there.issuer,
        clientId: CLIENT.id,
        clientSecret: CLIENT.secret,
        callback: `${PUBLIC}${OPEN_ID_CALLBACK}`,
      },
      http,
      Date.now,
    ),
    admission: { domains: [], newUsers: null, trustsEmail: false },
    checksFactor: false,
  };
  opened = await openDashboard({ openId });
});
afterAll(() => there.close());

beforeEach(async () => {
  openId.admission = { domains: [], newUsers: null, trustsEmail: false };
  openId.checksFactor = false;
  there.accounts.clear();
  there.accounts.set('anna', { email: 'pr@example.com', email_verified: true, name: 'Anna Petrova' });
  dashboard = await renewed(opened);
});

/** The cookies that an answer sets, as a browser sends them back; one that is emptied is gone. */
function cookiesOf(headers: Record<string, unknown>): string {
  return ((headers['set-cookie'] ?? []) as string[])
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => !pair.endsWith('='))
    .join('; ');
}

const browser = (cookie: string) => ({ cookie, csrf: '' });

/** From our login page to the server and back, as far as the address with which the browser comes back. */
async function goThere(login = 'anna', next = '/cases') {
  const begun = await get(dashboard, `/login/openid?next=${encodeURIComponent(next)}`, null);
  expect(begun.status).toBe(303);
  const back = await logInThere(begun.headers.location ?? '', login);
  return { path: `${back.pathname}${back.search}`, cookie: cookiesOf(begun.headers) };
}

async function logIn(login?: string, next?: string) {
  const { path, cookie } = await goThere(login, next);
  const res = await get(dashboard, path, browser(cookie));
  return { res, session: cookiesOf(res.headers) };
}

const actions = async () => (await listAudit(dashboard.db, 50, 0)).map(({ action }) => action);

describe('logging in by the company’s server', () => {
  it('is offered where it is configured, and leads there and back to the page that was asked for', async () => {
    await makeUser(dashboard, 'pr');
    expect((await get(dashboard, '/login', null)).text).toContain('Ромашка ID');
    const { res, session } = await logIn();
    expect([res.status, res.headers.location]).toEqual([303, '/cases']);
    expect((await get(dashboard, '/cases', browser(session))).text).toContain('The pr');
    expect(await actions()).toEqual(expect.arrayContaining(['login.linked', 'login']));
  });

  it('knows a person by the server’s subject, whatever his address becomes', async () => {
    const user = await makeUser(dashboard, 'pr');
    await logIn();
    there.accounts.set('anna', { email: 'anna.ivanova@example.com', email_verified: true });
    const { session } = await logIn();
    expect((await get(dashboard, '/today', browser(session))).text).toContain(user.name);
  });

  it('does not give a user to another person to whom his address has passed, until an administrator says so', async () => {
    const user = await makeUser(dashboard, 'pr');
    const admin = await visitAs(dashboard, await makeUser(dashboard, 'admin'));
    await logIn();
    there.accounts.set('boris', { email: 'pr@example.com', email_verified: true });
    const { res } = await logIn('boris');
    expect(res.status).toBe(401);
    expect(res.text).toContain('Another person');
    const sessions = `/users/${user.id}/sessions`;
    expect((await get(dashboard, sessions, admin)).text).toContain(there.issuer);
    await post(dashboard, `/users/${user.id}/logins/forget`, admin, {});
    expect((await get(dashboard, sessions, admin)).text).not.toContain(there.issuer);
    expect((await logIn('boris')).res.status).toBe(303);
  });

  it('takes up an invitation', async () => {
    const admin = await visitAs(dashboard, await makeUser(dashboard, 'admin'));
    await post(dashboard, '/users/invite', admin, {
      email: 'pr@example.com',
      name: 'Anna',
      role: 'care',
      language: 'en',
    });
    expect((await logIn()).res.status).toBe(303);
    expect((await get(dashboard, '/users', admin)).text).not.toContain('/uninvite');
  });

  it.each<[string, string, { account?: Account; domains?: string[] }]>([
    ['unknown', 'ask the administrator to invite you', {}],
    ['unverified', 'has not confirmed', { account: { email: 'pr@example.com', email_verified: false } }],
    ['unverified', 'has not confirmed', { account: { name: 'Nobody' } }],
    ['domain', 'are not let in', { domains: ['elsewhere.example'] }],
  ])('lets nobody in who is %s (%s)', async (why, words, { account, domains = [] }) => {
    if (why !== 'unknown') await makeUser(dashboard, 'pr');
    if (account) there.accounts.set('anna', account);
    openId.admission = { ...openId.admission, domains };
    const { res, session } = await logIn();
    expect(res.status).toBe(401);
    expect(res.text).toContain(words);
    expect(session).toBe('');
    const [entry] = await listAudit(dashboard.db, 1, 0);
    expect(entry).toMatchObject({ action: 'login.failed', detail: { by: 'openid', why } });
  });

  it('believes an address that is not verified only where the configuration says so', async () => {
    await makeUser(dashboard, 'pr');
    there.accounts.set('anna', { email: 'pr@example.com' });
    openId.admission = { ...openId.admission, trustsEmail: true };
    expect((await logIn()).res.status).toBe(303);
  });

  it('lets nobody in whose access is closed, known by the server or not', async () => {
    const user = await makeUser(dashboard, 'pr');
    await setUserDisabled(dashboard.db, user.id, NOW);
    expect((await logIn()).res.text).toContain('Your access is closed');
    await setUserDisabled(dashboard.db, user.id, null);
    await logIn();
    await setUserDisabled(dashboard.db, user.id, NOW);
    expect((await logIn()).res.text).toContain('Your access is closed');
  });

  it('makes users of people of the company where the configuration gives them a role', async () => {
    openId.admission = { domains: ['example.com'], newUsers: 'viewer', trustsEmail: false };
    expect((await logIn()).res.status).toBe(303);
    expect(await findUser(dashboard.db, 'pr@example.com')).toMatchObject({
      name: 'Anna Petrova',
      role: 'viewer',
    });
    // No password fits such a user.
    const guess = await post(dashboard, '/login', null, { email: 'pr@example.com', password: '' });
    expect(guess.status).toBe(401);
  });

  it('asks for our second factor where one is demanded, unless the server asks for one itself', async () => {
    await makeUser(dashboard, 'pr');
    await dashboard.db.transaction((tx) => setFactorRoles(tx, ['pr']));
    const first = await logIn();
    const led = await get(dashboard, '/cases', browser(first.session));
    expect(led.headers.location).toBe('/second-factor');
    openId.checksFactor = true;
    const second = await logIn();
    expect((await get(dashboard, '/cases', browser(second.session))).status).toBe(200);
  });
});

describe('an attack on it', () => {
  it('cannot log a victim in as somebody else by sending him back with another browser’s answer', async () => {
    await makeUser(dashboard, 'pr');
    const { path } = await goThere();
    const mine = await get(dashboard, '/login/openid', null);
    for (const cookie of ['', cookiesOf(mine.headers)]) {
      const res = await get(dashboard, path, browser(cookie));
      expect(res.status).toBeGreaterThanOrEqual(400);
      expect(cookiesOf(res.headers)).toBe('');
    }
  });

  it('cannot use an answer twice', async () => {
    await makeUser(dashboard, 'pr');
    const { path, cookie } = await goThere();
    expect((await get(dashboard, path, browser(cookie))).status).toBe(303);
    const again = await get(dashboard, path, browser(cookie));
    expect(again.status).toBe(502);
    expect(cookiesOf(again.headers)).toBe('');
  });

  it.each(['', 'x', '1.AAAA', 'molva'])('cannot make up what is under way: %j', async (value) => {
    const res = await get(dashboard, `${OPEN_ID_CALLBACK}?code=1&state=2`, browser(`molva_openid=${value}`));
    expect(res.status).toBe(401);
  });

  it('cannot take an answer that came too late', async () => {
    await makeUser(dashboard, 'pr');
    const { path, cookie } = await goThere();
    dashboard.setNow(new Date(NOW.getTime() + 11 * 60_000));
    expect((await get(dashboard, path, browser(cookie))).text).toContain('too long ago');
  });

  it('cannot be led to another site afterwards', async () => {
    await makeUser(dashboard, 'pr');
    const { res } = await logIn('anna', '//evil.example/');
    expect(res.headers.location).toBe('/today');
  });

  it('says what the server said when it refuses, and shows nothing of it', async () => {
    const { cookie } = await goThere();
    const answer = `${OPEN_ID_CALLBACK}?error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E`;
    const res = await get(dashboard, answer, browser(cookie));
    expect(res.status).toBe(502);
    expect(res.text).not.toContain('alert(1)');
  });
});

describe('a login server that does not answer', () => {
  it('is told of in words, and asked again the next time', async () => {
    const gone = await startLoginServer(`${PUBLIC}${OPEN_ID_CALLBACK}`);
    const { issuer } = gone;
    await gone.close();
    const server = createLoginServer(
      { issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret, callback: `${PUBLIC}${OPEN_ID_CALLBACK}` },
      http,
      Date.now,
    );
    const alone = await openDashboard({ db: dashboard.db, openId: { ...openId, server } });
    for (const _ of [1, 2]) {
      const res = await get(alone, '/login/openid', null);
      expect(res.status).toBe(502);
      expect(res.text).toContain('does not answer');
      expect(res.text).toContain('name="password"');
    }
  });
});
