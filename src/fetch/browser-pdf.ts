import type { Log } from '../lib/log.ts';
import { launchBrowser } from './browser-launch.ts';

const WITHIN_MS = 60_000;

/**
 * A page of our own on paper (A4), its programs off and without any way out.
 * @throws PermanentError `no-browser` with what to install
 */
export async function printPdf(
  html: string,
  { executablePath, log }: { executablePath: string | undefined; log: Log | undefined },
): Promise<Uint8Array> {
  const browser = await launchBrowser(executablePath, log);
  try {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      offline: true,
      colorScheme: 'light',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(WITHIN_MS);
    await page.setContent(html, { waitUntil: 'domcontentloaded' });
    const margin = { top: '12mm', bottom: '14mm', left: '12mm', right: '12mm' };
    return await page.pdf({ format: 'A4', printBackground: true, margin });
  } finally {
    await browser.close();
  }
}
