import type { Locator } from 'playwright';
import { beforeAll, expect, it } from 'vitest';
import { describeInBrowser, LIMIT_MS, useMolva } from './in-browser.ts';
import { expectAccessible, expectNoScrollingSideways } from './page-checks.ts';

const DAY_MS = 86_400_000;

const SAID = [
  'Ромашка третью неделю не хочет вернуть деньги за чайник',
  'Заварили ромашку с мёдом, чай вышел отличный',
  'В магазине «Ромашка» вежливые продавцы и быстрая доставка',
  'Поле цветёт: ромашка, василёк и клевер',
  'Ромашке написал в поддержку, молчат',
];

function feed(): string {
  const item = (at: number): string =>
    `<item><title>Запись ${at}</title><link>http://blog.example/${at}</link><guid>${at}</guid>
     <pubDate>${new Date(Date.now() - at * 0.7 * DAY_MS).toUTCString()}</pubDate><description>${SAID[at % SAID.length]}, запись ${at}</description></item>`;
  const items = Array.from({ length: 40 }, (_, at) => item(at)).join('');
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Чайники</title><link>http://blog.example/</link><description>d</description>${items}</channel></rss>`;
}

/** Ratio of two colours as WCAG 2 defines it. */
function contrast(one: string, two: string): number {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 0, dark = 0] = [luminance(one), luminance(two)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const molva = useMolva({ '/feed.xml': feed() });
let query: Locator;

describeInBrowser('the query lab in a browser', () => {
  beforeAll(async () => {
    const { page, dashboard } = molva;
    await page.goto(`${dashboard}/sources`);
    await page.getByLabel('Адрес сайта').fill(`${molva.site.address}/feed.xml`);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Следить' }).first().click();
    await page.waitForURL('**?done=1&what=added');
    query = page.getByRole('textbox', { name: 'Запрос' });
  }, LIMIT_MS);

  it('has something to be tried on', async () => {
    const { page, dashboard } = molva;
    const count = async (): Promise<string | null> => {
      await page.goto(`${dashboard}/mentions?all=1`);
      return page.locator('.found').textContent();
    };
    await expect.poll(count, { timeout: 60_000, interval: 1000 }).toContain('40');
  });

  it('shows a new query where it is wrong, and mends it by completion', async () => {
    const { page, dashboard } = molva;
    await page.goto(`${dashboard}/topics`);
    await page.locator('#form').getByLabel('Ключ').fill('romashka');
    await page.locator('#form').getByLabel('Название').fill('Ромашка');
    await query.fill('ромашка has:fone');
    await page.locator('.q-bad', { hasText: 'fone' }).waitFor();
    await page.getByText('1:13 Такого значения у has: не бывает').waitFor();
    expect(await query.getAttribute('aria-invalid')).toBe('true');
    await expectAccessible(page);
    for (let letter = 0; letter < 4; letter += 1) await page.keyboard.press('Backspace');
    await page.keyboard.type('ph');
    await page.getByRole('option', { name: 'phone' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await query.inputValue()).toBe('ромашка has:phone');
    await page.locator('.q-bad').waitFor({ state: 'detached' });
    expect(await query.getAttribute('aria-invalid')).toBeNull();
    expect(await page.locator('.q-field, .q-value').allTextContents()).toEqual(['has:', 'phone']);
  });

  it('takes back what was completed, leaves Enter and Tab alone while nothing is offered, and completes what is typed in the other layout', async () => {
    const { page } = molva;
    await page.keyboard.press('Control+Z');
    expect(await query.inputValue()).toBe('ромашка has:ph');
    await query.fill('');
    await page.keyboard.type('ромашка ФТ');
    await page.getByRole('option', { name: 'AND' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await query.inputValue()).toBe('ромашка AND ');
    await page.keyboard.press('Enter');
    await page.keyboard.type('доставка');
    expect(await query.inputValue()).toBe('ромашка AND \nдоставка');
    await page.keyboard.type(' O');
    await page.getByRole('listbox').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('listbox').waitFor({ state: 'hidden' });
    expect(await query.inputValue()).toBe('ромашка AND \nдоставка O');
    await page.keyboard.press('Tab');
    expect(await query.evaluate((box) => box === box.ownerDocument.activeElement)).toBe(false);
  });

  it('paints its colours exactly over the text, also where it wraps and is scrolled', async () => {
    const { page } = molva;
    const long = 'title:ромашка OR "плохое обслуживание"~3 OR NOT NEAR/3 '.repeat(12);
    await query.fill(long);
    await page.locator('.query-box.painted').waitFor();
    await query.evaluate((box) => {
      box.scrollTop = 60;
    });
    const heights = await page.locator('.query-box').evaluate((frame) => {
      const [box, paint] = frame.children;
      return [box?.scrollHeight, paint?.scrollHeight, box?.clientWidth, paint?.clientWidth];
    });
    expect(heights[0]).toBe(heights[1]);
    expect(heights[2]).toBe(heights[3]);
    await expect
      .poll(() => page.locator('.query-paint').evaluate((paint) => paint.scrollTop))
      .toBe(await query.evaluate((box) => box.scrollTop));
    expect(await page.locator('.query-paint').textContent()).toBe(`${long}\u200b`);
  });

  it.each(['light', 'dark'] as const)('can be read in its colours when it is %s', async (colorScheme) => {
    const { page } = molva;
    await page.emulateMedia({ colorScheme });
    await query.fill(
      'ромаш* OR вайлд~1 OR "плохой сервис" OR =Ромашка OR (site:a.ru ромашка) /* x */ нет:поля',
    );
    await page.locator('.q-bad', { hasText: 'нет' }).waitFor();
    const shades = await page.locator('.query-paint span').evaluateAll((spans) => {
      const box = spans[0]?.closest('.query-box')?.querySelector('textarea');
      const styleOf = (element: unknown) => Reflect.get(globalThis, 'getComputedStyle')(element);
      const ground = styleOf(box).backgroundColor;
      return spans.map((span) => [span.className, styleOf(span).color, ground]);
    });
    const kinds = new Set(shades.map(([kind]) => String(kind).split(' ')[0]));
    expect([...kinds].sort()).toEqual(
      [
        'bracket',
        'comment',
        'exact',
        'field',
        'operator',
        'phrase',
        'prefix',
        'typo',
        'value',
        'word',
        'wrong',
      ].map((kind) => `q-${kind}`),
    );
    for (const [kind, ink, ground] of shades)
      expect(contrast(String(ink), String(ground)), `${kind} ${ink} on ${ground}`).toBeGreaterThanOrEqual(
        4.5,
      );
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: null });
  });

  it('leaves what an input method composes alone, and paints it', async () => {
    const { page } = molva;
    await query.fill('');
    const session = await page.context().newCDPSession(page);
    await session.send('Input.imeSetComposition', { text: 'ti', selectionStart: 2, selectionEnd: 2 });
    expect(await page.getByRole('listbox').count()).toBe(0);
    expect(await page.locator('.query-paint').textContent()).toBe('ti\u200b');
    await session.send('Input.insertText', { text: '茶' });
    expect(await query.inputValue()).toBe('茶');
    expect(await page.locator('.query-paint').textContent()).toBe('茶\u200b');
    await session.detach();
  });

  it('is tried on what was collected without leaving the page', async () => {
    const { page } = molva;
    await query.fill('ромашка');
    await page.getByRole('button', { name: 'Сохранить тему' }).click();
    await page.getByText('Тема сохранена').waitFor();
    await page.getByRole('link', { name: 'Лаборатория' }).click();
    await page.getByRole('heading', { name: 'Лаборатория запроса: Ромашка' }).waitFor();
    await query.fill('ромашка NOT NEAR/5 (мёд OR василёк)');
    await page.getByRole('button', { name: 'Испытать на собранном' }).click();
    await page.getByText('Найдено: 24 из 40 документов').waitFor();
    await page.getByText('Сохранённый запрос находит 40. У черновика новых: 0, потерянных: 16.').waitFor();
    expect(await page.locator('#trial svg.days rect').count()).toBeGreaterThan(20);
    await page.locator('#lost > summary').click();
    expect(await page.locator('#lost mark').first().textContent()).toMatch(/ромашк/i);
    await expectAccessible(page);
  });

  it('keeps what a person says of the found texts, and how precise the draft is by it', async () => {
    const { page } = molva;
    const ratings = page.locator('.rating');
    await ratings.nth(0).getByRole('button', { name: 'наше', exact: true }).click();
    await page.locator('#precision').getByText('1 из 1 оценённых').first().waitFor();
    await ratings.nth(1).getByRole('button', { name: 'не наше' }).click();
    await page.locator('#precision').getByText('50 %').first().waitFor();
    await page.getByText('Оценено мало').waitFor();
    const pressed = ratings.nth(1).getByRole('button', { name: 'не наше' });
    expect(await pressed.getAttribute('aria-pressed')).toBe('true');
    // Where one was is not taken away by what is shown.
    expect(await pressed.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true);
    await page.getByText('не наше, а черновик находит').waitFor();
  });

  it('takes examples from what is lost, and does not save while they fail', async () => {
    const { page } = molva;
    await page.locator('#lost').getByRole('button', { name: 'должно находиться' }).first().click();
    await page.getByText('Пример добавлен').waitFor();
    await page.locator('#examples').getByText('не сходится').waitFor();
    await page.getByLabel('Свой текст в примеры').fill('Ромашковый чай');
    await page.getByRole('button', { name: 'Не должен', exact: true }).click();
    await page.getByText('Сходятся: 1 из 2').waitFor();
    expect(await query.inputValue()).toBe('ромашка NOT NEAR/5 (мёд OR василёк)');
    await page.getByRole('button', { name: 'Сохранить тему' }).click();
    await page.getByText('Не сохранено: с этим запросом не сходятся примеры темы').waitFor();
    await expectAccessible(page);
    await page.locator('#examples').getByRole('button', { name: 'Убрать' }).first().click();
    await page.getByText('Сходятся: 1 из 1').waitFor();
  });

  it('measures the context check before it is switched on', async () => {
    const { page } = molva;
    await page.locator('#context').getByText('Без проверки').waitFor();
    await page.getByLabel('Что это').fill('магазин чайников');
    await page.getByLabel('Не считать упоминанием').check();
    await page.locator('#trial').getByText('Это испытание прежнего черновика').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Не считать упоминанием').uncheck();
    await page.getByText('Это испытание прежнего черновика').waitFor({ state: 'detached' });
  });

  it('says why a pasted text is not found, with the failing part marked in the query', async () => {
    const { page } = molva;
    const missed = page.getByLabel('Текст или адрес сообщения');
    await missed.fill('Ромашка с мёдом от простуды');
    await page.locator('#missed-answer').getByText('рядом стоит исключённое').waitFor();
    expect(await page.locator('#missed-answer code mark').textContent()).toBe(
      'ромашка NOT NEAR/5 (мёд OR василёк)',
    );
    await page.getByText('Сохранённая версия его находит').waitFor();
    await missed.fill('http://blog.example/1');
    await page.getByText('Это сообщение собрано').waitFor();
    await missed.fill('http://blog.example/unknown');
    await page.getByText('дело не в запросе').waitFor();
    const link = page.getByRole('link', { name: 'Проследить по адресу' });
    expect(await link.getAttribute('href')).toBe(
      '/recall?url=http%3A%2F%2Fblog.example%2Funknown&topic=romashka',
    );
  });

  it.each([1280, 400])('needs no scrolling sideways at %i pixels', async (width) => {
    const { page } = molva;
    await page.setViewportSize({ width, height: 900 });
    await expectNoScrollingSideways(page);
  });

  it('saves, and tells how the past is matched again', async () => {
    const { page } = molva;
    await page.getByRole('button', { name: 'Сохранить тему' }).click();
    await page.getByText('Тема сохранена.').waitFor();
    await page.getByText(/Собранное раньше (проверяется|уже проверено)/).waitFor();
    await page.getByText('Собранное раньше проверяется').waitFor({ state: 'detached' });
    await page.goto(`${molva.dashboard}/mentions?topic=romashka`);
    await expect
      .poll(async () => {
        await page.reload();
        return page.locator('.found').textContent();
      })
      .toContain('24');
  });

  it.each([1280, 400])('serves the search box too, at %i pixels', async (width) => {
    const { page, dashboard } = molva;
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${dashboard}/mentions`);
    const box = page.getByRole('searchbox');
    await page.locator('.query-box').waitFor();
    await box.click();
    await page.keyboard.type('tone:ne');
    await page.getByRole('option', { name: 'neutral' }).waitFor();
    await expectNoScrollingSideways(page);
    await page.keyboard.press('Tab');
    expect(await box.inputValue()).toBe('tone:negative');
    await box.fill('ромашка AND '.repeat(20));
    await page.keyboard.press('End');
    const scrolled = () =>
      page
        .locator('.query-box')
        .evaluate((frame) => [...frame.children].slice(0, 2).map((one) => one.scrollLeft));
    await expect.poll(async () => (await scrolled())[0]).toBeGreaterThan(0);
    await expect.poll(async () => new Set(await scrolled()).size).toBe(1);
    await box.fill('ромашка A');
    await page.keyboard.type('N');
    await page.getByRole('option', { name: 'AND' }).waitFor();
    await expectAccessible(page);
    // Nothing was chosen: Enter searches.
    await page.keyboard.press('Enter');
    await page.waitForURL('**/mentions?q=**');
  });

  it('makes the browser complain of nothing but the save that was refused', () => {
    expect(molva.complaints).toEqual([expect.stringContaining('status of 400')]);
  });

  it('works without scripts', async () => {
    const { page, dashboard } = molva;
    const cookies = await page.context().cookies();
    const context = await page.context().browser()?.newContext({ javaScriptEnabled: false, locale: 'ru-RU' });
    if (!context) throw new Error('no browser');
    await context.addCookies(cookies);
    const plain = await context.newPage();
    await plain.goto(`${dashboard}/topics/lab?topic=romashka`);
    await plain.getByRole('textbox', { name: 'Запрос' }).fill('ромашка доставка');
    await plain.getByRole('button', { name: 'Испытать на собранном' }).click();
    await expect
      .poll(async () => {
        const again = plain.getByRole('button', { name: 'Посмотреть, что вышло' });
        if ((await again.count()) > 0) await again.click();
        return plain.locator('#trial').textContent();
      })
      .toContain('Найдено: 8 из 40');
    await plain.locator('.rating').first().getByRole('button', { name: 'наше', exact: true }).click();
    expect(await plain.locator('#precision').textContent()).toContain('оценённых');
    expect(await plain.getByRole('textbox', { name: 'Запрос' }).inputValue()).toBe('ромашка доставка');
    await context.close();
  });
});
