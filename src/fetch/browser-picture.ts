import type { Page } from 'playwright';
import type { Screenshot } from '../model/ports.ts';

export const PICTURE_WIDTH = 1280;
export const PICTURE_VIEW = { width: PICTURE_WIDTH, height: 900 };
/** Taller pages are cut: around the place that the address names, else from the top. */
const MOST_HEIGHT = 8000;
const MOST_BYTES = 2 * 2 ** 20;
/** Of the page that is seen above the place that the address names. */
const ABOVE = 200;
const PICTURE_MS = 10_000;

/** Height of the page, and where the named place begins in it; -1: there is no such place. */
const measure = (fragment: string) => `(() => {
  const named = ${JSON.stringify(fragment)};
  const place = named === '' ? null : document.getElementById(named) ?? document.getElementsByName(named)[0] ?? null;
  const root = document.documentElement;
  return { height: Math.max(root.scrollHeight, document.body ? document.body.scrollHeight : 0), top: place ? place.getBoundingClientRect().top + window.scrollY : -1 };
})()`;

async function take(page: Page, top: number, height: number): Promise<Buffer> {
  const clip = { x: 0, y: top, width: PICTURE_WIDTH, height };
  return page.screenshot({ type: 'png', fullPage: true, clip, animations: 'disabled', timeout: PICTURE_MS });
}

/** How the page looks, no larger than its limits. Throws as the browser does. */
export async function takePicture(page: Page, fragment: string, browser: string): Promise<Screenshot> {
  const { height: pageHeight, top: place } = (await page.evaluate(measure(fragment))) as {
    height: number;
    top: number;
  };
  let height = Math.max(1, Math.min(Math.ceil(pageHeight), MOST_HEIGHT));
  for (;;) {
    const top = place < 0 ? 0 : Math.max(0, Math.min(place - ABOVE, pageHeight - height));
    const png = await take(page, Math.floor(top), height);
    if (png.length <= MOST_BYTES || height <= PICTURE_VIEW.height)
      return { png, width: PICTURE_WIDTH, height, pageHeight: Math.ceil(pageHeight), browser };
    height = Math.max(PICTURE_VIEW.height, Math.floor(height / 2));
  }
}
