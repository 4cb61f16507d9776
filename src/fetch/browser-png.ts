import type { Log } from '../lib/log.ts';
import { launchBrowser } from './browser-launch.ts';

const WITHIN_MS = 30_000;
/** Dots for each of its pixels: sharp on paper and on fine screens. */
const SCALE = 2;

/**
 * A drawing of our own as PNG, without any way out. Width and height in pixels.
 * @throws PermanentError `no-browser` with what to install
 */
export async function drawPng(
  { svg, width, height }: { svg: string; width: number; height: number },
  { executablePath, log }: { executablePath: string | undefined; log: Log | undefined },
): Promise<Uint8Array> {
  const browser = await launchBrowser(executablePath, log);
  try {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      offline: true,
      colorScheme: 'light',
      viewport: { width, height },
      deviceScaleFactor: SCALE,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(WITHIN_MS);
    await page.setContent(`<!doctype html><style>body{margin:0}svg{display:block}</style>${svg}`, {
      waitUntil: 'domcontentloaded',
    });
    return await page.screenshot({ type: 'png' });
  } finally {
    await browser.close();
  }
}
