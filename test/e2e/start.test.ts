import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TextKey, translator } from '../../dashboards/texts.ts';
import { rss } from '../jobs/local-sites.ts';
import { handsOf, WAYS } from './hands.ts';
import {
  describeInBrowser,
  LIMIT_MS,
  type StartedMolva,
  startMolvaOn,
  useBrowser,
  useMolva,
} from './in-browser.ts';
import { expectAccessible, expectNoScrollingSideways } from './page-checks.ts';

const front = (name: string) =>
  `<html><head><title>${name}</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body></body></html>`;
const RUSSIAN = {
  '/': front('Городской блог'),
  '/feed.xml': rss('Городской блог', [
    'Магазин Ромашка третью неделю не возвращает деньги за заказ, верните!',
    'В магазине Ромашка на Ленина новая касса, цены и скидки на товар',
    'Погода на выходные',
  ]),
};
const ENGLISH = {
  '/': front('Town blog'),
  '/feed.xml': rss('Town blog', [
    'Tinkerbank lost my card again',
    'Rain on Sunday',
    'Tinkerbank opens a branch',
  ]),
};

async function expectWell(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectNoScrollingSideways(page);
}

const molva = useMolva(RUSSIAN);

describeInBrowser('the first steps by mouse, in Russian', () => {
  it('begin after the first administrator’s password, with the brand', async () => {
    const { page } = molva;
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(new URL(page.url()).pathname).toBe('/start/brand');
    await page.getByText('Первые шаги: 1 из 5').waitFor();
    await expectWell(page);
    await page.getByLabel('Название бренда').fill('Ромашка');
    await page.getByLabel('Что это, одним словом').fill('магазин');
    await page.getByRole('button', { name: 'Предложить написания' }).click();
    await page.getByRole('heading', { name: 'Как найти «Ромашка»' }).waitFor();
    expect(await page.getByLabel('Не считать упоминанием').isChecked()).toBe(true);
    await expectWell(page);
    await page.getByRole('button', { name: 'Следить за «Ромашка»' }).click();
    await page.getByText('Тема сохранена').waitFor();
  });

  it('go on to sources: proposed ones, and one’s own with a look at what it would bring', async () => {
    const { page, site } = molva;
    await page.getByText('Первые шаги: 2 из 5').waitFor();
    expect(await page.getByLabel('Чем вы заняты').inputValue()).toBe('shop');
    await expectWell(page);
    await page.getByLabel('Адрес сайта').fill(site.address);
    await page.getByRole('button', { name: 'Найти' }).click();
    await page.getByRole('heading', { name: 'Что будет собрано: Городской блог' }).waitFor();
    await page.getByRole('button', { name: 'Следить' }).first().click();
    await page.waitForURL('**/start/sources?done=1&what=added');
    await page.getByRole('link', { name: 'Городской блог' }).waitFor();
    await page.getByRole('link', { name: 'Дальше' }).click();
  });

  it('can be skipped, and keep the digest as it was set', async () => {
    const { page } = molva;
    await page.getByRole('heading', { name: 'Ваши клиенты' }).waitFor();
    await expectWell(page);
    await page.getByRole('link', { name: 'Пропустить' }).click();
    await page.getByLabel('Во сколько').fill('08:15');
    await expectWell(page);
    await page.getByRole('button', { name: 'Получать дайджест' }).click();
    await page.waitForURL('**/start/digest?done=1');
    expect(await page.getByLabel('Во сколько').inputValue()).toBe('08:15');
    await page.getByRole('link', { name: 'Дальше' }).click();
  });

  it('end with the first mentions, which come by themselves', async () => {
    const { page, dashboard, complaints } = molva;
    await page.locator('#look-cards article').first().waitFor({ timeout: 120_000 });
    expect(await page.locator('#look-cards').textContent()).toContain('Ромашка');
    await page.getByText('Прочитаны все источники: 1').waitFor();
    await expectWell(page);
    await page.goto(`${dashboard}/today`);
    await page.getByText('Ещё не настроено').waitFor();
    expect(await page.locator('.reminder .quick a').allTextContents()).toEqual(['Клиенты']);
    await expectWell(page);
    await page.getByRole('button', { name: 'Больше не напоминать' }).click();
    await page.waitForURL('**/today');
    expect(await page.locator('.reminder').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('can be gone through without scripts', async () => {
    const { context, dashboard } = molva;
    const browser = context.browser();
    const plain = await browser!.newContext({ javaScriptEnabled: false, locale: 'ru-RU' });
    await plain.addCookies(await context.cookies());
    const page = await plain.newPage();
    await page.goto(`${dashboard}/start/brand?name=${encodeURIComponent('Василёк')}`);
    await page.getByRole('button', { name: 'Пересчитать' }).click();
    await page.getByText(/Найдено в собранном: \d/).waitFor();
    await page.getByRole('button', { name: 'Следить за «Василёк»' }).click();
    await page.waitForURL('**/start/sources?done=1&what=topic');
    const opml = '<opml version="2.0"><body><outline text="Дом" xmlUrl="http://10.0.0.1/f"/></body></opml>';
    await page.getByLabel('Или вставьте его текст').fill(opml);
    await page.getByRole('button', { name: 'Добавить все' }).click();
    await page.getByText('адрес внутренней сети').waitFor();
    await page.getByRole('link', { name: 'К первым шагам' }).click();
    await page.goto(`${dashboard}/start/look`);
    expect(await page.locator('#look-cards article').count()).toBeGreaterThan(0);
    await plain.close();
  });
});

const BRANDS = { ru: 'Ромашка', en: 'Tinkerbank' } as const;

// The first way is gone above, step by step.
for (const [language, width, by] of WAYS.slice(1))
  describeInBrowser(`the first steps in ${language} at ${width} pixels by ${by}`, () => {
    const opened = useBrowser({ locale: language === 'ru' ? 'ru-RU' : 'en-GB', width });
    const t = translator(language);
    const brand = BRANDS[language];
    let started: StartedMolva;
    beforeAll(async () => {
      started = await startMolvaOn(language === 'ru' ? RUSSIAN : ENGLISH);
    }, LIMIT_MS);
    afterAll(() => started?.stop(), LIMIT_MS);

    it('lead from the link to the first mention', async () => {
      const { page, complaints } = opened;
      const hands = handsOf(page, by);
      const type = (label: TextKey, text: string) =>
        hands.type(page.getByLabel(t(label), { exact: true }), text);
      const press = (words: string) => hands.press(page.getByRole('button', { name: words }).first());
      const follow = (words: string) => hands.press(page.getByRole('link', { name: words }));
      await page.goto(started.link);
      await type('setup.name', 'Mary');
      await type('login.email', 'mary@tinkerbank.example');
      await type('setup.password', 'a long enough password');
      await press(t('setup.submit'));
      await page.waitForURL('**/start/brand');
      await expectWell(page);
      await type('start.brand.name', brand);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/start/brand?name=**');
      await expectWell(page);
      await press(t('start.brand.save', { name: brand }));
      await page.waitForURL('**/start/sources?done=1&what=topic');
      await expectWell(page);
      await type('source.address', started.site.address);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/sources/find');
      await press(t('source.watch'));
      await page.waitForURL('**/start/sources?done=1&what=added');
      await follow(t('start.next'));
      await page.waitForURL('**/start/customers');
      await expectWell(page);
      await follow(`${t('start.skip')} →`);
      await page.waitForURL('**/start/digest');
      await expectWell(page);
      await press(t('start.digest.save'));
      await page.waitForURL('**/start/digest?done=1');
      await follow(t('start.next'));
      await page.waitForURL('**/start/look');
      const mention = page.locator('#look-cards article a', { hasText: brand }).first();
      await mention.waitFor({ timeout: 120_000 });
      await expectWell(page);
      await hands.press(mention);
      await page.getByRole('heading', { name: new RegExp(brand), level: 1 }).waitFor();
      expect(new URL(page.url()).pathname).toMatch(/^\/mentions/);
      expect(complaints).toEqual([]);
    });
  });
