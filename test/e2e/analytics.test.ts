import { beforeAll, expect, it } from 'vitest';
import { rss } from '../jobs/local-sites.ts';
import { describeInBrowser, LIMIT_MS, useMolva } from './in-browser.ts';
import { expectAccessible, expectNoScrollingSideways } from './page-checks.ts';
import { addTopic, watchSite } from './steps.ts';

const POSTS = [
  'Ужас! Ромашка третью неделю не возвращает деньги, верните!',
  'Ромашка открыла магазин в Омске, зашла, чисто.',
  'Спасибо Ромашке, всё привезли вовремя, очень довольна!',
  'Ромашка опять молчит, верните деньги за чайник!',
];

const molva = useMolva({
  '/': '<html><head><title>Городской блог</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body></body></html>',
  '/feed.xml': rss('Городской блог', POSTS),
});

async function speak(language: 'ru' | 'en'): Promise<void> {
  const { page, dashboard } = molva;
  await page.goto(`${dashboard}/settings`);
  await page.locator('[name=language]').selectOption(language);
  await page.locator('form:has([name=language]) button').first().click();
  await page.waitForURL('**/settings?done=1**');
}

describeInBrowser('analytics', () => {
  beforeAll(async () => {
    await addTopic(molva, { key: 'romashka', name: 'Ромашка', query: 'Ромашка' });
    await watchSite(molva);
  }, LIMIT_MS);

  it('counts what was read', async () => {
    const total = async (): Promise<string | null> => {
      await molva.page.goto(`${molva.dashboard}/analytics?days=90`);
      return molva.page.locator('main > p > a').first().textContent();
    };
    await expect.poll(total, { timeout: 60_000, interval: 700 }).toContain(String(POSTS.length));
  });

  it('says on hover what a bar is, and leads from it to its posts', async () => {
    const { page } = molva;
    await page.setViewportSize({ width: 1280, height: 900 });
    const bar = page.locator('#tone svg.columns a:has(.negative)').first();
    await bar.hover();
    const words = (await page.locator('.shown-value').textContent()) ?? '';
    const posts = Number(/(\d+)$/.exec(words)?.[1]);
    expect(posts).toBeGreaterThan(0);
    await bar.click();
    await page.waitForURL('**/mentions?**tone=negative**');
    expect(await page.locator('article.mention').count()).toBe(posts);
    await page.goBack();
    await page.locator('#tone details summary').click();
    await page.locator('#tone table a').first().waitFor();
  });

  it('brings what takes a while once it is looked at', async () => {
    const { page } = molva;
    // At once: what is scrolled to is put anew as soon as it comes.
    await page.locator('#phrases').evaluate((block) => block.scrollIntoView());
    await page.locator('#phrases:not([data-late])').waitFor();
    expect(await page.locator('#phrases h2').textContent()).toContain('О чём говорят');
  });

  it('gives each block away as a table and as a picture', async () => {
    const { page, dashboard } = molva;
    for (const [kind, beginning] of [
      ['csv', '\uFEFF'],
      ['xlsx', 'PK'],
      ['svg', '<svg'],
      ['png', '\uFFFDPNG'],
    ] as const) {
      const res = await page.request.get(`${dashboard}/analytics/tone.${kind}?days=90`);
      expect(res.status(), kind).toBe(200);
      expect((await res.body()).toString('utf8').startsWith(beginning), kind).toBe(true);
    }
  });

  it('is asked anew by its form, and every state is an address', async () => {
    const { page, dashboard } = molva;
    await page.goto(`${dashboard}/analytics`);
    await page.getByRole('link', { name: '7 дней' }).click();
    await page.waitForURL('**days=7**');
    await page.getByLabel('Сравнить').selectOption('none');
    await page.getByRole('button', { name: 'Показать' }).first().click();
    await page.waitForURL('**with=none**');
    expect(new URL(page.url()).searchParams.get('days')).toBe('7');
    expect(await page.getByLabel('Сравнить').inputValue()).toBe('none');
  });

  it.each([
    ['ru', 1280, 'light'],
    ['ru', 320, 'dark'],
    ['en', 1280, 'dark'],
    ['en', 320, 'light'],
  ] as const)('can be read in %s at %i pixels, %s', async (language, width, colorScheme) => {
    const { page, dashboard } = molva;
    await speak(language);
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${dashboard}/analytics?days=90&topic=romashka`);
    // At once: what is scrolled to is put anew as soon as it comes.
    await page.locator('#phrases').evaluate((block) => block.scrollIntoView());
    await page.locator('#phrases:not([data-late])').waitFor();
    for (const summary of await page.locator('.block details > summary').all()) await summary.click();
    await expectNoScrollingSideways(page);
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: null });
  });

  it('makes the browser complain of nothing', () => {
    expect(molva.complaints).toEqual([]);
  });
});
