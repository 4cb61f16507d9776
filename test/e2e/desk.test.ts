import { beforeAll, expect, it } from 'vitest';
import { rss } from '../jobs/local-sites.ts';
import { describeInBrowser, LIMIT_MS, useMolva } from './in-browser.ts';
import { expectAccessible, expectNoScrollingSideways } from './page-checks.ts';
import { addTopic, pressKey, watchSite } from './steps.ts';

const POSTS = [
  'Ужас! Ромашка третью неделю не возвращает деньги, верните!',
  'Ромашка открыла магазин на Ленина, зашла, чисто.',
  'Спасибо Ромашке, всё привезли вовремя, очень довольна!',
];

const pages: Record<string, string> = {
  '/': '<html><head><title>Городской блог</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body></body></html>',
  '/feed.xml': rss('Городской блог', POSTS),
};
const molva = useMolva(pages);
const row = (n: number) => molva.page.locator('article.mention').nth(n);
const reader = () => molva.page.locator('#pane .reader');

describeInBrowser('the list of mentions', () => {
  beforeAll(async () => {
    await addTopic(molva, { key: 'romashka', name: 'Ромашка', query: 'Ромашка' });
    await watchSite(molva);
  }, LIMIT_MS);

  it('has what was read', async () => {
    const count = async (): Promise<number> => {
      await molva.page.goto(`${molva.dashboard}/mentions`);
      return molva.page.locator('article.mention').count();
    };
    await expect.poll(count, { timeout: 60_000, interval: 700 }).toBe(POSTS.length);
  });

  it('is walked through by keys, and each post opens beside it under an address of its own', async () => {
    const { page } = molva;
    await page.setViewportSize({ width: 1280, height: 900 });
    await pressKey(page, 'j');
    await page.keyboard.press('Enter');
    await reader().waitFor();
    expect(page.url()).toMatch(/\/mentions\?open=\d+$/);
    await page.keyboard.press('Escape');
    await expect.poll(() => reader().count()).toBe(0);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const second = await row(1).locator('[data-document]').getAttribute('data-document');
    await page.waitForURL(`**open=${second}`);
    await expectAccessible(page);
    await page.reload();
    expect(await row(1).getAttribute('aria-current')).toBe('true');
    await reader().waitFor();
  });

  it('shows in its row what was corrected beside it', async () => {
    const { page } = molva;
    await row(0).locator('[data-document]').click();
    await page.locator('article.mention[aria-current]').first().waitFor();
    await expect.poll(() => row(0).getAttribute('aria-current')).toBe('true');
    await page.keyboard.press('Digit4');
    await page.locator('#pane').getByText('Исправление сохранено').waitFor();
    await row(0).locator('.tone.unsure').first().waitFor();
    expect(page.url()).toContain('/mentions?open=');
  });

  it('changes many posts at once and takes it back', async () => {
    const { page } = molva;
    await page.keyboard.press('Escape');
    await page.locator('#bulk [data-pick-all]').check();
    expect(await page.locator('[data-picked]').textContent()).toContain('3');
    await page.locator('#bulk select').selectOption('not_us');
    await page.getByRole('button', { name: 'Сделать', exact: true }).click();
    await page.getByText('Готово.').waitFor();
    await page.getByRole('button', { name: 'Отменить', exact: true }).click();
    await page.getByText('Всё как было.').waitFor();
    await expectAccessible(page);
  });

  it('says that something new came, and shows it when it is asked to', async () => {
    const { page } = molva;
    await page.goto(`${molva.dashboard}/mentions?q=${encodeURIComponent('верните')}`);
    pages['/feed.xml'] = rss('Городской блог', [...POSTS, 'Ромашка опять молчит, верните деньги за чайник!']);
    await page.goto(`${molva.dashboard}/sources`);
    await page.locator('main td a[href^="/sources/"]').first().click();
    await page.getByRole('button', { name: 'Прочитать сейчас' }).click();
    await page.goto(`${molva.dashboard}/mentions?q=${encodeURIComponent('верните')}`);
    const fresh = page.locator('.fresh a');
    const count = () => page.locator('article.mention').count();
    await expect
      .poll(async () => (await fresh.isVisible()) || (await count()) === 2, { timeout: 60_000 })
      .toBe(true);
    if (await fresh.isVisible()) await fresh.click();
    await expect.poll(count).toBe(2);
  });

  it.each([320, 700])('has one thing at a time at %i pixels', async (width) => {
    const { page } = molva;
    await page.setViewportSize({ width, height: 700 });
    await page.goto(`${molva.dashboard}/mentions`);
    await expectNoScrollingSideways(page);
    await row(0).locator('[data-document]').click();
    await reader().waitFor();
    expect(await row(0).isVisible()).toBe(false);
    await expectNoScrollingSideways(page);
    await page.getByRole('link', { name: 'к списку' }).click();
    await row(0).waitFor();
    if (width === 320) {
      await page.getByRole('link', { name: 'Разделы' }).last().click();
      await page.getByRole('link', { name: 'Клиенты' }).waitFor();
      await expectAccessible(page);
    }
  });

  it('tells the keys, and goes to a page by two of them', async () => {
    const { page } = molva;
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${molva.dashboard}/today`);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Клавиши' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page.waitForURL('**/mentions');
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.name')).toBe('q');
  });

  it('makes the browser complain of nothing', () => {
    expect(molva.complaints).toEqual([]);
  });
});
