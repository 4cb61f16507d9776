import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import type { TextKey } from '../texts.ts';

/** What a key does; `shell.js` finds them by their places on the keyboard, so that they work with Russian letters too. */
const EVERYWHERE: readonly (readonly [keys: readonly string[], what: TextKey])[] = [
  [['/'], 'keys.search'],
  [['g', 't'], 'menu.today'],
  [['g', 'm'], 'menu.mentions'],
  [['g', 'c'], 'menu.cases'],
  [['g', 'r'], 'menu.review'],
  [['?'], 'keys.help'],
];

const IN_LISTS: typeof EVERYWHERE = [
  [['j'], 'keys.next'],
  [['k'], 'keys.previous'],
  [['Enter'], 'keys.open'],
  [['x'], 'keys.pick'],
  [['Esc'], 'keys.close'],
];

function renderKeys({ t }: Viewer, keys: typeof EVERYWHERE): Markup {
  return html`<dl class="keys-list">${keys.map(
    ([names, what]) => html`<dt>${names.map((name) => html`<kbd>${name}</kbd> `)}</dt><dd>${t(what)}</dd>`,
  )}</dl>`;
}

/** Keys of a list, where there is a keyboard and a script that listens to it. */
export function renderListKeys(viewer: Viewer): Markup {
  return html`<div class="keys aside">${renderKeys(viewer, IN_LISTS)}</div>`;
}

/** The sheet that `?` opens. */
export function renderShortcuts(viewer: Viewer): Markup {
  const { t } = viewer;
  return html`<dialog class="shortcuts" id="shortcuts" aria-labelledby="shortcuts-title"><p id="shortcuts-title"><strong>${t('keys.title')}</strong></p>
    <p class="muted">${t('keys.everywhere')}</p>${renderKeys(viewer, EVERYWHERE)}<p class="muted">${t('keys.lists')}</p>${renderKeys(viewer, IN_LISTS)}
    <p class="muted">${t('keys.post')}</p><form method="dialog"><button>${t('keys.done')}</button></form></dialog>`;
}
