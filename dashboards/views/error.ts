import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import { TEXTS, type TextKey } from '../texts.ts';
import { renderLayout } from './layout.ts';
import type { MenuGroup } from './menu.ts';

function keyFor(status: number): TextKey {
  const key = `error.${status}`;
  return key in TEXTS ? (key as TextKey) : status < 500 ? 'error.400' : 'error.500';
}

function hintFor({ t }: Viewer, status: number): string {
  if (status === 403) return t('error.403.hint');
  if (status === 404) return t('error.404.hint');
  if (status === 429) return t('error.429.hint');
  return status >= 500 ? t('error.500.hint') : '';
}

/** `menu`: for those who are logged in, so that an error is no dead end. */
export function renderError(
  viewer: Viewer,
  status: number,
  { detail, menu }: { detail: string; menu?: readonly MenuGroup[] | undefined },
): Markup {
  const { t } = viewer;
  const hint = hintFor(viewer, status);
  const title = t(keyFor(status));
  return renderLayout(viewer, {
    title,
    ...(menu ? { menu } : {}),
    body: html`<section class="card narrow"><h1>${title}</h1>
      ${detail ? html`<pre class="error">${detail}</pre>` : ''}${hint ? html`<p>${hint}</p>` : ''}
      <p><a href="/">${t('error.home')}</a></p></section>`,
  });
}
