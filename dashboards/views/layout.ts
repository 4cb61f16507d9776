import { html, type Markup } from '../../src/lib/html.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import type { Page } from '../page.ts';
import { number } from './format.ts';

interface Frame {
  title: string;
  body: Markup;
  /** Menu entries with their badges; absent on pages without login. */
  menu?: readonly { page: Page; badge: number }[];
  /** Paths of our assets: what makes the page quicker to use, never what it needs. */
  scripts?: readonly string[];
}

function renderMenu(viewer: Viewer, menu: NonNullable<Frame['menu']>): Markup {
  const items = menu
    .filter(({ page }) => page.menu && hasRight(viewer.user, page.access))
    .map(({ page, badge }) => {
      const here =
        viewer.path === page.path ||
        viewer.path.startsWith(`${page.path}/`) ||
        viewer.path.startsWith(`${page.path}?`);
      return html`<li><a href="${page.path}"${here ? html` aria-current="page"` : ''}>${viewer.t(page.title)}${badge > 0 ? html` <span class="badge" title="${viewer.t('menu.badge')}">${number(viewer, badge)}</span>` : ''}</a></li>`;
    });
  return html`<nav class="menu" aria-label="${viewer.t('menu.label')}">
    <a class="brand" href="/today">${viewer.t('app.name')}</a>
    <ul>${items}</ul>
    <form class="logout" method="post" action="/logout">${csrfField(viewer)}<span>${viewer.user?.name}</span><button class="link">${viewer.t('login.logout')}</button></form>
  </nav>`;
}

/** Hidden field that every changing form must have. */
export function csrfField({ csrf }: Viewer): Markup {
  return html`<input type="hidden" name="_csrf" value="${csrf}">`;
}

/** A whole page. */
export function renderLayout(viewer: Viewer, { title, body, menu, scripts = [] }: Frame): Markup {
  return html`<!doctype html>
<html lang="${viewer.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${viewer.t('app.name')}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/molva.css">
${scripts.map((script) => html`<script type="module" src="${script}"></script>`)}
</head>
<body${menu ? '' : html` class="bare"`}>
<a class="skip" href="#main">${viewer.t('menu.skip')}</a>
${menu ? renderMenu(viewer, menu) : ''}
<main id="main" tabindex="-1">${body}</main>
</body>
</html>`;
}
