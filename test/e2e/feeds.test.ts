import { beforeAll, expect, it } from 'vitest';
import type { UserId } from '../../src/model/ids.ts';
import { addSavedView } from '../../src/store/saved-views.ts';
import { setUserPreferences } from '../../src/store/users.ts';
import { makeUser, NOW, visitAs } from '../dashboards/dashboard.ts';
import { seedStory } from '../dashboards/seed.ts';
import { describeInBrowser, LIMIT_MS, useBrowser } from './in-browser.ts';
import { expectAccessible, expectNoScrollingSideways } from './page-checks.ts';
import { useServedDashboard } from './served-dashboard.ts';

describeInBrowser('the page of feeds and links', () => {
  const opened = useBrowser();
  const served = useServedDashboard();
  let user: UserId;
  beforeAll(async () => {
    const { dashboard } = served;
    await seedStory(dashboard.db, 'plain', (field) => `some ${field} here`);
    const pr = await makeUser(dashboard, 'pr');
    user = pr.id;
    const address = '/mentions?q=some&tone=negative';
    await addSavedView(dashboard.db, { ownerId: user, name: 'Жалобы недели', address, isShared: true }, NOW);
    await served.enter(opened.context, await visitAs(dashboard, pr));
  }, LIMIT_MS);

  it.each([
    ['ru', 1280, 'light'],
    ['en', 320, 'dark'],
  ] as const)('makes addresses and revokes them, in %s on %i px', async (language, width, colorScheme) => {
    const { page } = opened;
    const { dashboard, address: base } = served;
    await setUserPreferences(dashboard.db, user, language, 'Europe/Moscow');
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await page.goto(`${base}/feeds`);
    await page.getByRole('button', { name: language === 'ru' ? 'Сделать ленту' : 'Make a feed' }).click();
    const address = (await page.getByRole('status').locator('code').first().textContent())!;
    expect(new URL(address).pathname).toMatch(/^\/feeds\/[\w-]{43}\.rss$/);
    await expectAccessible(page);
    await expectNoScrollingSideways(page);
    const feed = await page.request.get(`${base}${new URL(address).pathname}`);
    expect(await feed.text()).toContain('<title>Жалобы недели</title>');
    await page
      .getByRole('button', { name: language === 'ru' ? 'Отозвать' : 'Revoke' })
      .first()
      .click();
    await page.waitForURL('**/feeds?done=1');
    expect((await page.request.get(`${base}${new URL(address).pathname}`)).status()).toBe(404);
    expect(opened.complaints).toEqual([]);
  });
});
