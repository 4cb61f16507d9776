import { html, type Markup } from '../../src/lib/html.ts';
import type { Span } from '../../src/model/tag.ts';
import type { Card } from '../../src/store/cards.ts';
import type { Viewer } from '../auth/session.ts';
import { complaintBadge, excerpt, siteOf, tierBadge, time, tone } from './format.ts';

const EXCERPT = 320;

/** Ranges of the text to mark: what the search asked for, else where the topics are named. */
export type Highlights = (text: string) => Pick<Span, 'start' | 'end'>[];

function topicSpans(card: Card): Pick<Span, 'start' | 'end'>[] {
  return card.mentions.flatMap(({ spans }) => spans.filter((span) => span.field === 'text'));
}

/** One document in a list. */
export function renderCard(viewer: Viewer, card: Card, highlights?: Highlights): Markup {
  const asked = highlights?.(card.text) ?? [];
  const ranges = asked.length > 0 ? asked : topicSpans(card);
  const complaint = card.mentions.find((mention) => mention.complaint.isComplaint)?.complaint;
  return html`<article class="mention">
    <header>
      <span class="who">${card.author ?? '—'}</span>
      ${card.customerId === null ? '' : html`<a href="/customers/${card.customerId}">${viewer.t('mention.customer')}</a> ${tierBadge(viewer, card.tier)}`}
      <span class="muted">${card.sourceName} · ${siteOf(card.url)} · ${time(viewer, card.time)}</span>
    </header>
    <h3><a href="/mentions/${card.id}">${card.title ?? card.threadTitle ?? card.text.slice(0, 80)}</a></h3>
    <p>${excerpt(card.text, ranges, EXCERPT)}</p>
    <footer>${card.mentions.map((m) => html`<span class="topic">${m.topicName} ${tone(viewer, m.sentiment)}</span>`)}
      ${complaint ? complaintBadge(viewer, complaint) : ''}</footer>
  </article>`;
}
