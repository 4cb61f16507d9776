import { expect, it } from 'vitest';
import { describeInBrowser, useMolva } from './in-browser.ts';
import { expectAccessible, expectNoScrollingSideways } from './page-checks.ts';

const molva = useMolva({});

describeInBrowser('the page of the query language in a browser', () => {
  it('shows while a query is typed where it is wrong, and once it is mended how it was read', async () => {
    const { page, dashboard } = molva;
    await page.goto(`${dashboard}/topics`);
    await page.getByRole('link', { name: 'Как писать запросы' }).click();
    const query = page.getByLabel('Запрос');
    await query.fill('ромашка NEAR/5 (вернуть OR возврат');
    await page.getByText('Скобка не закрыта').waitFor();
    expect(await page.locator('#answer pre').textContent()).toMatch(/возврат\n {15}\^/);
    await query.fill('ромашка NEAR/5 (вернуть OR возврат)');
    await page.getByText('рядом, не дальше слов: 5').waitFor();
    expect(await page.locator('#answer').textContent()).toContain('ромашками');
    await expectAccessible(page);
  });

  it('marks in a text what matched, and says what is missing in another', async () => {
    const { page } = molva;
    const text = page.getByLabel('Текст, на котором проверить');
    await text.fill('Ромашка третью неделю не хочет вернуть деньги');
    await page.getByText('Подходит', { exact: true }).waitFor();
    expect(await page.locator('#answer mark').allTextContents()).toEqual(['Ромашка', 'вернуть']);
    await text.fill('Ромашка молчит <b>');
    await page.getByText('нет ничего из: (вернуть OR возврат)').waitFor();
    // Of the query, the part that failed; of the text nothing.
    expect(await page.locator('#answer mark').allTextContents()).toEqual(['(вернуть OR возврат)']);
  });

  it.each([1280, 420])('needs no scrolling sideways at %i pixels', async (width) => {
    const { page } = molva;
    await page.setViewportSize({ width, height: 900 });
    await expectNoScrollingSideways(page);
  });

  it('makes the browser complain of nothing', () => {
    expect(molva.complaints).toEqual([]);
  });
});
