import { html, type Markup } from '../../src/lib/html.ts';
import type { Estimate } from '../../src/model/estimate.ts';
import type { Viewer } from '../auth/session.ts';
import { languageName } from '../corrections/choices.ts';

/** Whole points of a hundred. */
export function points(share: number): number {
  return Math.round(share * 100);
}

export function percent({ language }: Viewer, share: number): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** `71 % (58–81)`, or a dash where there is nothing to tell. */
export function estimate(viewer: Viewer, value: Estimate | null): Markup | string {
  if (!value) return '—';
  return html`${percent(viewer, value.value)} <small class="muted">(${points(value.low)}–${points(value.high)})</small>`;
}

export function languageOf(viewer: Viewer, code: string | null): string {
  return code === null ? viewer.t('scorecard.group.all') : languageName(viewer, code);
}

/** Periods are weeks of UTC: other zones would move their days. `to` is the first moment after it. */
export function dayOf({ language }: Viewer, at: Date): string {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(at);
}

export function daysOf(viewer: Viewer, { from, to }: { from: Date; to: Date }): { from: string; to: string } {
  return { from: dayOf(viewer, from), to: dayOf(viewer, new Date(to.getTime() - 1)) };
}
