import { beforeAll, expect, it } from 'vitest';
import { rss } from '../jobs/local-sites.ts';
import { describeInBrowser, LIMIT_MS, useMolva } from './in-browser.ts';
import { expectAccessible, expectNoScrollingSideways } from './page-checks.ts';
import { addTopic, pressKey, watchSite } from './steps.ts';

const POSTS = [
  'Ужас! Ромашка третью неделю не возвращает деньги',
  'Ромашка молодцы, всё привезли вовремя, спасибо',
  'Ромашка открыла магазин на улице Ленина',
  'Кто знает, до какого часа работает Ромашка?',
];

const molva = useMolva({
  '/': '<html><head><title>Городской блог</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body></body></html>',
  '/feed.xml': rss('Городской блог', POSTS),
});

const at = (words: string) =>
  molva.page.getByRole('heading', { level: 1, name: words, exact: true }).waitFor();

describeInBrowser('a sample that a person labels by the keyboard', () => {
  beforeAll(async () => {
    await addTopic(molva, { key: 'romashka', name: 'Ромашка', query: 'Ромашка' });
    await watchSite(molva);
  }, LIMIT_MS);

  it('is drawn by a button while there is none', async () => {
    const { page, dashboard } = molva;
    const mentions = async (): Promise<number> => {
      await page.goto(`${dashboard}/mentions`);
      return page.locator('article.mention').count();
    };
    await expect.poll(mentions, { timeout: 60_000, interval: 700 }).toBe(POSTS.length);
    await page.goto(`${dashboard}/scorecard`);
    await page.getByText('Выборки пока нет').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Выбрать сейчас' }).click();
    await page.getByText('Выбрано упоминаний: 4').waitFor();
    await page.getByRole('link', { name: 'Отмечать' }).click();
    await at('1 из 4');
  });

  it('takes two keys for a card, whatever the layout, and shows the next one', async () => {
    const { page } = molva;
    expect(await page.locator('input:checked').count()).toBe(0);
    await expectAccessible(page);
    await pressKey(page, 'Digit1');
    await at('1 из 4');
    await pressKey(page, 'Digit5');
    await at('2 из 4');
    await pressKey(page, 'Numpad6');
    await pressKey(page, 'Digit3');
    await at('3 из 4');
  });

  it('goes back by a key, and takes another answer', async () => {
    const { page } = molva;
    await pressKey(page, 'KeyB');
    await at('2 из 4');
    expect(await page.locator('input[name=tone]:checked').getAttribute('value')).toBe('positive');
    await pressKey(page, 'Digit2');
    await at('3 из 4');
    await pressKey(page, 'KeyB');
    await at('2 из 4');
    expect(await page.locator('input[name=tone]:checked').getAttribute('value')).toBe('neutral');
    await pressKey(page, 'KeyN');
    await at('3 из 4');
  });

  it('skips by a key', async () => {
    await pressKey(molva.page, 'KeyS');
    await at('4 из 4');
  });

  it.each([1280, 400])('needs no scrolling sideways at %i pixels', async (width) => {
    const { page, dashboard } = molva;
    await page.setViewportSize({ width, height: 900 });
    for (const path of ['/scorecard', '/scorecard/label']) {
      await page.goto(`${dashboard}${path}`);
      await expectNoScrollingSideways(page);
    }
  });

  it('is labelled by the mouse without any program in the page', async () => {
    const { page, dashboard } = molva;
    const context = await page
      .context()
      .browser()!
      .newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() });
    const plain = await context.newPage();
    await plain.goto(`${dashboard}/scorecard/label`);
    expect(await plain.locator('kbd').first().isVisible()).toBe(false);
    await plain.getByLabel('позитив').check();
    await plain.getByLabel('не жалоба').check();
    await plain.getByRole('button', { name: 'Сохранить' }).click();
    await plain.getByText('Всё отмечено').waitFor();
    await context.close();
  });

  it('gives figures at once, which a screen reader reads as tables', async () => {
    const { page, dashboard } = molva;
    await page.goto(`${dashboard}/scorecard`);
    await page.getByText('отмечено 3 из 4').waitFor();
    expect(await page.getByRole('table').count()).toBeGreaterThan(1);
    expect(await page.getByRole('img', { name: /Тон, средний F1 по неделям/ }).count()).toBe(1);
    await expectAccessible(page);
    await page.goto(`${dashboard}/audit`);
    expect(await page.locator('td').getByText('отмечено для оценки').count()).toBe(4);
  });

  it('makes the browser complain of nothing', () => {
    expect(molva.complaints).toEqual([]);
  });
});
