import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import { number } from '../views/format.ts';
import type { MenuGroup } from '../views/menu.ts';

/** What waits on other pages, each a number that leads there. Nothing where nothing does. */
export function renderDutyStrip(viewer: Viewer, menu: readonly MenuGroup[]): Markup {
  const waiting = menu.flatMap(({ entries }) => entries).filter(({ badge }) => badge > 0);
  if (waiting.length === 0) return html``;
  const items = waiting.map(
    ({ page, badge }) =>
      html`<li><a href="${page.path}"><strong>${number(viewer, badge)}</strong> ${viewer.t(page.title)}</a></li>`,
  );
  return html`<ul class="duty-strip" aria-label="${viewer.t('today.waiting')}">${items}</ul>`;
}
