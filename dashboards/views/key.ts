import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';

/** The short name of a topic or a rule: made of its name where nothing is written, and fixed once it is saved. */
export function renderKey({ t }: Viewer, key: string, isKnown: boolean): Markup {
  const pattern = '[a-z0-9][a-z0-9_\\-]*';
  return html`<label>${t('key.label')}<input name="key" value="${key}" pattern="${pattern}" maxlength="64" autocomplete="off" autocapitalize="none" spellcheck="false"${isKnown ? html` readonly` : ''}><small class="muted">${t(isKnown ? 'key.fixed' : 'key.hint')}</small></label>`;
}
