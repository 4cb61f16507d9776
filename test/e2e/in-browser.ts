import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe } from 'vitest';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { type MolvaProcess, startMolva } from '../support/molva-process.ts';
import { prepareDataFolder } from '../support/pglite-template.ts';
import { type Site, startSite } from './site.ts';

/** For one test or one set-up: catches what hangs, whatever else the machine does. */
export const LIMIT_MS = 200_000;
/** For one step in the browser. */
const STEP_MS = 35_000;

const executable = findChromium();
if (!executable)
  process.stderr.write(
    'No Chromium: the end-to-end tests are left out. Install it: npx playwright install chromium.\n',
  );

/** Tests that are left out where there is no Chromium. */
export function describeInBrowser(name: string, tests: () => void): void {
  describe.skipIf(!executable)(name, { timeout: LIMIT_MS }, tests);
}

export interface OpenPage {
  context: BrowserContext;
  page: Page;
  /** What the browser said was wrong, with the page's address. */
  complaints: string[];
}

/** A page for somebody in Moscow who reads Russian. */
async function openPage(browser: Browser): Promise<OpenPage> {
  const context = await browser.newContext({ locale: 'ru-RU', timezoneId: 'Europe/Moscow' });
  context.setDefaultTimeout(STEP_MS);
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      complaints.push(`${message.page()?.url()}: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  return { context, page: await context.newPage(), complaints };
}

/** Becomes the first administrator on the page that the set-up link opens. */
export async function signUp(page: Page): Promise<void> {
  await page.getByLabel('Имя').fill('Мария Пиарова');
  await page.getByLabel('Электронная почта').fill('maria@romashka.example');
  await page.getByLabel('Пароль').fill('очень длинный пароль');
  await page.getByRole('button', { name: 'Создать и войти' }).click();
  await page.waitForURL(/\/(?:today|start\/brand)$/);
}

/** One browser page for all tests of the file that calls this; it is there once the tests run. */
export function useBrowser(): OpenPage {
  const opened = {} as OpenPage;
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchChromium(executable ?? '');
    Object.assign(opened, await openPage(browser));
  }, LIMIT_MS);
  afterAll(() => browser?.close(), LIMIT_MS);
  return opened;
}

export interface InBrowser extends OpenPage {
  /** Address of the dashboard. */
  dashboard: string;
  site: Site;
}

/** A site of these pages, a new Molva that may read it, and a browser in which its first administrator is logged in. */
export function useMolva(pages: Readonly<Record<string, string>>): InBrowser {
  const opened = useBrowser() as InBrowser;
  let folder = '';
  let molva: MolvaProcess | undefined;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'molva-e2e-'));
    const port = await freePort();
    opened.dashboard = `http://127.0.0.1:${port}`;
    opened.site = await startSite(pages);
    const data = join(folder, 'data');
    prepareDataFolder(data);
    const config = join(folder, 'app.yaml');
    writeFileSync(
      config,
      `store: {folder: "${data}"}\nweb: {port: ${port}}\nsearch: {mode: 'off'}\ncrawl: {allow_private: ['${new URL(opened.site.address).host}'], host_delay: 50ms}\n`,
    );
    molva = startMolva(['start', '--config', config]);
    const [, link = ''] = await molva.saw(/(http\S+\/setup\/\S+)/);
    await opened.page.goto(link);
    await signUp(opened.page);
  }, LIMIT_MS);
  afterAll(async () => {
    molva?.child.kill('SIGTERM');
    await molva?.ended;
    opened.site?.close();
    rmSync(folder, { recursive: true, force: true });
  }, LIMIT_MS);
  return opened;
}
