import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rss } from '../jobs/local-sites.ts';
import { findChromium } from '../support/chromium.ts';
import {
  expectAccessible,
  expectNoScrollingSideways,
  type InBrowser,
  openInBrowser,
  type Site,
  startSite,
} from './in-browser.ts';

const LIMIT_MS = 60_000;
const executable = findChromium();

/** A blog whose front page names its feed. */
const BLOG = {
  '/': '<html><head><title>Чайный блог</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body></body></html>',
  '/feed.xml': rss('Чайный блог', ['Первая чашка', 'Вторая чашка']),
};

let blog: Site;
let molva: InBrowser;

describe.skipIf(!executable)('a source that a person adds in a browser', () => {
  beforeAll(async () => {
    blog = await startSite(BLOG);
    molva = await openInBrowser(executable ?? '', blog);
  }, LIMIT_MS);

  afterAll(async () => {
    await molva?.close();
    blog?.close();
  }, LIMIT_MS);

  it('is found at its front page, with what it would bring', async () => {
    const { page, dashboard } = molva;
    await page.goto(`${dashboard}/sources`);
    await expectAccessible(page);
    await page.getByLabel('Адрес сайта').fill(blog.address);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sources/find');
    await page.getByRole('heading', { name: 'Что будет собрано: Чайный блог' }).waitFor();
    await page.getByRole('link', { name: 'Первая чашка' }).waitFor();
    await expectAccessible(page);
  });

  it(
    'is watched with one press, and its first documents are there soon',
    async () => {
      const { page } = molva;
      await page.getByRole('button', { name: 'Следить' }).first().click();
      await page.waitForURL('**?done=1&what=added');
      const count = async (): Promise<number> => {
        await page.reload();
        return page.locator('article.mention').count();
      };
      await expect.poll(count, { timeout: 30_000, interval: 1000 }).toBe(2);
      expect(await page.locator('.health').textContent()).toContain('работает');
      await expectAccessible(page);
    },
    LIMIT_MS,
  );

  it.each([1280, 390])('needs no scrolling sideways at %i pixels', async (width) => {
    const { page, dashboard } = molva;
    await page.setViewportSize({ width, height: 800 });
    for (const path of ['/sources', new URL(page.url()).pathname]) {
      await page.goto(`${dashboard}${path}`);
      await expectNoScrollingSideways(page);
    }
  });

  it('is removed, and the browser has complained about nothing', async () => {
    const { page, dashboard, complaints } = molva;
    await page.goto(`${dashboard}/sources`);
    await page.getByRole('link', { name: 'Чайный блог' }).click();
    await page.locator('summary', { hasText: 'Убрать источник' }).click();
    await page.getByRole('button', { name: 'Убрать источник' }).click();
    await page.getByText('Источник убран').waitFor();
    expect(await page.locator('main').textContent()).toContain('Источников ещё нет');
    expect(complaints).toEqual([]);
  });
});
