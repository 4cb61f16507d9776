import { html, type Markup } from '../../src/lib/html.ts';

/** What has just been done, said once: the address carries `?done=1` after the redirect. */
export function renderNotice(query: { done?: unknown }, words: string): Markup {
  return query.done === '1' ? html`<p class="note done" role="status">${words}</p>` : html``;
}
