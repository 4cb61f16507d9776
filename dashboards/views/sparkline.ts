import { html, type Markup } from '../../src/lib/html.ts';

const STEP = 4;
const HEIGHT = 24;

/** Counts as little bars, the newest at the right; `words` says to those who do not see it what it shows. */
export function sparkline(counts: readonly number[], words: string): Markup {
  const most = Math.max(1, ...counts);
  const bars = counts.map((count, at) => {
    const height = count === 0 ? 1 : Math.max(2, Math.round((count / most) * HEIGHT));
    return html`<rect x="${at * STEP}" y="${HEIGHT - height}" width="${STEP - 1}" height="${height}"${count === 0 ? html` class="none"` : ''}></rect>`;
  });
  return html`<svg class="spark" role="img" aria-label="${words}" viewBox="0 0 ${counts.length * STEP} ${HEIGHT}" width="${counts.length * STEP}" height="${HEIGHT}">${bars}</svg>`;
}
