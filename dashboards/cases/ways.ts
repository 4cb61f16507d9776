import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';

const WAYS = [
  ['/cases', 'case.way.list'],
  ['/cases/board', 'case.way.board'],
  ['/cases/calendar', 'case.way.calendar'],
] as const;

/** The same cases as a list, by status, and by when they are due. */
export function renderWays({ t }: Viewer, here: (typeof WAYS)[number][0]): Markup {
  const items = WAYS.map(
    ([path, words]) =>
      html`<li><a href="${path}"${path === here ? html` aria-current="true"` : ''}>${t(words)}</a></li>`,
  );
  return html`<ul class="quick" aria-label="${t('case.ways')}">${items}</ul>`;
}
