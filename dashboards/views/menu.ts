import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import type { Page } from '../page.ts';
import type { TextKey } from '../texts.ts';
import { number } from './format.ts';

export interface MenuEntry {
  page: Page;
  /** Duties that wait there. */
  badge: number;
}

export interface MenuGroup {
  /** null: above all others, without a word. */
  title: TextKey | null;
  entries: readonly MenuEntry[];
}

/** On a phone these are at hand below, besides the menu and the search. */
const AT_HAND = ['/today', '/mentions', '/cases'];

/** The page with the longest path that the address begins with. */
function isHere({ path }: Viewer, page: Page): boolean {
  return path === page.path || path.startsWith(`${page.path}/`) || path.startsWith(`${page.path}?`);
}

function renderBadge(viewer: Viewer, badge: number): Markup | '' {
  if (badge === 0) return '';
  return html` <span class="badge" title="${viewer.t('menu.badge')}">${number(viewer, badge)}</span>`;
}

function renderEntry(viewer: Viewer, { page, badge }: MenuEntry): Markup {
  const here = isHere(viewer, page) ? html` aria-current="page"` : '';
  return html`<li><a href="${page.path}"${here}>${viewer.t(page.title)}${renderBadge(viewer, badge)}</a></li>`;
}

function renderGroup(viewer: Viewer, { title, entries }: MenuGroup): Markup {
  if (entries.length === 0) return html``;
  const list = html`<ul>${entries.map((entry) => renderEntry(viewer, entry))}</ul>`;
  if (title === null) return list;
  const isOpen = entries.some(({ page }) => isHere(viewer, page));
  const duties = entries.reduce((sum, { badge }) => sum + badge, 0);
  return html`<details${isOpen ? html` open` : ''}><summary class="menu-word">${viewer.t(title)}${renderBadge(viewer, duties)}</summary>${list}</details>`;
}

/** All pages, by groups; the group of the page that is shown is open. On narrow screens it is hidden until it is asked for (`#menu`). `foot` stands below all. */
export function renderMenu(viewer: Viewer, menu: readonly MenuGroup[], foot: Markup): Markup {
  const { t } = viewer;
  return html`<nav class="menu" id="menu" aria-label="${t('menu.label')}">
    <div class="top"><a class="brand" href="/today">${t('app.name')}</a><a class="opener" href="#menu">${t('menu.open')}</a><a class="closer" href="#main">${t('menu.close')}</a></div>
    <div class="sections">${menu.map((group) => renderGroup(viewer, group))}${foot}</div>
  </nav>`;
}

/** What a phone shows at its lower edge. */
export function renderBar(viewer: Viewer, menu: readonly MenuGroup[]): Markup {
  const { t } = viewer;
  const entries = menu.flatMap((group) => group.entries).filter(({ page }) => AT_HAND.includes(page.path));
  return html`<nav class="dock" aria-label="${t('menu.bar')}"><ul>${entries.map((entry) => renderEntry(viewer, entry))}<li><a href="/mentions#q">${t('menu.search')}</a></li><li><a href="#menu">${t('menu.open')}</a></li></ul></nav>`;
}
