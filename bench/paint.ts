import type { Page } from 'playwright';
import { findChromium, launchChromium } from '../test/support/chromium.ts';
import type { Row } from './report.ts';

/** Long enough for what comes late. */
const SETTLE_MS = 1500;
const TIMES = 3;

/** Runs in the page before its own scripts. */
function watchPaint(): void {
  const seen = { paint: 0, shift: 0 };
  Object.assign(globalThis, { seenByBench: seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.paint = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
}

const readSeen = (page: Page): Promise<{ paint: number; shift: number; scripts: number }> =>
  page.evaluate(() => {
    const { paint, shift } = (globalThis as unknown as { seenByBench: { paint: number; shift: number } })
      .seenByBench;
    const files = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const scripts = files
      .filter(({ name }) => name.endsWith('.js'))
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
    return { paint, shift, scripts };
  });

/**
 * What a person sees of each page, the worst of three visits, the first with an empty cache: when its largest part is there, how much jumps (0:
 * nothing), and what its scripts weigh on the way. null where there is no Chromium.
 */
export async function paintAll(
  base: string,
  cookie: string,
  pages: readonly (readonly [name: string, path: string])[],
): Promise<Row[] | null> {
  const executable = findChromium();
  if (!executable) return null;
  const browser = await launchChromium(executable);
  try {
    const [name = '', value = ''] = cookie.split('=');
    const rows: Row[] = [];
    for (const [title, path] of pages) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      await context.addCookies([{ name, value, url: base }]);
      await context.addInitScript(watchPaint);
      const page = await context.newPage();
      const visits = [];
      for (let n = 0; n < TIMES; n += 1) {
        await page.goto(`${base}${path}`, { waitUntil: 'load' });
        await page.waitForTimeout(SETTLE_MS);
        visits.push(await readSeen(page));
      }
      rows.push({
        page: title,
        'largest paint ms': Math.max(...visits.map(({ paint }) => paint)),
        'layout shift': Math.max(...visits.map(({ shift }) => shift)),
        'scripts kB': Math.max(...visits.map(({ scripts }) => scripts)) / 1000,
      });
      await context.close();
    }
    return rows;
  } finally {
    await browser.close();
  }
}
