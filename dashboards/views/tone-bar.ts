import { html, type Markup } from '../../src/lib/html.ts';
import type { SentimentLabel } from '../../src/model/tag.ts';
import type { Viewer } from '../auth/session.ts';
import { number, toneMark } from './format.ts';

const TONES = ['negative', 'unsure', 'neutral', 'positive'] as const;
const BAR = 240;

/** Share of each tone as a bar; the same in words and numbers leads to the posts. */
export function renderToneBar(
  viewer: Viewer,
  counts: Readonly<Record<SentimentLabel, number>>,
  hrefOf: (label: SentimentLabel) => string,
): Markup {
  const total = TONES.reduce((sum, label) => sum + counts[label], 0);
  if (total === 0) return html``;
  let x = 0;
  const parts = TONES.map((label) => {
    const width = (counts[label] / total) * BAR;
    const part = html`<rect class="${label}" x="${x.toFixed(1)}" width="${width.toFixed(1)}" height="10"/>`;
    x += width;
    return part;
  });
  const links = TONES.filter((label) => counts[label] > 0).map(
    (label) =>
      html`<li><a href="${hrefOf(label)}">${toneMark(label)} ${viewer.t(`tone.${label}`)} ${number(viewer, counts[label])}</a></li>`,
  );
  return html`<svg class="bar" viewBox="0 0 ${BAR} 10" preserveAspectRatio="none" aria-hidden="true">${parts}</svg><ul class="tones">${links}</ul>`;
}
