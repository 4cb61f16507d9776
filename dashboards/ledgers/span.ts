import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';

const DAYS = [1, 7, 30, 90, 365] as const;
const DAY_MS = 24 * 3_600_000;
const USUAL = 30;

/** So many days back; what is no choice of the form is the usual one. */
export function daysParam(text: unknown): number {
  return DAYS.find((days) => String(days) === text) ?? USUAL;
}

export function since({ now }: Viewer, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}

export function renderDays({ t }: Viewer, action: string, days: number): Markup {
  const options = DAYS.map(
    (one) => html`<option value="${one}"${one === days ? html` selected` : ''}>${one}</option>`,
  );
  return html`<form class="row" action="${action}"><label>${t('ledger.days')} <select name="days">${options}</select></label> <button>${t('ledger.show')}</button></form>`;
}
