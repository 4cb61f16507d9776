import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import { type MenuGroup, renderBar, renderMenu } from './menu.ts';
import { renderShortcuts } from './shortcuts.ts';

interface Frame {
  title: string;
  body: Markup;
  /** Absent on pages without login. */
  menu?: readonly MenuGroup[];
  /** Paths of our assets: what makes the page quicker to use, never what it needs. */
  scripts?: readonly string[];
}

/** Keys, and what is remembered of the menu. */
const SHELL = '/assets/shell.js';

/** Who is logged in, the keys, and the way out. */
function renderFoot(viewer: Viewer): Markup {
  const { t, user } = viewer;
  return html`<form class="logout" method="post" action="/logout">${csrfField(viewer)}<span>${user?.name}</span><button class="link" type="button" data-help>${t('keys.show')}</button><button class="link">${t('login.logout')}</button></form>`;
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
${(menu ? [...scripts, SHELL] : scripts).map((script) => html`<script type="module" src="${script}"></script>`)}
</head>
<body${menu ? '' : html` class="bare"`}>
<a class="skip" href="#main">${viewer.t('menu.skip')}</a>
${menu ? renderMenu(viewer, menu, renderFoot(viewer)) : ''}
<main id="main" tabindex="-1">${body}</main>
${menu ? html`${renderBar(viewer, menu)}${renderShortcuts(viewer)}` : ''}
</body>
</html>`;
}
