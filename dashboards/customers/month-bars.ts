import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';

/** `2026-11` by UTC, so many months up to now, the newest last. */
export function monthsUntil(now: Date, months: number): string[] {
  return Array.from({ length: months }, (_, n) => {
    const at = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (months - 1 - n), 1));
    return at.toISOString().slice(0, 7);
  });
}

export function monthName({ language }: Viewer, month: string): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  return new Intl.DateTimeFormat(language, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(at);
}

/** A part of a bar, from the bottom; `kind` is its class. */
interface Part {
  kind: string;
  count: number;
}

const STEP = 12;
const HEIGHT = 48;

/** One bar a month, parts one upon the other from zero; a month with nothing is a line. `words` say what it shows. */
export function renderMonthBars(
  months: readonly { title: string; parts: readonly Part[] }[],
  words: string,
): Markup {
  const totals = months.map(({ parts }) => parts.reduce((sum, { count }) => sum + count, 0));
  const most = Math.max(1, ...totals);
  const bars = months.map(({ title, parts }, at) => {
    if (totals[at] === 0)
      return html`<rect class="none" x="${at * STEP}" y="${HEIGHT - 1}" width="${STEP - 3}" height="1"></rect>`;
    let y = HEIGHT;
    const drawn = parts
      .filter(({ count }) => count > 0)
      .map(({ kind, count }) => {
        const height = Math.max(2, (count / most) * HEIGHT);
        y -= height;
        return html`<rect class="${kind}" x="${at * STEP}" y="${y.toFixed(1)}" width="${STEP - 3}" height="${height.toFixed(1)}"><title>${title}</title></rect>`;
      });
    return html`${drawn}`;
  });
  const width = months.length * STEP;
  return html`<svg class="months" role="img" aria-label="${words}" viewBox="0 -4 ${width} ${HEIGHT + 4}" width="${width}" height="${HEIGHT + 4}">${bars}</svg>`;
}
