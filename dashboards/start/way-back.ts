import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';

/** Steps to which forms of other pages come back, as they name them. */
const STEPS = { sources: '/start/sources', digest: '/start/digest' } as const;

export type WayBack = keyof typeof STEPS;

/** The step from which somebody came here, by the form or the address; null when it was none. */
export function wayBackOf(fields: unknown): WayBack | null {
  const named = (fields as { back?: unknown } | null | undefined)?.back;
  return typeof named === 'string' && Object.hasOwn(STEPS, named) ? (named as WayBack) : null;
}

export function pathBack(back: WayBack): string {
  return STEPS[back];
}

/** Carries it on in a form. */
export function backField(back: WayBack | null): Markup | '' {
  return back === null ? '' : html`<input type="hidden" name="back" value="${back}">`;
}

/** Above a page that was opened on the way. */
export function renderWayBack({ t }: Viewer, back: WayBack | null): Markup | '' {
  return back === null ? '' : html`<p><a href="${STEPS[back]}">← ${t('start.back')}</a></p>`;
}
