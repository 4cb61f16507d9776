import { beforeAll, expect, it } from 'vitest';
import { rss } from '../jobs/local-sites.ts';
import { describeInBrowser, LIMIT_MS, useMolva } from './in-browser.ts';
import { expectAccessible, expectNoScrollingSideways } from './page-checks.ts';
import { addTopic, watchSite } from './steps.ts';

const OLD = ['Ромашка проводит показ, выставка открыта', 'Ромашка закрыла магазин'];
const NEW = 'Ромашка: чайник взорвался, верните деньги';

const pages = {
  '/': '<html><head><title>Городской блог</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body></body></html>',
  '/feed.xml': rss('Городской блог', OLD),
};

const molva = useMolva(pages);

/** Where to put pictures of the pages; '' for none. */
const pictures = process.env.MOLVA_PICTURES ?? '';

async function picture(name: string): Promise<void> {
  if (pictures === '') return;
  for (const width of [1280, 400]) {
    await molva.page.setViewportSize({ width, height: 900 });
    await molva.page.screenshot({ path: `${pictures}/${name}-${width}.png`, fullPage: true });
  }
  await molva.page.setViewportSize({ width: 1280, height: 900 });
}

describeInBrowser('an alert that a person makes in a browser', () => {
  beforeAll(async () => {
    await addTopic(molva, { key: 'romashka', name: 'Ромашка', query: 'ромашка' });
    await watchSite(molva);
  }, LIMIT_MS);

  it('begins with a cause to choose, and says what is wrong', async () => {
    const { page, dashboard } = molva;
    const mentions = async (): Promise<number> => {
      await page.goto(`${dashboard}/mentions`);
      return page.locator('article.mention').count();
    };
    await expect.poll(mentions, { timeout: 60_000, interval: 700 }).toBe(2);
    await page.goto(`${dashboard}/alerts`);
    await expectAccessible(page);
    await picture('alerts-empty');
    await page.getByRole('link', { name: 'Пост по условию' }).click();
    await page.getByLabel('Название').fill('Чайники');
    await page.getByLabel('Условие').fill('чайник AND (');
    await page.getByRole('button', { name: 'Сохранить' }).click();
    expect(await page.getByRole('alert').textContent()).toMatch(/Условие не читается/);
    await expectAccessible(page);
  });

  it('is rehearsed before it is saved', async () => {
    const { page } = molva;
    await page.getByLabel('Условие').fill('выставка OR чайник');
    await page.getByRole('button', { name: 'Проверить на прошлом' }).click();
    const rehearsed = page.locator('#rehearsed');
    expect(await rehearsed.textContent()).toContain('Это разбудило бы вас: 1 раз.');
    expect(await rehearsed.textContent()).toContain('Ромашка проводит показ');
    await expectAccessible(page);
    await picture('alerts-rehearsed');
  });

  it('tells of what is found once it is saved, and somebody takes it', async () => {
    const { page, dashboard } = molva;
    await page.getByRole('button', { name: 'Сохранить' }).click();
    await page.getByText('Оповещение сохранено').waitFor();
    pages['/feed.xml'] = rss('Городской блог', [...OLD, NEW]);
    await page.goto(`${dashboard}/sources`);
    await page.getByRole('link', { name: 'Городской блог' }).click();
    await page.getByRole('button', { name: 'Прочитать сейчас' }).click();
    const open = async (): Promise<number> => {
      await page.goto(`${dashboard}/alerts`);
      return page.getByRole('button', { name: 'Я займусь' }).count();
    };
    await expect.poll(open, { timeout: 90_000, interval: 1000 }).toBe(1);
    await expectAccessible(page);
    await picture('alerts-open');
    await page.getByRole('button', { name: 'Я займусь' }).click();
    await page.getByText('Занимается maria@romashka.example').waitFor();
    await expectAccessible(page);
    await picture('alerts-incident');
  });

  it('of a spike shows the series with what is usual', async () => {
    const { page, dashboard } = molva;
    await page.goto(`${dashboard}/alerts?kind=spike`);
    await page.getByLabel('Название').fill('Всплески');
    await page.getByRole('button', { name: 'Сохранить' }).click();
    await page.getByText('14 дней по часам').first().waitFor();
    await expectAccessible(page);
    await picture('alerts-spike');
  });

  it.each([1280, 400])('needs no scrolling sideways at %i pixels', async (width) => {
    const { page, dashboard } = molva;
    await page.setViewportSize({ width, height: 900 });
    for (const path of ['/alerts', '/alerts?kind=spike', '/alerts/vspleski', '/alerts/incidents/1']) {
      await page.goto(`${dashboard}${path}`);
      await expectNoScrollingSideways(page);
    }
  });

  it('makes the browser complain of nothing but the form that was refused', () => {
    expect(molva.complaints).toEqual([expect.stringContaining('status of 400')]);
  });
});
