import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe } from 'vitest';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { startMolva } from '../support/molva-process.ts';
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

/** Who looks: by default somebody in Moscow who reads Russian, on a desk. */
interface Reader {
  locale?: string;
  /** In pixels. */
  width?: number;
}

async function openPage(browser: Browser, { locale = 'ru-RU', width }: Reader): Promise<OpenPage> {
  const context = await browser.newContext({ locale, timezoneId: 'Europe/Moscow' });
  context.setDefaultTimeout(STEP_MS);
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      complaints.push(`${message.page()?.url()}: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  const page = await context.newPage();
  if (width) await page.setViewportSize({ width, height: 640 });
  return { context, page, complaints };
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
export function useBrowser(reader: Reader = {}): OpenPage {
  const opened = {} as OpenPage;
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchChromium(executable ?? '');
    Object.assign(opened, await openPage(browser, reader));
  }, LIMIT_MS);
  afterAll(() => browser?.close(), LIMIT_MS);
  return opened;
}

export interface InBrowser extends OpenPage {
  /** Address of the dashboard. */
  dashboard: string;
  site: Site;
}

export interface StartedMolva {
  /** Address of the dashboard. */
  dashboard: string;
  site: Site;
  /** With which the first administrator sets a password. */
  link: string;
  stop(): Promise<void>;
}

/** A site of these pages, and a new Molva that may read it. */
export async function startMolvaOn(pages: Readonly<Record<string, string>>): Promise<StartedMolva> {
  const folder = mkdtempSync(join(tmpdir(), 'molva-e2e-'));
  const port = await freePort();
  const site = await startSite(pages);
  const data = join(folder, 'data');
  prepareDataFolder(data);
  const config = join(folder, 'app.yaml');
  writeFileSync(
    config,
    `store: {folder: "${data}"}\nweb: {port: ${port}}\nsearch: {mode: 'off'}\ncrawl: {allow_private: ['${new URL(site.address).host}'], host_delay: 50ms}\n`,
  );
  const molva = startMolva(['start', '--config', config]);
  const stop = async (): Promise<void> => {
    molva.child.kill('SIGTERM');
    await molva.ended;
    site.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const [, link = ''] = await molva.saw(/(http\S+\/setup\/\S+)/);
  return { dashboard: `http://127.0.0.1:${port}`, site, link, stop };
}

/** The same, and a browser in which its first administrator is logged in. */
export function useMolva(pages: Readonly<Record<string, string>>): InBrowser {
  const opened = useBrowser() as InBrowser;
  let started: StartedMolva | undefined;
  beforeAll(async () => {
    started = await startMolvaOn(pages);
    Object.assign(opened, { dashboard: started.dashboard, site: started.site });
    await opened.page.goto(started.link);
    await signUp(opened.page);
  }, LIMIT_MS);
  afterAll(() => started?.stop(), LIMIT_MS);
  return opened;
}
