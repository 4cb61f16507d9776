import { beforeAll, expect, it } from 'vitest';
import { rss } from '../jobs/local-sites.ts';
import { describeInBrowser, LIMIT_MS, useMolva } from './in-browser.ts';
import { expectAccessible, expectNoScrollingSideways } from './page-checks.ts';
import { addTopic, watchSite } from './steps.ts';

const OLD = ['Ромашка проводит показ, выставка открыта', 'Ромашка закрыла магазин'];
const NEW = 'Ромашка: выставка картин, приходите';

const pages = {
  '/': '<html><head><title>Городской блог</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body></body></html>',
  '/feed.xml': rss('Городской блог', OLD),
};

const molva = useMolva(pages);

/** Reloads until so many cards are there. */
async function expectCards(path: string, count: number): Promise<void> {
  const { page, dashboard } = molva;
  const cards = async (): Promise<number> => {
    await page.goto(`${dashboard}${path}`);
    return page.locator('article.mention').count();
  };
  await expect.poll(cards, { timeout: 60_000, interval: 700 }).toBe(count);
}

describeInBrowser('a rule that a person makes in a browser', () => {
  beforeAll(async () => {
    await addTopic(molva, { key: 'romashka', name: 'Ромашка', query: 'ромашка' });
    await watchSite(molva);
  }, LIMIT_MS);

  it('names the place of a mistake, and keeps what was typed', async () => {
    const { page, dashboard } = molva;
    await expectCards('/mentions', 2);
    await page.goto(`${dashboard}/rules`);
    await expectAccessible(page);
    await page.getByLabel('Название').fill('Выставки');
    await page.getByLabel('Ключ').fill('exhibitions');
    await page.getByLabel('Условие').fill('выставка NEAR/5 (картина OR показ');
    await page.getByLabel('Добавить метки').fill('событие');
    await page.getByLabel('Важность').selectOption('low');
    await page.getByLabel('Спрятать в корзину').check();
    await page.getByRole('button', { name: 'Примерить на прошлое' }).click();
    expect(await page.getByRole('alert').textContent()).toMatch(/Скобка не закрыта/);
    expect(await page.getByLabel('Добавить метки').inputValue()).toBe('событие');
    await expectAccessible(page);
  });

  it('is tried on the past first, and changes nothing by that', async () => {
    const { page } = molva;
    await page.getByLabel('Условие').fill('выставка');
    await page.getByRole('button', { name: 'Примерить на прошлое' }).click();
    const tried = page.locator('#tried');
    expect(await tried.textContent()).toContain('Просмотрено упоминаний: 2 из 2. Подошло 1, изменилось бы 1');
    expect(await tried.textContent()).toContain('Важность: обычная → низкая');
    await expectAccessible(page);
    await expectCards('/mentions', 2);
  });

  it('acts on what is found once it is saved: tagged, and in the basket with the reason', async () => {
    const { page, dashboard } = molva;
    await page.goto(`${dashboard}/rules`);
    await page.getByLabel('Название').fill('Выставки');
    await page.getByLabel('Ключ').fill('exhibitions');
    await page.getByLabel('Условие').fill('выставка');
    await page.getByLabel('Добавить метки').fill('событие');
    await page.getByLabel('Спрятать в корзину').check();
    await page.getByRole('button', { name: 'Сохранить' }).click();
    await page.getByText('Правило сохранено').waitFor();
    pages['/feed.xml'] = rss('Городской блог', [...OLD, NEW]);
    await page.goto(`${dashboard}/sources`);
    await page.getByRole('link', { name: 'Городской блог' }).click();
    await page.getByRole('button', { name: 'Прочитать сейчас' }).click();
    const rows = async (): Promise<string> => {
      await page.goto(`${dashboard}/basket`);
      return (
        (await page
          .locator('tbody')
          .textContent()
          .catch(() => '')) ?? ''
      );
    };
    const lines = async (): Promise<number> => {
      await page.goto(`${dashboard}/basket`);
      return page.locator('tbody tr').count();
    };
    await expect.poll(lines, { timeout: 60_000, interval: 500 }).toBe(1);
    expect(await rows()).toContain('выставка картин');
    expect(await rows()).toContain('правило «Выставки»');
    await expectAccessible(page);
    await expectCards('/mentions', 2);
  });

  it('gives a mention back, which is then in the lists with its tag, and says why', async () => {
    const { page } = molva;
    await page.goto(`${molva.dashboard}/basket`);
    await page.locator('tbody').getByRole('button', { name: 'Вернуть' }).click();
    await page.getByText('Корзина пуста').waitFor();
    await expectCards('/mentions', 3);
    const card = page.locator('article.mention', { hasText: 'картин' });
    expect(await card.locator('.tag').textContent()).toBe('событие');
    await card.getByRole('link').first().click();
    await page.getByText('Кто решил').click();
    expect(await page.locator('main').textContent()).toContain('правило «Выставки»');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Что сказали правила' }).click();
    expect(await page.locator('main').textContent()).toContain('иначе решил maria@romashka.example');
    await expectAccessible(page);
  });

  it('is applied to the past on request, and the run is undone', async () => {
    const { page, dashboard } = molva;
    await page.goto(`${dashboard}/rules/exhibitions`);
    await page.getByRole('button', { name: 'Применить' }).click();
    const state = async (): Promise<string> => {
      await page.goto(`${dashboard}/rules/exhibitions`);
      return (await page.locator('#runs + table tbody tr').first().textContent()) ?? '';
    };
    await expect.poll(state, { timeout: 60_000, interval: 500 }).toMatch(/3 из 3.*закончен/s);
    await expectCards('/mentions', 2);
    await page.goto(`${dashboard}/rules/exhibitions`);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Отменить проход' }).click();
    await expect.poll(state, { timeout: 60_000, interval: 500 }).toMatch(/отменён/);
    await expectCards('/mentions', 3);
  });

  it.each([1280, 400])('needs no scrolling sideways at %i pixels', async (width) => {
    const { page, dashboard } = molva;
    await page.setViewportSize({ width, height: 900 });
    for (const path of ['/rules', '/rules/exhibitions', '/basket', '/mentions']) {
      await page.goto(`${dashboard}${path}`);
      await expectNoScrollingSideways(page);
    }
  });

  it('makes the browser complain of nothing but the form that was refused', () => {
    expect(molva.complaints).toEqual([expect.stringContaining('status of 400')]);
  });
});
