import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import { TEXTS, type TextKey } from '../texts.ts';
import { renderLayout } from './layout.ts';

function keyFor(status: number): TextKey {
  const key = `error.${status}`;
  return key in TEXTS ? (key as TextKey) : status < 500 ? 'error.400' : 'error.500';
}

export function renderError(viewer: Viewer, status: number, detail: string): Markup {
  const { t } = viewer;
  const hint = status === 403 ? t('error.403.hint') : status >= 500 ? t('error.500.hint') : '';
  const title = t(keyFor(status));
  return renderLayout(viewer, {
    title,
    body: html`<section class="card narrow"><h1>${title}</h1>
      ${detail ? html`<pre class="error">${detail}</pre>` : ''}${hint ? html`<p>${hint}</p>` : ''}
      <p><a href="/">${t('error.home')}</a></p></section>`,
  });
}
