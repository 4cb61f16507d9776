import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { startMolva } from '../support/molva-process.ts';

export interface Site {
  address: string;
  /** Paths in the order in which they were asked for. */
  asked: string[];
  close(): void;
}

/** A site of a few pages, by their paths. */
export function startSite(pages: Readonly<Record<string, string>>): Promise<Site> {
  const asked: string[] = [];
  const server = createServer((req, res) => {
    const path = req.url ?? '';
    asked.push(path);
    const page = pages[path];
    const type = page?.startsWith('<?xml') ? 'application/rss+xml' : 'text/html';
    res.writeHead(page ? 200 : 404, { 'content-type': `${type}; charset=utf-8` }).end(page ?? 'nothing');
  });
  return new Promise((done) =>
    server.listen(0, '127.0.0.1', () => {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done({ address, asked, close: () => server.close() });
    }),
  );
}

export interface InBrowser {
  page: Page;
  /** Address of the dashboard. */
  dashboard: string;
  /** What the browser's console said was wrong. */
  complaints: string[];
  close(): Promise<void>;
}

/** A new Molva that may read the site, and a browser in which its first administrator is logged in. */
export async function openInBrowser(executable: string, site: Site): Promise<InBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'molva-e2e-'));
  const port = await freePort();
  const config = join(folder, 'app.yaml');
  writeFileSync(
    config,
    `store: {folder: "${join(folder, 'data')}"}\nweb: {port: ${port}}\nsearch: {mode: 'off'}\ncrawl: {allow_private: ['${new URL(site.address).host}'], host_delay: 50ms}\n`,
  );
  const molva = startMolva(['start', '--config', config]);
  const [, link = ''] = await molva.saw(/(http\S+\/setup\/\S+)/);
  const browser = await launchChromium(executable);
  const context = await browser.newContext({ locale: 'ru-RU', timezoneId: 'Europe/Moscow' });
  context.setDefaultTimeout(35_000);
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel('Имя').fill('Мария Пиарова');
  await page.getByLabel('Электронная почта').fill('maria@romashka.example');
  await page.getByLabel('Пароль').fill('очень длинный пароль');
  await page.getByRole('button', { name: 'Создать и войти' }).click();
  await page.waitForURL('**/today');
  const close = async (): Promise<void> => {
    await browser.close();
    molva.child.kill('SIGTERM');
    await molva.ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { page, dashboard: `http://127.0.0.1:${port}`, complaints, close };
}

/** No grave violation of what people with a screen reader or without a mouse need. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    grave.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`),
    page.url(),
  ).toEqual([]);
}

/** Nothing of the page stands beyond its right edge. */
export async function expectNoScrollingSideways(page: Page): Promise<void> {
  const excess = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect(await page.evaluate(excess), page.url()).toBe(0);
}
