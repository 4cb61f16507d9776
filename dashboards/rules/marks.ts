import { html, type Markup } from '../../src/lib/html.ts';
import type { CardMention } from '../../src/store/cards.ts';
import type { Viewer } from '../auth/session.ts';

/** Priority, tags, person and basket of a mention, small: nothing for a mention about which nothing was decided. */
export function renderMarks({ t }: Viewer, mention: CardMention): Markup {
  const { priority, tags, assigned, isInBasket } = mention;
  return html`${priority === 'normal' ? '' : html` <span class="priority ${priority}">${t(`priority.${priority}`)}</span>`}${tags.map((tag) => html` <span class="tag">${tag}</span>`)}${assigned ? html` <span class="muted">→ ${assigned}</span>` : ''}${isInBasket ? html` <a class="tag" href="/basket">${t('decided.in.basket')}</a>` : ''}`;
}
