import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { makeUser, NOW, visitAs } from '../dashboards/dashboard.ts';
import { type Story, seedStory } from '../dashboards/seed.ts';
import { handsOf, WAYS } from './hands.ts';
import { describeInBrowser, useBrowser } from './in-browser.ts';
import { expectNoScrollingSideways } from './page-checks.ts';
import { useServedDashboard } from './served-dashboard.ts';

const TOLD: Readonly<Record<string, string>> = {
  topic: 'Ромашка',
  query: 'Ромашка',
  title: 'Третью неделю жду',
  text: 'Ужас! Ромашка третью неделю не возвращает деньги.',
  customer: 'Анна Ковалёва',
};
const PROPOSED = 'Пётр Никифоров';

const opened = useBrowser();
const served = useServedDashboard();

describeInBrowser('somebody of PR', () => {
  // What is found at this very moment belongs to no time until now.
  beforeAll(() => served.dashboard.setNow(new Date(NOW.getTime() + 60_000)));

  /** A complaint of a known customer, and one of an author of whom the matcher is not sure. */
  async function tell(key: string): Promise<Story> {
    const { dashboard } = served;
    const story = await seedStory(dashboard.db, key, (field) => TOLD[field] ?? `${key} ${field}`);
    const proposed = await seedStory(dashboard.db, `${key}-2`, (field) =>
      field === 'customer' ? PROPOSED : (TOLD[field] ?? `${key} two ${field}`),
    );
    await dashboard.db.query(
      `update identity_links set state = 'proposed', score = 0.6 where author_id = $1`,
      [proposed.author],
    );
    return story;
  }

  it.each(
    WAYS,
  )('finds the crisis, answers a complaint, says who wrote and reads the digest, in %s at %i pixels by %s', async (language, width, by) => {
    const { page, context } = opened;
    const { dashboard, address } = served;
    const hands = handsOf(page, by);
    const story = await tell(`${language}${width}`);
    const visitor = await visitAs(
      dashboard,
      await makeUser(dashboard, 'admin', { email: `${language}${width}@example.com`, language }),
    );
    await served.enter(context, visitor);
    await page.setViewportSize({ width, height: 800 });

    await page.goto(`${address}/today`);
    await hands.press(
      page.locator(`main a[href*="topic=${language}${width}&"][href*="tone=negative"]`).first(),
    );
    await page.waitForURL('**/mentions?**tone=negative**');
    await hands.press(page.locator(`a[data-document="${story.document}"]`));
    await page.locator('#pane .reader').getByText('не возвращает деньги').first().waitFor();
    await expectNoScrollingSideways(page);

    await page.goto(`${address}/today`);
    await hands.press(page.locator(`main a[href="/cases/${story.case}"]`).first());
    const status = page.locator('select[name=status]').first();
    await hands.choose(status, 'answered');
    await hands.press(page.locator('form', { has: status }).locator('button').first());
    await page.locator('.notice, [role=status]').first().waitFor();
    await page.goto(`${address}/cases/${story.case}`);
    expect(await page.locator('select[name=status]').first().inputValue()).toBe('answered');
    await expectNoScrollingSideways(page);

    await page.goto(`${address}/review`);
    await page.getByText(PROPOSED).first().waitFor();
    await expectNoScrollingSideways(page);
    const [author] = await dashboard.db.query<{ id: number }>(
      `select author_id as id from identity_links where state = 'proposed' order by 1 desc limit 1`,
    );
    const answered = page.waitForEvent('load');
    await hands.press(page.locator('button[value^="confirmed "]').first());
    await answered;
    const links = await dashboard.db.query<{ state: string }>(
      'select state from identity_links where author_id = $1',
      [author?.id],
    );
    expect(links.map(({ state }) => state)).toEqual(['confirmed']);

    await page.goto(`${address}/digests`);
    await hands.press(page.locator(`main a[href="/digests/${story.digest}"]`));
    await page.frameLocator('iframe').getByText('mail').waitFor();
    await expectNoScrollingSideways(page);
  });

  it.each(
    WAYS,
  )('reports to the board, and learns why a post was missed, in %s at %i pixels by %s', async (language, width, by) => {
    const { page, context } = opened;
    const { dashboard, address } = served;
    const hands = handsOf(page, by);
    const key = `board-${language}${width}`;
    await tell(key);
    const visitor = await visitAs(
      dashboard,
      await makeUser(dashboard, 'pr', { email: `${key}@example.com`, language }),
    );
    await served.enter(context, visitor);
    await page.setViewportSize({ width, height: 800 });

    await page.goto(`${address}/reports`);
    await hands.press(page.locator('#new button.primary'));
    await page.waitForURL(/\/reports\/\d+$/);
    await page.frameLocator('iframe').getByText('Ромашка').first().waitFor();
    await expectNoScrollingSideways(page);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      hands.press(page.locator('main a[href$="/pdf"]')),
    ]);
    expect(
      readFileSync(await file.path())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');

    await hands.press(page.locator('.share summary'));
    await hands.press(page.locator('.share button'));
    const link = (await page.getByRole('status').locator('code').first().textContent()) ?? '';
    await expectNoScrollingSideways(page);
    // A member of the board has no login.
    await context.clearCookies();
    await page.goto(`${address}${new URL(link).pathname}`);
    await page.getByText('Ромашка').first().waitFor();
    expect(await page.content()).not.toContain(TOLD.customer);

    await served.enter(context, visitor);
    await page.goto(`${address}/recall`);
    await hands.type(page.locator('input[name=address]').first(), 'https://unwatched.example/post/7');
    await hands.type(page.locator('textarea[name=text]').first(), 'Ромашка опять не отвечает на звонки');
    await hands.press(page.locator('form', { has: page.locator('textarea[name=text]') }).locator('button'));
    await page.waitForURL('**/recall/*?done=1&what=reported');
    await page.locator('#verdict h2').waitFor();
    await page.locator('.step.failed').first().waitFor();
    await expectNoScrollingSideways(page);
  });

  it('is told by the browser of nothing that is wrong', () => {
    expect(opened.complaints).toEqual([]);
  });
});
