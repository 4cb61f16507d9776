import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderDigest } from '../../../src/act/digest/render.ts';
import { findChromium, launchChromium } from '../../support/chromium.ts';
import { sampleDigest, sampleTopic } from './digest-sample.ts';

const WORD = 'Оченьдлинноеслово'.repeat(12);

function hostile(): string {
  const { complaints, duties, stories } = sampleDigest();
  return renderDigest(
    sampleDigest('en', {
      duties: duties.map((duty) => ({ ...duty, customerName: WORD, owner: WORD })),
      complaints: complaints.map((row) => ({
        ...row,
        author: `\u202egnp.exe ${WORD}`,
        excerpt: `${WORD} مرحبا`,
      })),
      stories: stories.map((story) => ({ ...story, title: WORD, site: WORD })),
      topics: [sampleTopic({ name: WORD }), ...sampleDigest().topics.slice(1)],
    }),
  ).html;
}

interface Seen {
  /** How wide the page is. */
  width: number;
  /** The least contrast of any shown text with what lies behind it (WCAG 2.1), and that text. */
  worst: number;
  words: string;
}

/** Runs in the page. */
const MEASURE = `(() => {
  const parts = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const line = (value) => (value <= 10.31475 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const light = ([r = 0, g = 0, b = 0]) => 0.2126 * line(r) + 0.7152 * line(g) + 0.0722 * line(b);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  let [worst, words] = [21, ''];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].filter((node) => node.nodeType === 3 && node.textContent.trim());
    if (own.length === 0 || element.getClientRects().length === 0) continue;
    const [one, other] = [light(parts(getComputedStyle(element).color)), light(behind(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < worst) [worst, words] = [contrast, own[0].textContent];
  }
  return { width: document.documentElement.scrollWidth, worst, words };
})()`;

describe.runIf(findChromium())('a digest in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(findChromium()!);
  });
  afterAll(() => browser.close());

  it.each(
    [320, 600, 1200].flatMap((width) =>
      (['light', 'dark'] as const).map((scheme) => [width, scheme] as const),
    ),
  )('fits %i pixels and can be read in %s', async (width, colorScheme) => {
    for (const html of [renderDigest(sampleDigest('ru')).html, hostile()]) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      await page.setContent(html);
      const seen = await page.evaluate<Seen>(MEASURE);
      expect(seen.width).toBeLessThanOrEqual(width);
      expect(seen.worst, seen.words).toBeGreaterThanOrEqual(4.5);
      await page.close();
    }
  });
});
