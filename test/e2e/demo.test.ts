import type { Page } from 'playwright';
import { beforeAll, expect, it } from 'vitest';
import { useDemo } from './demo-process.ts';
import { describeInBrowser, signUp, useBrowser } from './in-browser.ts';
import { expectAccessible, expectNoScrollingSideways } from './page-checks.ts';

const WAIT_MS = 15_000;
const CUSTOMER = 'Анна Ковалёва';

const opened = useBrowser();
const demo = useDemo();
let page: Page;

async function expectAccessibleIn(colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  // A mail's frame lets no script in, not even the checker's, which would wait for it; it must have a name all the same.
  const nameless = await page.evaluate(
    `[...document.querySelectorAll('iframe')].map((frame) => (frame.remove(), frame.title)).filter((title) => title === '').length`,
  );
  expect(nameless).toBe(0);
  await expectAccessible(page);
}

async function menu(word: string): Promise<void> {
  const link = page.locator('nav.menu a', { hasText: word });
  const group = page.locator('nav.menu details:not([open])', { has: page.locator('a', { hasText: word }) });
  if ((await group.count()) > 0) await group.locator('summary').click();
  await link.click();
}

describeInBrowser('the demo in a browser', () => {
  const abroad: string[] = [];
  beforeAll(() => {
    page = opened.page;
    opened.context.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== '127.0.0.1') abroad.push(request.url());
    });
  });

  it('is entered by the one-time link, in Russian', async () => {
    await page.goto(demo.setup);
    await expectAccessibleIn('light');
    await signUp(page);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Сегодня');
    expect(await page.locator('html').getAttribute('lang')).toBe('ru');
    const again = await opened.context.request.get(demo.setup);
    expect(again.status()).toBe(410);
  });

  it('tells its story in time', () => demo.told());

  it('has opened a case for the known customer and handed it to the CRM', async () => {
    await menu('Сегодня');
    await page.getByRole('link', { name: CUSTOMER }).first().click();
    await page.waitForURL('**/cases/*');
    await page.getByRole('heading', { name: CUSTOMER }).waitFor();
    // The story ends with the first delivery; this one may be on its way, and a page does not change by itself.
    const state = async (): Promise<string | null> => {
      await page.reload();
      return page.locator('td .state').textContent();
    };
    await expect.poll(state, { timeout: WAIT_MS, interval: 500 }).toBe('доставлено');
    await page.getByLabel('Состояние').selectOption('in_work');
    await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
    await page.getByText('Сохранено.').waitFor();
    expect(await page.getByLabel('Состояние').inputValue()).toBe('in_work');
  });

  it('finds a word in another form, marks it, and filters by tone', async () => {
    await menu('Упоминания');
    const box = page.getByRole('searchbox', { name: 'Поиск по упоминаниям' });
    await box.fill('ромашкой');
    await box.press('Enter');
    await page.waitForURL('**q=**');
    const marks = await page.locator('.mention mark').allTextContents();
    expect(marks.length).toBeGreaterThan(5);
    for (const word of marks) expect(word).toMatch(/^Ромашк/i);
    const all = await page.locator('.found').textContent();
    await page.locator('.quick').getByRole('link', { name: 'негатив' }).click();
    await page.waitForURL('**tone=negative**');
    expect(await page.locator('.found').textContent()).not.toBe(all);
    expect(await page.locator('.mention .tone.negative').count()).toBeGreaterThanOrEqual(
      await page.locator('.mention').count(),
    );
    await page
      .locator('.facet', { has: page.locator('[name=tone]') })
      .locator('summary')
      .click();
    await page.locator('[name=tone][value=negative]').uncheck();
    await page.locator('[name=tone][value=positive]').check();
    await page.getByRole('button', { name: 'Применить' }).click();
    await page.waitForURL('**tone=positive**');
    expect(await page.locator('.mention').count()).toBeGreaterThan(0);
  });

  it('shows all of a customer in one place', async () => {
    await menu('Клиенты');
    await page.getByRole('searchbox').fill('Ковалёва');
    await page.getByRole('button', { name: 'Найти' }).click();
    await page.getByRole('link', { name: CUSTOMER }).click();
    await page.getByRole('heading', { level: 1, name: CUSTOMER }).waitFor();
    for (const heading of [
      'Публичные аккаунты',
      'Насколько ценен',
      'Что сейчас не так',
      'Что делать дальше',
      'Всё по порядку',
      'Жалобы и их причины',
      'Предпочтения и интересы',
      'Голос на публике',
    ])
      expect(await page.getByRole('heading', { level: 2, name: heading }).count(), heading).toBe(1);
    expect(await page.locator('.event').count()).toBeGreaterThan(0);
    expect(await page.locator('main').textContent()).toMatch(/₽/);
  });

  it('says in words what is wrong with a source', async () => {
    await menu('Источники');
    const text = await page.locator('main').textContent();
    expect(text).toContain('Страницы больше нет (ошибка 404)');
    expect(text).toContain('Лента не читается');
    expect(text).toContain('работает');
  });

  it('has brought the case to the CRM and the digest to the mailbox', async () => {
    await page.goto(demo.crm);
    await page.getByRole('heading', { name: CUSTOMER }).first().waitFor();
    expect(await page.locator('body').textContent()).toContain('подпись верна');
    await page.goto(demo.mailbox);
    const digest = page.frameLocator('iframe').first();
    await digest.getByText('Сводка за день').waitFor();
    await digest.getByText(CUSTOMER).first().waitFor();
  });

  it.each([
    'today',
    'mentions',
    'cases',
    'customers',
    'portfolio',
    'topics',
    'sources',
    'deliveries',
    'digests',
    'users',
    'audit',
    'settings',
  ])('is accessible in light and dark: %s', async (path) => {
    await page.goto(`${demo.dashboard}/${path}`);
    await expectAccessibleIn('light');
    await expectAccessibleIn('dark');
    const inner = page.locator(path === 'mentions' ? '.mention h3 a' : 'main td a[href^="/"]').first();
    if (['mentions', 'cases', 'customers', 'sources', 'deliveries', 'digests'].includes(path)) {
      await inner.click();
      await page.waitForURL(new RegExp(`/${path}[/?]`));
      if (path === 'mentions') await page.locator('#pane .reader').waitFor();
      await expectAccessibleIn('light');
      await expectAccessibleIn('dark');
    }
  });

  it.each([1280, 700, 360])('needs no scrolling sideways at %i pixels', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    for (const path of [
      'today',
      'mentions',
      'cases',
      'customers',
      'portfolio',
      'topics',
      'sources',
      'deliveries',
      'digests',
      'users',
      'audit',
      'settings',
    ]) {
      await page.goto(`${demo.dashboard}/${path}`);
      await expectNoScrollingSideways(page);
    }
  });

  it('is left by logging out', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole('button', { name: 'Выйти' }).click();
    await page.waitForURL('**/login');
    await expectAccessibleIn('light');
    await expectAccessibleIn('dark');
    await page.goto(`${demo.dashboard}/today`);
    await page.waitForURL('**/login?next=**');
  });

  it('has made the browser complain about nothing and asked nothing of other hosts', () => {
    expect(opened.complaints).toEqual([]);
    expect(abroad).toEqual([]);
  });
});
