import { beforeAll, expect, it } from 'vitest';
import { rss } from '../jobs/local-sites.ts';
import { describeInBrowser, LIMIT_MS, useMolva } from './in-browser.ts';
import { expectAccessible, expectNoScrollingSideways } from './page-checks.ts';
import { addTopic, pressKey, watchSite } from './steps.ts';

const BAD = 'Ужас! Ромашка третью неделю не возвращает деньги, а Лютик молодец, всё привёз';

const molva = useMolva({
  '/': '<html><head><title>Городской блог</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body></body></html>',
  '/feed.xml': rss('Городской блог', [BAD]),
});

/** The card of one topic, or of the whole post. */
const card = (name: string) =>
  molva.page.locator('section[data-correct]', { has: molva.page.getByRole('heading', { name }) });
const chosen = (name: string) => card(name).locator('[aria-pressed="true"]').allInnerTexts();
const isSaid = () => molva.page.getByRole('status').waitFor();

describeInBrowser('a correction that a person makes by the keyboard', () => {
  beforeAll(async () => {
    await addTopic(molva, { key: 'romashka', name: 'Ромашка', query: 'Ромашка' });
    await addTopic(molva, { key: 'lutik', name: 'Лютик', query: 'Лютик' });
    await watchSite(molva);
  }, LIMIT_MS);

  it('is one press of a key, counts at once, and says who has made it', async () => {
    const { page, dashboard } = molva;
    const cards = async (): Promise<number> => {
      await page.goto(`${dashboard}/mentions`);
      return page.locator('article.mention').count();
    };
    await expect.poll(cards, { timeout: 60_000, interval: 700 }).toBe(1);
    await page.locator('article.mention [data-document]').click();
    await page.getByRole('link', { name: 'на отдельной странице' }).click();
    await page.waitForURL('**/mentions/*');
    await page.locator('section[data-current]').waitFor();
    await expectAccessible(page);
    await pressKey(page, 'Digit2');
    await isSaid();
    expect(await chosen('Ромашка')).toContainEqual(expect.stringContaining('нейтрально'));
    expect(await card('Ромашка').innerText()).toContain('исправлено: maria@romashka.example');
    await expectAccessible(page);
  });

  it('concerns the card that the reader has gone to', async () => {
    const { page } = molva;
    const before = await chosen('Ромашка');
    await pressKey(page, 'KeyN');
    await pressKey(page, 'Digit5');
    await page.waitForURL('**#tags-lutik');
    await card('Лютик').getByRole('button', { name: 'обман' }).waitFor();
    // Where one was is where one is.
    await pressKey(page, 'KeyJ');
    await expect.poll(() => chosen('Лютик')).toContainEqual(expect.stringContaining('обман'));
    expect(await chosen('Ромашка')).toEqual(before);
  });

  it('is undone by a key', async () => {
    const { page } = molva;
    await pressKey(page, 'KeyU');
    await page.getByText('Исправление отменено').waitFor();
    expect(await chosen('Лютик')).not.toContainEqual(expect.stringContaining('обман'));
  });

  it('of the kind works in any card, since it is of the whole post', async () => {
    const { page } = molva;
    const kind = page.locator('[data-everywhere] [aria-pressed="true"]');
    await page.locator('#tags-romashka').focus();
    await pressKey(page, 'KeyW');
    await page.waitForURL('**what=corrected#tags');
    expect(await kind.innerText()).toContain('вопрос');
    await pressKey(page, 'KeyU');
    await page.waitForURL('**what=undone#tags');
    expect(await kind.innerText()).not.toContain('вопрос');
  });

  it('is not made by what somebody types', async () => {
    const before = await chosen('Ромашка');
    await card('Ромашка').getByLabel('Метки').pressSequentially('1 u 5');
    expect(await card('Ромашка').getByLabel('Метки').inputValue()).toBe('1 u 5');
    expect(await chosen('Ромашка')).toEqual(before);
  });

  it('is made by the mouse without any program in the page', async () => {
    const { page } = molva;
    const context = await page
      .context()
      .browser()!
      .newContext({
        javaScriptEnabled: false,
        storageState: await page.context().storageState(),
      });
    const plain = await context.newPage();
    await plain.goto(page.url().replace(/[?#].*/, ''));
    const whole = plain.locator('#tags');
    expect(await whole.locator('kbd').first().isVisible()).toBe(false);
    await whole.getByRole('button', { name: 'украинский' }).click();
    await plain.getByRole('status').waitFor();
    expect(await whole.locator('[aria-pressed="true"]').allInnerTexts()).toContain('украинский');
    await context.close();
  });

  it.each([1280, 400])('needs no scrolling sideways at %i pixels', async (width) => {
    await molva.page.setViewportSize({ width, height: 900 });
    await molva.page.reload();
    await expectNoScrollingSideways(molva.page);
  });

  it('makes the browser complain of nothing', () => {
    expect(molva.complaints).toEqual([]);
  });
});
