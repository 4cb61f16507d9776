import type { Page } from 'playwright';
import type { InBrowser } from './in-browser.ts';

/** On the page of topics. */
export async function addTopic(
  { page, dashboard }: InBrowser,
  { key, name, query }: { key: string; name: string; query: string },
): Promise<void> {
  await page.goto(`${dashboard}/topics`);
  await page.getByLabel('Ключ').fill(key);
  await page.getByLabel('Название').fill(name);
  await page.getByLabel('Запрос').fill(query);
  await page.locator('#form button.primary').click();
  await page.waitForURL('**/topics?done=1');
}

/** The site of the test, by pasting its address. */
export async function watchSite({ page, dashboard, site }: InBrowser): Promise<void> {
  await page.goto(`${dashboard}/sources`);
  await page.getByLabel('Адрес сайта').fill(site.address);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Следить' }).first().click();
  await page.waitForURL('**?done=1&what=added');
}

/** A key by which a page is worked, pressed once the page listens to keys: one that is pressed before is lost. */
export async function pressKey(page: Page, key: string): Promise<void> {
  await page.locator('html[data-keys]').waitFor({ state: 'attached' });
  await page.keyboard.press(key);
}
