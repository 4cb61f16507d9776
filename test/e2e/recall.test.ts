import { beforeAll, expect, it } from 'vitest';
import { rss } from '../jobs/local-sites.ts';
import { describeInBrowser, LIMIT_MS, useMolva } from './in-browser.ts';
import { expectAccessible, expectNoScrollingSideways } from './page-checks.ts';
import { addTopic } from './steps.ts';

const BLOG = {
  '/': '<html><head><title>Чайный блог</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body></body></html>',
  '/feed.xml': rss('Чайный блог', ['Первая чашка', 'Самовар из магазина Василёк']).replaceAll(
    'https://blog.example/',
    '/',
  ),
  '/1': `<html lang="ru"><head><title>Самовар</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body><article><h1>Самовар из магазина Василёк</h1>
    <p>Самовар из магазина Василёк протёк на второй день, а деньги за него не возвращают уже месяц. Очень жаль.</p></article></body></html>`,
};

const molva = useMolva(BLOG);

async function changeTopic(key: string, query: string): Promise<void> {
  const { page, dashboard } = molva;
  await page.goto(`${dashboard}/topics?edit=${key}`);
  await page.getByLabel('Запрос').fill(query);
  await page.locator('#form button.primary').click();
  await page.waitForURL('**/topics?done=1');
}

async function report(address: string): Promise<void> {
  const { page, dashboard } = molva;
  await page.goto(`${dashboard}/recall`);
  await page.getByLabel('Адрес публикации').first().fill(address);
  await page.getByRole('button', { name: 'Выяснить причину' }).click();
  await page.waitForURL('**/recall/*?done=1&what=reported');
}

describeInBrowser('a missed post that a person reports in a browser', () => {
  beforeAll(async () => {
    await addTopic(molva, { key: 'vasilek', name: 'Василёк', query: 'василёк AND (кофейник OR чайник)' });
  }, LIMIT_MS);

  it('has no source, is told so, and its place is watched with two presses', async () => {
    const { page } = molva;
    await report(`${molva.site.address}/1`);
    const verdict = page.locator('#verdict');
    await verdict.getByRole('heading', { name: 'Причина: нет источника' }).waitFor();
    expect(await page.locator('.step.failed').first().textContent()).toContain('Ни один источник не следит');
    await expectAccessible(page);
    await verdict.getByRole('button', { name: 'Следить за этим местом' }).click();
    await page.waitForURL('**/sources/find');
    await page.getByRole('button', { name: 'Следить' }).first().click();
    await page.waitForURL('**?done=1&what=added');
    const count = async (): Promise<number> => {
      await page.reload();
      return page.locator('article.mention').count();
    };
    await expect.poll(count, { timeout: 40_000, interval: 1000 }).toBe(2);
  });

  it('is then missed by a query that is too narrow, and the words that it lacks are named', async () => {
    const { page } = molva;
    await report(`${molva.site.address}/1`);
    await page.getByRole('heading', { name: 'Причина: запрос слишком узкий' }).waitFor();
    expect(await page.locator('.step.failed').textContent()).toContain('нет ничего из: (кофейник OR чайник)');
    expect(await page.locator('dl.facts').last().textContent()).toContain('сообщили раз: 2');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Сохранить текст примером и открыть тему' }).click();
    await page.getByLabel('Запрос').first().waitFor();
  });

  it('is caught once the query is widened, and closes its entry when it is looked at again', async () => {
    const { page, dashboard } = molva;
    await changeTopic('vasilek', 'василёк AND (кофейник OR чайник OR самовар)');
    await page.goto(`${dashboard}/recall?state=all`);
    await page.locator('#ledger td a').first().click();
    const again = async (): Promise<string> => {
      const button = page.getByRole('button', { name: 'Проверить ещё раз' });
      if (await button.isVisible()) await button.click();
      else await page.reload();
      return (await page.locator('main').textContent()) ?? '';
    };
    await expect.poll(again, { timeout: 60_000, interval: 1000 }).toContain('публикация найдена');
    expect(await page.locator('.step.failed').count()).toBe(0);
    await page.getByRole('link', { name: 'Открыть публикацию' }).click();
    await page.waitForURL('**/mentions/*');
    await page.goto(`${dashboard}/recall?state=fixed`);
    expect(await page.locator('#ledger table').textContent()).toContain('исправлен');
  });

  it('tells beside the form what is wrong with what was pasted', async () => {
    const { page, dashboard } = molva;
    await page.goto(`${dashboard}/recall`);
    await page.getByLabel('Адрес публикации').first().fill('javascript:alert(1)');
    await page.getByRole('button', { name: 'Выяснить причину' }).click();
    await page.getByText('Это не похоже на адрес страницы').waitFor();
    expect(await page.getByLabel('Адрес публикации').first().inputValue()).toBe('javascript:alert(1)');
  });

  it('plants a post that is waited for', async () => {
    const { page } = molva;
    await page.locator('#canaries summary').click();
    await page.locator('#canaries').getByLabel('Адрес публикации').fill(`${molva.site.address}/2`);
    await page.getByRole('button', { name: 'Задать публикацию' }).click();
    await page.locator('#canaries').getByText('ждём до').waitFor();
    await expectAccessible(page);
  });

  it.each([1280, 400])('needs no scrolling sideways at %i pixels', async (width) => {
    const { page, dashboard } = molva;
    await page.setViewportSize({ width, height: 900 });
    for (const path of ['/recall?state=all', '/recall/1']) {
      await page.goto(`${dashboard}${path}`);
      await expectNoScrollingSideways(page);
    }
  });

  it('makes the browser complain of nothing', () => {
    // A refused form answers 400, which browsers write down.
    expect(molva.complaints.filter((one) => !one.includes('400'))).toEqual([]);
  });
});
