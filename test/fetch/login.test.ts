import { afterEach, describe, expect, test } from 'vitest';
import { createFetchFor } from '../../src/app/crawling.ts';
import { createLogin } from '../../src/fetch/login.ts';
import { createPageFetcher } from '../../src/fetch/page.ts';
import { createPoliteness } from '../../src/fetch/politeness.ts';
import { createRobots } from '../../src/fetch/robots.ts';
import { manualClock } from './manual-clock.ts';
import { httpFor, startServer } from './server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const FORM = (token: string) => `<form action="/search"><input name="q"></form>
  <form action="./login?do=1&amp;x=2" method="post"><input type="hidden" name="token" value="${token}&amp;1"><input name="username">
  <input type="password" name="pw"><input type="checkbox" name="autologin"><button name="login" value="Вход">Вход</button></form>`;

/** A forum that shows its pages to a member only, with a fresh token in each login form. */
async function privateForum(password = 'верно & точно') {
  const sessions = new Set<string>();
  const posted: string[] = [];
  let tokens = 0;
  const server = await startServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    const { pathname } = new URL(request.url ?? '', 'http://x');
    if (pathname === '/robots.txt') return void response.writeHead(404).end();
    const session = /session=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    if (request.method !== 'POST') {
      if (pathname === '/closed') return void response.writeHead(403).end();
      tokens += pathname === '/login' ? 1 : 0;
      const body = sessions.has(session) ? `<p>Тема для своих: ${pathname}</p>` : FORM(`t${tokens}`);
      return void response
        .writeHead(200, {
          'set-cookie': [`visit=${tokens}; Path=/`, 'theme=dark; Expires=Wed, 09 Jun 2100 10:18:14 GMT'],
        })
        .end(body);
    }
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      posted.push(`${request.url} ${body}`);
      const sent = new URLSearchParams(body);
      if (sent.get('pw') !== password || sent.get('token') !== `t${tokens}&1`)
        return void response.end(FORM('again'));
      const id = `s${posted.length}`;
      sessions.add(id);
      response.writeHead(302, { location: '/', 'set-cookie': `session=${id}; HttpOnly; Path=/` }).end();
    });
  });
  const http = httpFor(server);
  open.push(http, server);
  const clock = manualClock();
  const politeness = createPoliteness({ clock });
  const robots = createRobots({ http, politeness, clock, userAgent: 'Molva/1.0' });
  const parts = { http, robots, politeness, clock };
  const credentials = { url: `${server.url}/login`, user: 'molva', password: 'верно & точно' };
  const fetchFor = createFetchFor(createPageFetcher(parts), clock, (key, cookies) =>
    key === 'private' ? createLogin(parts, credentials, cookies) : undefined,
  );
  const visit = (key = 'private') => fetchFor(new AbortController().signal, { key, browser: 'never' });
  return { server, sessions, posted, clock, visit, get: (path: string) => visit()(server.url + path) };
}

describe('a private forum', () => {
  test('is read as a member after one login, its form sent back as a browser would', async () => {
    const { get, posted } = await privateForum();
    expect((await get('/t/1'))?.text).toContain('Тема для своих: /t/1');
    expect((await get('/t/2'))?.text).toContain('Тема для своих: /t/2');
    expect(posted).toHaveLength(1);
    const [path, body] = (posted[0] ?? '').split(' ');
    expect(path).toBe('/login?do=1&x=2');
    expect([...new URLSearchParams(body)]).toEqual([
      ['token', 't1&1'],
      ['login', 'Вход'],
      ['username', 'molva'],
      ['pw', 'верно & точно'],
      ['autologin', '1'],
    ]);
  });

  test('is entered again when it has forgotten us, once an hour at most', async () => {
    const { get, posted, sessions, clock } = await privateForum();
    await get('/t/1');
    clock.advance(61 * 60_000);
    sessions.clear();
    expect((await get('/t/1'))?.text).toContain('Тема для своих');
    sessions.clear();
    await expect(get('/t/1')).rejects.toMatchObject({ code: 'login-needed' });
    expect(posted).toHaveLength(2);
  });

  test('that does not accept the password is not asked again for an hour', async () => {
    const { get, posted, clock } = await privateForum('иначе');
    const failure = { name: 'PermanentError', code: 'login-failed' };
    await expect(get('/t/1')).rejects.toMatchObject(failure);
    await expect(get('/t/2')).rejects.toMatchObject(failure);
    expect(posted).toHaveLength(1);
    clock.advance(61 * 60_000);
    const error = await get('/t/1').catch((reason: unknown) => reason);
    expect(error).toMatchObject(failure);
    expect(String(error)).not.toMatch(/верно/);
    expect(posted).toHaveLength(2);
  });

  test('keeps to itself: other sources come as strangers', async () => {
    const { get, visit, server } = await privateForum();
    await get('/t/1');
    expect((await visit('public')(`${server.url}/t/1`))?.text).toContain('type="password"');
  });

  test('says when the account may not see a page', async () => {
    const { get } = await privateForum();
    await expect(get('/closed')).rejects.toMatchObject({ code: 'login-needed' });
  });
});
