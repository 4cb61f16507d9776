import { expect, it } from 'vitest';
import { rss } from '../jobs/local-sites.ts';
import { describeInBrowser, useMolva } from './in-browser.ts';
import { expectAccessible, expectNoScrollingSideways } from './page-checks.ts';

/** A blog whose front page names its feed. */
const BLOG = {
  '/': '<html><head><title>Чайный блог</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body></body></html>',
  '/feed.xml': rss('Чайный блог', ['Первая чашка', 'Вторая чашка']),
};

const molva = useMolva(BLOG);

describeInBrowser('a source that a person adds in a browser', () => {
  it('is found at its front page, with what it would bring', async () => {
    const { page, dashboard } = molva;
    await page.goto(`${dashboard}/sources`);
    await expectAccessible(page);
    await page.getByLabel('Адрес сайта').fill(molva.site.address);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sources/find');
    await page.getByRole('heading', { name: 'Что будет собрано: Чайный блог' }).waitFor();
    await page.getByRole('link', { name: 'Первая чашка' }).waitFor();
    await expectAccessible(page);
  });

  it('is watched with one press, and its first documents are there soon', async () => {
    const { page } = molva;
    await page.getByRole('button', { name: 'Следить' }).first().click();
    await page.waitForURL('**?done=1&what=added');
    const count = async (): Promise<number> => {
      await page.reload();
      return page.locator('article.mention').count();
    };
    await expect.poll(count, { timeout: 30_000, interval: 1000 }).toBe(2);
    // Documents are there before their visit has ended, and the mark says how visits ended.
    const health = async (): Promise<string | null> => {
      await page.reload();
      return page.locator('.health').textContent();
    };
    await expect.poll(health, { timeout: 30_000, interval: 1000 }).toContain('работает');
    await expectAccessible(page);
  });

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
