import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rss } from '../jobs/local-sites.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { type MolvaProcess, startMolva } from '../support/molva-process.ts';

const LIMIT_MS = 60_000;
const executable = findChromium();

/** A blog whose front page names its feed, until it is redesigned. */
function startBlog(): Promise<Server> {
  const pages: Record<string, string> = {
    '/': '<html><head><title>Чайный блог</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body></body></html>',
    '/feed.xml': rss('Чайный блог', ['Первая чашка', 'Вторая чашка']),
  };
  const server = createServer((req, res) => {
    const page = pages[req.url ?? ''];
    const type = page?.startsWith('<?xml') ? 'application/rss+xml' : 'text/html';
    res.writeHead(page ? 200 : 404, { 'content-type': `${type}; charset=utf-8` }).end(page ?? 'nothing');
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

let folder: string;
let blog: Server;
let molva: MolvaProcess;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let address: string;
let dashboard: string;
const complaints: string[] = [];

async function start(): Promise<string> {
  const port = await freePort();
  dashboard = `http://127.0.0.1:${port}`;
  const config = join(folder, 'app.yaml');
  const host = new URL(address).host;
  writeFileSync(
    config,
    `store: {folder: "${join(folder, 'data')}"}\nweb: {port: ${port}}\nsearch: {mode: 'off'}\ncrawl: {allow_private: ['${host}'], host_delay: 50ms}\n`,
  );
  molva = startMolva(['start', '--config', config]);
  return (await molva.saw(/(http\S+\/setup\/\S+)/))[1] ?? '';
}

async function expectAccessible(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    grave.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
    page.url(),
  ).toEqual([]);
}

describe.skipIf(!executable)('a source that a person adds in a browser', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'molva-sources-'));
    blog = await startBlog();
    address = `http://127.0.0.1:${(blog.address() as AddressInfo).port}`;
    browser = await launchChromium(executable ?? '');
    context = await browser.newContext({ locale: 'ru-RU', timezoneId: 'Europe/Moscow' });
    context.setDefaultTimeout(35_000);
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page = await context.newPage();
    await page.goto(await start());
    await page.getByLabel('Имя').fill('Мария Пиарова');
    await page.getByLabel('Электронная почта').fill('maria@romashka.example');
    await page.getByLabel('Пароль').fill('очень длинный пароль');
    await page.getByRole('button', { name: 'Создать и войти' }).click();
    await page.waitForURL('**/today');
  }, LIMIT_MS);

  afterAll(async () => {
    await browser?.close();
    molva?.child.kill('SIGTERM');
    await molva?.ended;
    blog?.close();
    rmSync(folder, { recursive: true, force: true });
  }, LIMIT_MS);

  it('is found at its front page, with what it would bring', async () => {
    await page.goto(`${dashboard}/sources`);
    await expectAccessible();
    await page.getByLabel('Адрес сайта').fill(address);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sources/find');
    await page.getByRole('heading', { name: 'Что будет собрано: Чайный блог' }).waitFor();
    await page.getByRole('link', { name: 'Первая чашка' }).waitFor();
    await expectAccessible();
  });

  it(
    'is watched with one press, and its first documents are there soon',
    async () => {
      await page.getByRole('button', { name: 'Следить' }).first().click();
      await page.waitForURL('**?done=1&what=added');
      const count = async (): Promise<number> => {
        await page.reload();
        return page.locator('article.mention').count();
      };
      await expect.poll(count, { timeout: 30_000, interval: 1000 }).toBe(2);
      expect(await page.locator('.health').textContent()).toContain('работает');
      await expectAccessible();
    },
    LIMIT_MS,
  );

  it.each([1280, 390])('needs no scrolling sideways at %i pixels', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    for (const path of ['/sources', new URL(page.url()).pathname]) {
      await page.goto(`${dashboard}${path}`);
      const excess = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate(excess), path).toBe(0);
    }
  });

  it('is removed, and the browser has complained about nothing', async () => {
    await page.goto(`${dashboard}/sources`);
    await page.getByRole('link', { name: 'Чайный блог' }).click();
    await page.locator('summary', { hasText: 'Убрать источник' }).click();
    await page.getByRole('button', { name: 'Убрать источник' }).click();
    await page.getByText('Источник убран').waitFor();
    expect(await page.locator('main').textContent()).toContain('Источников ещё нет');
    expect(complaints).toEqual([]);
  });
});
