import type { Page } from 'playwright';
import { beforeAll, expect, it } from 'vitest';
import { makeUser, visitAs } from '../dashboards/dashboard.ts';
import { everywhere, LISTS, labelNext, pagesAbout } from '../dashboards/hostile-pages.ts';
import { MORE_PAYLOADS, PAYLOADS } from '../dashboards/payloads.ts';
import { type Story, seedStory } from '../dashboards/seed.ts';
import { truncate } from '../support/store.ts';
import { describeInBrowser, LIMIT_MS, useBrowser } from './in-browser.ts';
import { useServedDashboard } from './served-dashboard.ts';

/** So many stand in the store at once. */
const CHUNK = 60;
/** Each text is looked at on so many of the pages about it, each page with other texts; `escaping.test.ts` reads all of them. */
const PAGES_EACH = 3;

const opened = useBrowser();
const served = useServedDashboard();

/** What ran, or wanted to. */
const happened: string[] = [];

function watch(page: Page, own: string): void {
  page.on('dialog', (dialog) => {
    happened.push(`${page.url()}: a dialog, ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(own) && !url.startsWith('data:')) happened.push(`${page.url()}: asked for ${url}`);
  });
  page.on('framenavigated', (frame) => {
    const left = frame === page.mainFrame() && !frame.url().startsWith(own);
    if (left && frame.url() !== 'about:blank') happened.push(`went to ${frame.url()}`);
  });
}

async function look(path: string): Promise<void> {
  const { page } = opened;
  const response = await page.goto(`${served.address}${path}`, { waitUntil: 'load' });
  expect(response?.status(), path).toBe(200);
}

/** A store in which every field of every thing is one of these texts. */
async function seed(texts: readonly string[]): Promise<Story[]> {
  const { dashboard } = served;
  await truncate(dashboard.db);
  const stories: Story[] = [];
  for (const [at, text] of texts.entries())
    stories.push(await seedStory(dashboard.db, `s${at}`, everywhere(text)));
  await served.enter(opened.context, await visitAs(dashboard, await makeUser(dashboard, 'admin')));
  return stories;
}

/** At all lists, and at some of the pages about each text. */
async function lookAround(texts: readonly string[], pagesEach: number): Promise<void> {
  const stories = await seed(texts);
  for (const path of LISTS) await look(path);
  for (const [at, story] of stories.entries()) {
    await labelNext(served.dashboard.db, story);
    const pages = pagesAbout(story, `s${at}`);
    for (let n = 0; n < pagesEach; n += 1) await look(pages[(at * pagesEach + n) % pages.length] ?? '');
  }
  expect(happened).toEqual([]);
}

const chunks = (texts: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(texts.length / CHUNK) }, (_, at) =>
    texts.slice(at * CHUNK, (at + 1) * CHUNK),
  );

describeInBrowser('what strangers wrote, in a browser', () => {
  beforeAll(() => watch(opened.page, served.address));

  it('runs nowhere, and asks for nothing: our own attacks', async () => {
    await lookAround(PAYLOADS, 1);
  });

  it.runIf(MORE_PAYLOADS.length > 0).each(chunks(MORE_PAYLOADS).map((texts, at) => ({ at, texts })))(
    'runs nowhere, and asks for nothing: those of XSS_CASES, part $at',
    { timeout: 10 * LIMIT_MS },
    ({ texts }) => lookAround(texts, PAGES_EACH),
  );

  it('would be noticed', async () => {
    const { page } = opened;
    const before = happened.length;
    // There no policy stops it.
    await page.goto('about:blank');
    await page.setContent('<script>alert(1)</script><img src="https://elsewhere.example/x.png">');
    await expect.poll(() => happened.length).toBe(before + 2);
  });

  it('makes no markup that the browser’s policy had to stop', () => {
    const stopped = opened.complaints.filter(
      (one) => one.includes('Content Security Policy') && !one.startsWith('about:blank'),
    );
    expect(stopped).toEqual([]);
  });
});
