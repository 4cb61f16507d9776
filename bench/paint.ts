import { findChromium, launchChromium } from '../test/support/chromium.ts';
import type { Row } from './report.ts';

/** Long enough for what comes late. */
const SETTLE_MS = 1500;
const TIMES = 3;

/** Runs in the page before its own scripts. */
const WATCH = `
globalThis.seenByBench = { paint: 0, shift: 0 };
new PerformanceObserver((list) => { for (const { startTime } of list.getEntries()) seenByBench.paint = startTime; })
  .observe({ type: 'largest-contentful-paint', buffered: true });
new PerformanceObserver((list) => { for (const { value } of list.getEntries()) seenByBench.shift += value; })
  .observe({ type: 'layout-shift', buffered: true });`;

const SEEN = `({ ...seenByBench, scripts: performance.getEntriesByType('resource')
  .filter(({ name }) => name.endsWith('.js')).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) })`;

interface Seen {
  /** Milliseconds after the visit began. */
  paint: number;
  shift: number;
  /** Bytes, as they travelled. */
  scripts: number;
}

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
      await context.addInitScript(WATCH);
      const page = await context.newPage();
      const visits = [];
      for (let n = 0; n < TIMES; n += 1) {
        await page.goto(`${base}${path}`, { waitUntil: 'load' });
        await page.waitForTimeout(SETTLE_MS);
        visits.push(await page.evaluate<Seen>(SEEN));
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
