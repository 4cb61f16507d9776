import { expect, it } from 'vitest';
import { rss } from '../jobs/local-sites.ts';
import { describeInBrowser, useMolva } from './in-browser.ts';
import { expectAccessible, expectNoScrollingSideways } from './page-checks.ts';
import { addTopic, pressKey, watchSite } from './steps.ts';

/** Rare names, so that a name alone is worth a question. */
const PEOPLE = [
  'Ветрогонова Аглая',
  'Замятнин Евсей',
  'Пустовалова Лукерья',
  'Чернобаев Фрол',
  'Тихомолова Ульяна',
  'Белоглазов Тарас',
  'Скворешникова Фаина',
  'Долгополов Прохор',
  'Краснощёкова Зоя',
  'Мухортов Савва',
];
const COMPLAINT = 'Ромашка обманула меня, верните деньги! Третью неделю не отвечают на претензию';
const CSV = [
  'Номер;Фамилия Имя;Почта;Город',
  ...PEOPLE.map((name, at) => `C-${at};${name};person${at}@pochta.example;Тверь`),
  'C-90;Без Почты;это не почта;Тверь',
  ';Безымянный;x@pochta.example;',
].join('\n');

const feed = rss(
  'Городской блог',
  PEOPLE.map((_name, at) => `${COMPLAINT} ${'!'.repeat(at)}`),
);
const PAGES = {
  '/': '<html><head><title>Городской блог</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body></body></html>',
  '/feed.xml': PEOPLE.reduce(
    (text, name) => text.replace('<author>Anna</author>', `<dc:creator>${name}</dc:creator>`),
    feed.replace('<rss version="2.0">', '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'),
  ),
};

const molva = useMolva(PAGES);

describeInBrowser('the register of customers', () => {
  it('is filled from a file whose mistakes are told line by line', async () => {
    const { page, dashboard } = molva;
    await page.goto(`${dashboard}/customers/import`);
    await page
      .getByLabel('Файл CSV, XLSX, JSONL или vCard')
      .setInputFiles({ name: 'клиенты.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) });
    await page.getByRole('button', { name: 'Прочитать файл' }).click();
    await page.getByRole('button', { name: 'Проверить, ничего не записывая' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Проверить, ничего не записывая' }).click();
    await page.getByText('один из адресов почты записан неверно').first().waitFor();
    await expectAccessible(page);
    await expectNoScrollingSideways(page);
    await page.locator('form button.primary').last().click();
    await expect
      .poll(
        async () => {
          await page.goto(`${dashboard}/customers`);
          return page.locator('main').innerText();
        },
        { timeout: 60_000, interval: 700 },
      )
      .toContain('11 клиентов');
  });

  it('raises questions about who writes, which are answered by the keyboard and taken back', async () => {
    const { page, dashboard } = molva;
    await addTopic(molva, { key: 'romashka', name: 'Ромашка', query: 'Ромашка' });
    await watchSite(molva);
    const left = async (): Promise<string> => {
      await page.goto(`${dashboard}/review`);
      return page.locator('h1').innerText();
    };
    await expect.poll(left, { timeout: 120_000, interval: 1000 }).toBe('Кто это? Осталось 10');
    await expectAccessible(page);
    const asked = async (): Promise<string> => page.locator('.author h2').innerText();
    const first = await asked();
    await pressKey(page, 'Digit1');
    await page.getByText('Решение записано.').waitFor();
    expect(await page.locator('h1').innerText()).toBe('Кто это? Осталось 9');
    await pressKey(page, 'KeyU');
    await page.getByText('Решение отменено.').waitFor();
    expect([await asked(), await page.locator('h1').innerText()]).toEqual([first, 'Кто это? Осталось 10']);
    for (let at = 10; at > 0; at -= 1) {
      expect(await page.locator('h1').innerText()).toBe(`Кто это? Осталось ${at}`);
      await pressKey(page, 'Digit1');
      await page.getByText('Решение записано.').waitFor();
    }
    await page.getByText('Вопросов нет.').waitFor();
  });

  it('opens the cases of those who were recognised', async () => {
    const { page, dashboard } = molva;
    const cases = async (): Promise<number> => {
      await page.goto(`${dashboard}/cases`);
      // The first answer was taken back: its case was withdrawn.
      return page.locator('tbody tr', { hasNotText: 'отозвано' }).count();
    };
    await expect.poll(cases, { timeout: 60_000, interval: 700 }).toBe(10);
  });

  it('forgets a person who asks, everywhere', async () => {
    const { page, dashboard } = molva;
    const name = 'Ветрогонова Аглая';
    await page.goto(`${dashboard}/customers?q=person0@pochta.example`);
    await page.getByRole('link', { name }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Стереть этого человека…' }).click();
    await expectAccessible(page);
    await page.getByLabel(/впишите номер клиента/).fill('C-0');
    await page.getByRole('button', { name: 'Стереть навсегда' }).click();
    await page.getByText('Человек стёрт').waitFor();
    for (const path of ['/customers', '/mentions', '/cases', '/today', '/audit', '/deliveries', '/review']) {
      await page.goto(`${dashboard}${path}`);
      expect(await page.locator('main').innerText(), path).not.toContain('Ветрогонова');
    }
    await page.goto(`${dashboard}/cases`);
    expect(await page.locator('tbody tr', { hasNotText: 'отозвано' }).count()).toBe(9);
  });

  it('makes the browser complain of nothing', () => {
    expect(molva.complaints).toEqual([]);
  });
});
