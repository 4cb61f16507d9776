import { mkdirSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import type { CustomerId } from '../../src/model/ids.ts';
import { LANGUAGES, type Language } from '../../src/model/user.ts';
import { seedCustomers } from '../dashboards/customer-world.ts';
import { makeUser, type Visitor, visitAs } from '../dashboards/dashboard.ts';
import { describeInBrowser, LIMIT_MS, useBrowser } from './in-browser.ts';
import { expectAccessible, expectNoScrollingSideways } from './page-checks.ts';
import { useServedDashboard } from './served-dashboard.ts';

const opened = useBrowser();
const served = useServedDashboard();
/** Where pictures of the pages go, for whoever wants to look at them. */
const PICTURES = process.env.MOLVA_PICTURES;

describeInBrowser('the card of a customer and the portfolio', () => {
  let anna: CustomerId;
  const visitors = {} as Record<Language, Visitor>;

  beforeAll(async () => {
    const { dashboard } = served;
    anna = await seedCustomers(dashboard);
    for (const language of LANGUAGES)
      visitors[language] = await visitAs(
        dashboard,
        await makeUser(dashboard, 'admin', { email: `${language}@example.com`, language }),
      );
  }, LIMIT_MS);

  const enter = (language: Language): Promise<void> => served.enter(opened.context, visitors[language]);

  const PATHS = () => [
    `/customers/${anna}`,
    '/portfolio',
    '/portfolio/at-risk',
    '/portfolio/tier?part=MVC',
    '/portfolio/quiet?part=delivery',
  ];

  it.each(
    LANGUAGES.flatMap((language) => [1280, 400].map((width) => [language, width] as const)),
  )('can be read in %s at %i pixels, light and dark', async (language, width) => {
    const { page } = opened;
    await enter(language);
    await page.setViewportSize({ width, height: 900 });
    for (const path of PATHS())
      for (const colorScheme of width === 1280 ? (['light', 'dark'] as const) : (['light'] as const)) {
        await page.emulateMedia({ colorScheme });
        expect((await page.goto(`${served.address}${path}`))!.status(), path).toBe(200);
        await expectAccessible(page);
        await expectNoScrollingSideways(page);
        if (!PICTURES) continue;
        mkdirSync(PICTURES, { recursive: true });
        await page.screenshot({
          path: `${PICTURES}/${path.replace(/\W+/g, '-')}-${language}-${width}-${colorScheme}.png`,
          fullPage: true,
        });
      }
  });

  it('filters the timeline, and comes back to it', async () => {
    const { page } = opened;
    await enter('ru');
    await page.goto(`${served.address}/customers/${anna}`);
    const all = await page.locator('.event').count();
    await page.getByRole('link', { name: /^публикации/ }).click();
    await page.waitForURL('**kind=mention**');
    expect(await page.locator('.event').count()).toBeLessThan(all);
    expect(await page.locator('.event:has(.tone.negative)').count()).toBe(2);
  });

  it('takes an interest away, and back', async () => {
    const { page } = opened;
    await enter('ru');
    await page.goto(`${served.address}/customers/${anna}`);
    await page.getByRole('button', { name: 'Убрать интерес: керамика' }).click();
    await page.getByRole('status').getByText('больше не будет выводиться').waitFor();
    expect(await page.locator('.interests').getByText('керамика').count()).toBe(0);
    await page.getByRole('button', { name: 'Вернуть' }).click();
    await page.locator('.interests').getByText('керамика').waitFor();
  });

  it('downloads a list and saves it as a segment', async () => {
    const { page } = opened;
    await enter('ru');
    await page.goto(`${served.address}/portfolio/at-risk`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Скачать CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^molva-at-risk-.*\.csv$/);
    await page.getByLabel('Имя сегмента').fill('под угрозой');
    await page.getByRole('button', { name: 'Сохранить как сегмент' }).click();
    await page.getByText('Сегмент «под угрозой» сохранён').waitFor();
  });

  it('makes the browser complain of nothing', () => {
    expect(opened.complaints).toEqual([]);
  });
});
