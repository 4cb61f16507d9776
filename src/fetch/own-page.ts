import type { BrowserContextOptions, Page } from 'playwright';
import type { Log } from '../lib/log.ts';
import { launchBrowser } from './browser-launch.ts';

export interface BrowserEdges {
  executablePath: string | undefined;
  log: Log | undefined;
}

/**
 * A page of our own in a browser of its own, its programs off and without any way out, for as long as `work` takes.
 * @throws PermanentError `no-browser` with what to install
 */
export async function withOwnPage<Result>(
  html: string,
  { executablePath, log }: BrowserEdges,
  { withinMs, ...look }: { withinMs: number } & Pick<BrowserContextOptions, 'viewport' | 'deviceScaleFactor'>,
  work: (page: Page) => Promise<Result>,
): Promise<Result> {
  const browser = await launchBrowser(executablePath, log);
  try {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      offline: true,
      colorScheme: 'light',
      ...look,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(withinMs);
    await page.setContent(html, { waitUntil: 'domcontentloaded' });
    return await work(page);
  } finally {
    await browser.close();
  }
}
