import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import { number, time } from '../views/format.ts';
import { renderTable } from '../views/table.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STEPS = [
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  7 * DAY_MS,
  30 * DAY_MS,
];
const BARS_AT_MOST = 60;
const LEAST_BARS = 8;
const STEP = 10;
const HEIGHT = 80;

/** The finest step by which the whole time fits into the chart; of very long times some years are put into one bar. */
export function spreadStep(from: Date, to: Date): number {
  const whole = to.getTime() - from.getTime();
  return (
    STEPS.find((step) => whole / step < BARS_AT_MOST) ?? Math.ceil(whole / BARS_AT_MOST / DAY_MS) * DAY_MS
  );
}

interface Counted {
  step: number;
  count: number;
}

function stepWords({ t }: Viewer, stepMs: number): string {
  if (stepMs < HOUR_MS) return t('story.step.minute', { n: stepMs / MINUTE_MS });
  return stepMs < DAY_MS
    ? t('story.step.hour', { n: stepMs / HOUR_MS })
    : t('story.step.day', { n: stepMs / DAY_MS });
}

/** Documents of each step, from zero; the table behind it counts on. */
export function renderSpread(viewer: Viewer, from: Date, stepMs: number, counts: readonly Counted[]): Markup {
  const { t } = viewer;
  const top = counts.reduce((best, one) => (one.count > best.count ? one : best), { step: 0, count: 0 });
  const at = (step: number) => new Date(from.getTime() + step * stepMs);
  const when = plainTime(viewer, at(top.step));
  const most = t('story.most', { n: number(viewer, top.count), when });
  const title = `${stepWords(viewer, stepMs)}${top.count > 1 ? `, ${most}` : ''}`;
  const last = Math.max(LEAST_BARS - 1, ...counts.map(({ step }) => step));
  const highest = Math.max(1, top.count);
  const bars = counts.map(({ step, count }) => {
    const height = Math.max(2, Math.round((count / highest) * HEIGHT));
    return html`<rect x="${step * STEP}" y="${HEIGHT - height}" width="${STEP - 2}" height="${height}"></rect>`;
  });
  const width = (last + 1) * STEP;
  let sum = 0;
  const rows = counts.map(({ step, count }) => {
    sum += count;
    return [time(viewer, at(step)), number(viewer, count), number(viewer, sum)];
  });
  return html`<h2>${t('story.spread')}</h2><h3>${title}</h3><div class="chart">
    <svg class="days" role="img" aria-label="${title}" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}" preserveAspectRatio="none">${bars}</svg>
    <div class="axis"><span>${time(viewer, from)}</span><span>${time(viewer, at(last + 1))}</span></div></div>
    <details><summary>${t('story.table')}</summary>${renderTable([t('story.when'), t('story.count'), t('story.sofar')], rows, '')}</details>`;
}

function plainTime({ language, zone }: Viewer, at: Date): string {
  const options = {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  } as const;
  return new Intl.DateTimeFormat(language, options).format(at);
}
