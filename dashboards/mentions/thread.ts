import { html, type Markup } from '../../src/lib/html.ts';
import type { ThreadContext, ThreadPost } from '../../src/store/thread-context.ts';
import type { Viewer } from '../auth/session.ts';
import { time } from '../views/format.ts';
import { shownText } from '../views/private.ts';

const EXCERPT = 160;

function renderPost(viewer: Viewer, { id, author, time: at, text, place }: ThreadPost): Markup {
  const { t } = viewer;
  const words = shownText(viewer, text);
  const cut = words.length > EXCERPT ? `${words.slice(0, EXCERPT).toWellFormed()}…` : words;
  return html`<li class="${place}"><small class="muted">${t(`thread.${place}`)} · ${author ?? t('author.unknown')} · ${time(viewer, at)}</small><br><a href="/mentions/${id}">${cut || '…'}</a></li>`;
}

/** What the post answers, and what stands around it. */
export function renderThread(viewer: Viewer, { posts, total }: ThreadContext): Markup {
  if (posts.length === 0) return html``;
  const { t } = viewer;
  return html`<details class="thread" open><summary>${t('thread.title', { documents: t.count('documents', total) })}</summary><ol class="plain">${posts.map((post) => renderPost(viewer, post))}</ol></details>`;
}
