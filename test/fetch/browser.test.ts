import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type BrowserOptions, createBrowser, type PageBrowser } from '../../src/fetch/browser.ts';
import { createCookieJar } from '../../src/fetch/cookies.ts';
import { createPageFetcher } from '../../src/fetch/page.ts';
import { createPoliteness } from '../../src/fetch/politeness.ts';
import { createRobots } from '../../src/fetch/robots.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { findChromium } from '../support/chromium.ts';
import { httpFor, startServer, type TestServer } from './server.ts';

const AGENT = 'Molva-Test/1.0';
/** For one page, whatever else the machine does. */
const PAGE_MS = 40_000;
const executable = findChromium();
const SHELL = (script: string) =>
  `<!DOCTYPE html><html><head><title>x</title></head><body><div id="app">Загрузка…</div><script>${script}</script></body></html>`;
const SHOW = (expression: string) => `document.getElementById('app').textContent = String(${expression})`;

let server: TestServer;
const answers: Record<
  string,
  { body: string; type?: string; headers?: Record<string, string>; status?: number }
> = {};
const seen: { path: string; agent: string | undefined; cookie: string | undefined }[] = [];

beforeAll(async () => {
  server = await startServer((request, response) => {
    const path = request.url ?? '';
    seen.push({ path, agent: request.headers['user-agent'], cookie: request.headers.cookie });
    const answer = answers[path];
    if (!answer) return void response.writeHead(404).end();
    const { status = 200, type = 'text/html; charset=utf-8', headers, body } = answer;
    response.writeHead(status, { 'content-type': type, ...headers }).end(body);
  });
});
afterAll(() => server.close());

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
  for (const path of Object.keys(answers)) delete answers[path];
  seen.length = 0;
});

function setUp(options: Partial<BrowserOptions> = {}) {
  const { port } = new URL(server.url);
  const names = ['cdn.example', 'tracker.example', 'blog.example'].map((name) => `${name}:${port}`);
  const http = httpFor(server, {
    userAgent: AGENT,
    allowPrivate: [server.host, ...names],
    resolve: async () => ['127.0.0.1'],
  });
  const politeness = createPoliteness({ clock: systemClock, minDelayMs: 0 });
  const robots = createRobots({ http, politeness, clock: systemClock, userAgent: AGENT });
  const parts = { http, robots, politeness, clock: systemClock };
  const browser: PageBrowser = createBrowser({ ...parts, userAgent: AGENT, timeoutMs: PAGE_MS, ...options });
  open.push(http, browser);
  const { signal } = new AbortController();
  const base = `http://blog.example:${port}`;
  const fetchPage = createPageFetcher({ ...parts, browser });
  return {
    browser,
    base,
    port,
    render: (html: string, more = {}) => browser.render({ url: `${base}/page`, html, signal, ...more }),
    get: (path: string, use?: 'auto' | 'never' | 'always', validators = {}) =>
      fetchPage(base + path, validators, { signal, ...(use ? { browser: use } : {}) }),
  };
}

const textOf = (html: string) => /<div id="app">([^<]*)/.exec(html)?.[1];
const paths = () => seen.map(({ path }) => path).filter((path) => path !== '/robots.txt');

describe.skipIf(!executable)('a page in the browser', () => {
  test('is read as its program leaves it, under our own name', async () => {
    const { render } = setUp();
    const html = SHELL(
      `setTimeout(() => { ${SHOW("navigator.userAgent + ' ' + navigator.language")} }, 700)`,
    );
    const shown = await render(html);
    expect(textOf(shown.html)).toBe(`${AGENT} ru-RU`);
    expect(shown.isSelfContained).toBe(true);
  });

  test('gets programs and data of its site through our own way out', async () => {
    const { render } = setUp();
    answers['/app.js'] = {
      body: `fetch('/data.json').then(r => r.json()).then(d => { ${SHOW('d.text')} })`,
      type: 'text/javascript',
    };
    answers['/data.json'] = { body: '{"text":"Чайник «Заря»"}', type: 'application/json' };
    const shown = await render(`<div id="app"></div><script src="/app.js"></script>`);
    expect(textOf(shown.html)).toBe('Чайник «Заря»');
    expect(shown.isSelfContained).toBe(false);
    expect(seen.every(({ agent }) => agent === AGENT)).toBe(true);
  });

  test('gets no pictures, styles, frames, trackers, sockets or forms', async () => {
    const { render, port } = setUp();
    answers['/app.js'] = {
      body: `var s = document.createElement('script'); s.src = 'http://tracker.example:${port}/t.js'; document.body.append(s);
      fetch('/form', { method: 'POST', body: 'x' }).catch(() => {}); navigator.sendBeacon('/beacon', 'x');
      try { new WebSocket('ws://blog.example:${port}/socket') } catch {} ${SHOW("'done'")}`,
      type: 'text/javascript',
    };
    const shown = await render(
      `<link rel="stylesheet" href="/s.css"><img src="/i.png"><iframe src="/frame"></iframe><div id="app"></div><script src="/app.js"></script>`,
    );
    expect(textOf(shown.html)).toBe('done');
    expect(paths()).toEqual(['/app.js']);
  });

  test('gets programs of another host that its markup names', async () => {
    const { render, port } = setUp();
    answers['/vue.js'] = { body: `window.shown = 'by a CDN'`, type: 'text/javascript' };
    const shown = await render(
      `<div id="app"></div><script src="http://cdn.example:${port}/vue.js"></script><script>${SHOW('shown')}</script>`,
    );
    expect(textOf(shown.html)).toBe('by a CDN');
  });

  test('asks for nothing that robots.txt forbids', async () => {
    const { render } = setUp();
    answers['/robots.txt'] = { body: 'User-agent: *\nDisallow: /api/', type: 'text/plain' };
    answers['/api/x'] = { body: '1' };
    const shown = await render(
      SHELL(`fetch('/api/x').then(() => ${SHOW("'got it'")}, () => ${SHOW("'refused'")})`),
    );
    expect(textOf(shown.html)).toBe('refused');
    expect(paths()).toEqual([]);
  });

  test.each([
    'http://127.0.0.1:PORT/secret',
    'http://localhost:PORT/secret',
    'http://169.254.169.254/latest/',
    'file:///etc/passwd',
  ])('reaches no private place: %s', async (address) => {
    const { render, port } = setUp();
    answers['/secret'] = { body: 'secret', headers: { 'access-control-allow-origin': '*' } };
    const target = address.replace('PORT', port);
    const shown = await render(
      SHELL(`fetch('${target}').then(r => r.text()).then(t => ${SHOW('t')}, () => ${SHOW("'refused'")})`),
    );
    expect(textOf(shown.html)).toBe('refused');
    expect(paths()).toEqual([]);
  });

  test('is not led to a private place by a redirect', async () => {
    const { render, port } = setUp();
    answers['/go'] = { body: '', status: 302, headers: { location: `http://localhost:${port}/secret` } };
    answers['/secret'] = { body: 'secret' };
    const shown = await render(
      SHELL(`fetch('/go').then(r => r.text()).then(t => ${SHOW('t')}, () => ${SHOW("'refused'")})`),
    );
    expect(textOf(shown.html)).toBe('refused');
    expect(paths()).toEqual(['/go']);
  });

  test('goes on to another page of its site, not to another site', async () => {
    const { render, port } = setUp();
    answers['/next'] = { body: '<div id="app">the next page</div>' };
    expect(textOf((await render(SHELL(`location.replace('/next')`))).html)).toBe('the next page');
    seen.length = 0;
    await render(SHELL(`location.replace('http://tracker.example:${port}/next')`)).catch(() => undefined);
    expect(paths()).toEqual([]);
  });

  test('asks for so much and no more', async () => {
    const { render } = setUp({ maxRequests: 5 });
    await render(SHELL(`for (let i = 0; i < 100; i++) fetch('/n' + i).catch(() => {}); ${SHOW("'asked'")}`));
    expect(paths()).toHaveLength(5);
  });

  test('has the cookies of its source, and leaves its own there', async () => {
    const { render, base } = setUp();
    const cookies = createCookieJar(systemClock);
    cookies.store(`${base}/`, ['sid=abc; Path=/; HttpOnly']);
    answers['/data'] = { body: '1', headers: { 'set-cookie': 'seen=1; Path=/' } };
    await render(SHELL(`fetch('/data').then(() => ${SHOW("'done'")})`), { cookies });
    expect(seen.find(({ path }) => path === '/data')?.cookie).toBe('sid=abc');
    expect(cookies.header(`${base}/`)).toBe('sid=abc; seen=1');
  });

  test('that asks questions in dialogues and opens windows is read all the same', async () => {
    const { render } = setUp();
    const shown = await render(
      SHELL(`alert(1); const c = confirm('?'); prompt('?'); open('/pop'); ${SHOW("'done ' + c")}`),
    );
    expect(textOf(shown.html)).toBe('done false');
    expect(paths()).not.toContain('/pop');
  });

  test('whose program never ends is given up, and the next one is shown', async () => {
    const { render } = setUp({ timeoutMs: 3000 });
    const started = performance.now();
    await expect(render(SHELL('for (;;);'))).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'render-failed',
    });
    expect(performance.now() - started).toBeLessThan(9000);
    expect(textOf((await render(SHELL(SHOW("'fine'")))).html)).toBe('fine');
  });

  test('that grows without end is given up, and the next one is shown', async () => {
    const { render } = setUp({ maxMemory: 400 * 2 ** 20, timeoutMs: 8000 });
    const hoard =
      'const kept = []; setInterval(() => { const a = new Uint8Array(60e6); a.fill(1); kept.push(a) }, 20)';
    const error = await render(SHELL(hoard)).catch((reason: unknown) => reason);
    expect(['render-failed', 'browser-stopped']).toContain((error as { code?: string }).code);
    expect(textOf((await render(SHELL(SHOW("'fine'")))).html)).toBe('fine');
  });

  test('that becomes too large is refused', async () => {
    const { render } = setUp({ maxBytes: 1_000_000 });
    await expect(render(SHELL(SHOW("'x'.repeat(5e6)")))).rejects.toMatchObject({ code: 'render-failed' });
  });

  test('ends with its visit', async () => {
    const { render } = setUp();
    const stop = new AbortController();
    const shown = render(SHELL('1'), { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('the visit ends')), 1500);
    await expect(shown).rejects.toThrow('the visit ends');
  });
});

function children(): number[] {
  const own = String(process.pid);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/stat`, 'utf8')
            .replace(/^.*\) \S /s, '')
            .split(' ')[0] === own && readFileSync(`/proc/${pid}/comm`, 'utf8').includes('chrom')
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

describe.skipIf(!executable)('the browser itself', () => {
  test('runs only while there is something to show', async () => {
    const { render } = setUp({ idleMs: 200 });
    await expect.poll(() => children().length, { timeout: 5000 }).toBe(0);
    await render(SHELL(SHOW("'once'")));
    await expect.poll(() => children().length, { timeout: 5000 }).toBe(0);
    expect(textOf((await render(SHELL(SHOW("'again'")))).html)).toBe('again');
  });

  test('is started anew after so many pages', async () => {
    const { render } = setUp({ pagesPerLife: 1 });
    await render(SHELL(SHOW("'one'")));
    await render(SHELL(SHOW("'two'")));
    expect(children()).toHaveLength(0);
  });
});

describe.skipIf(!executable)('fetching', () => {
  test('shows an empty shell in the browser and leaves other pages alone', async () => {
    const { get } = setUp();
    answers['/shell'] = { body: SHELL(SHOW("'shown'")), headers: { etag: '"1"' } };
    answers['/plain'] = {
      body: '<p>Просто страница.</p><script>document.body.textContent = "changed"</script>',
    };
    expect(textOf((await get('/shell'))?.text ?? '')).toBe('shown');
    expect((await get('/shell', 'never'))?.text).toContain('Загрузка…');
    expect((await get('/plain'))?.text).toContain('Просто страница.');
    expect((await get('/plain', 'always'))?.text).toContain('changed');
  });

  test('believes the validators of a shell only when all that is shown came with it', async () => {
    const { get } = setUp();
    answers['/whole'] = { body: SHELL(SHOW("'shown'")), headers: { etag: '"1"' } };
    answers['/part'] = {
      body: SHELL(`fetch('/d').then(r => r.text()).then(t => ${SHOW('t')})`),
      headers: { etag: '"1"' },
    };
    answers['/d'] = { body: 'data' };
    expect((await get('/whole'))?.validators).toEqual({ etag: '"1"' });
    expect(await get('/part')).toMatchObject({ validators: {}, text: expect.stringContaining('data') });
  });
});

test('without a browser the message says what to install', async () => {
  const { render } = setUp({ executablePath: '/nowhere/chromium' });
  const error = (await render(SHELL('1')).catch((reason: unknown) => reason)) as Error;
  expect(error).toMatchObject({ name: 'PermanentError', code: 'no-browser' });
  expect(error.message).toMatch(/Install Chromium/);
});
