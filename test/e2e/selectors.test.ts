import { expect, it } from 'vitest';
import { describeInBrowser, useMolva } from './in-browser.ts';
import { expectAccessible, expectNoScrollingSideways } from './page-checks.ts';

const REVIEWS = ['Анна Ковалёва', 'Сергей', 'Ольга П.'].map(
  (
    name,
    at,
  ) => `<div class="otzyv"><a class="avtor" href="/u/${at}">${name}</a> <span class="kogda">2${at}.11.2026 1${at}:30</span>
    <h3><a href="/r/${at}">Чайник «Заря» ${at + 1}</a></h3><p class="slova">Чайник потёк через ${at + 2} недели, а в поддержке не берут трубку.</p></div>`,
);
const SHOP = {
  '/otzyvy': `<html><head><title>Отзывы о чайниках</title></head><body>${REVIEWS.join('\n')}</body></html>`,
};

const molva = useMolva(SHOP);

describeInBrowser('a source that a person tells by selectors in a browser', () => {
  it('begins with what repeats on a page that nothing else could read', async () => {
    const { page, dashboard } = molva;
    await page.goto(`${dashboard}/sources`);
    await page.getByLabel('Адрес сайта').fill(`${molva.site.address}/otzyvy`);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Свои селекторы' }).click();
    await page.getByText('Сообщений на странице: 3. Соберётся: 3.').waitFor();
    expect(await page.getByLabel('Одно сообщение').inputValue()).toBe('.otzyv');
    await expectAccessible(page);
  });

  it('says while it is typed where a selector is broken, and shows the items once it is mended, without asking the site again', async () => {
    const { page } = molva;
    const looks = molva.site.asked.filter((path) => path === '/otzyvy').length;
    const author = page.getByLabel('Автор', { exact: true });
    await author.fill('.avtor[');
    await page.getByText('Знак 8: в конце не хватает имени').waitFor();
    expect(await author.getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('#items').textContent()).toContain('автор неизвестен');
    await expectAccessible(page);
    await author.fill('.kto-to');
    await page.locator('#first-author').getByText('Ничего не находит.').waitFor();
    expect(await author.getAttribute('aria-invalid')).toBeNull();
    await author.fill('.avtor');
    await page.locator('#filled-author').getByText('3 из 3').waitFor();
    await page.locator('#items').getByText('Анна Ковалёва').waitFor();
    // Where one writes is not taken away by what is shown.
    expect(await author.evaluate((input) => input === input.ownerDocument.activeElement)).toBe(true);
    expect(molva.site.asked.filter((path) => path === '/otzyvy').length).toBe(looks);
  });

  it.each([1280, 420])('needs no scrolling sideways at %i pixels', async (width) => {
    const { page } = molva;
    await page.setViewportSize({ width, height: 900 });
    await expectNoScrollingSideways(page);
  });

  it('is watched with one press, and brings what was shown', async () => {
    const { page } = molva;
    await page.getByRole('button', { name: 'Следить' }).click();
    await page.waitForURL('**?done=1&what=added');
    const count = async (): Promise<number> => {
      await page.reload();
      return page.locator('article.mention').count();
    };
    await expect.poll(count, { timeout: 30_000, interval: 1000 }).toBe(3);
    expect(await page.locator('h1').textContent()).toBe('Отзывы о чайниках');
  });

  it('is shown as it is when its selectors are to be changed, and the browser has complained about nothing', async () => {
    const { page, complaints } = molva;
    await page.getByRole('link', { name: 'Изменить селекторы' }).click();
    await page.getByText('Соберётся: 3.').waitFor();
    await page.getByLabel('Заголовок').fill('');
    await page.getByRole('button', { name: 'Сохранить селекторы' }).click();
    await page.getByText('Селекторы сохранены').waitFor();
    expect(complaints).toEqual([]);
  });

  it('works without scripts', async () => {
    const { page, dashboard } = molva;
    const cookies = await page.context().cookies();
    const context = await page.context().browser()?.newContext({ javaScriptEnabled: false, locale: 'ru-RU' });
    await context?.addCookies(cookies);
    const plain = await context?.newPage();
    await plain?.goto(`${dashboard}/sources/new/selectors`);
    await plain?.getByLabel('Адрес страницы со списком').fill(`${molva.site.address}/otzyvy`);
    await plain?.keyboard.press('Enter');
    await plain?.getByLabel('Автор', { exact: true }).fill('h3');
    await plain?.getByRole('button', { name: 'Показать, что соберётся' }).click();
    expect(await plain?.locator('#first-author').textContent()).toContain('Чайник «Заря» 1');
    await context?.close();
  });
});
