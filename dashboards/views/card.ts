import { html, type Markup } from '../../src/lib/html.ts';
import { type Complaint, levelOf, type Span } from '../../src/model/tag.ts';
import type { Card } from '../../src/store/cards.ts';
import type { Viewer } from '../auth/session.ts';
import type { CustomerNames } from '../customer-names.ts';
import { renderMarks } from '../rules/marks.ts';
import { complaintBadge, excerpt, kindBadge, siteOf, tierBadge, time, tone } from './format.ts';
import { shownText } from './private.ts';

const EXCERPT = 320;
const MAX_HEADING = 80;

/** Ranges of the text to mark: what the search asked for, else where the topics are named. */
export type Highlights = (text: string) => Pick<Span, 'start' | 'end'>[];

interface CardContext {
  /** null: everything here was written by one customer, whose page this is. */
  names: CustomerNames | null;
  highlights?: Highlights;
  /** Where its heading leads; to its own page where it is not said. */
  href?: string;
  /** It is read beside the list now. */
  isOpen?: boolean;
  /** It can be picked for the form of this id. */
  picksFor?: string;
}

function topicSpans(card: Card): Pick<Span, 'start' | 'end'>[] {
  return card.mentions.flatMap(({ spans }) => spans.filter((span) => span.field === 'text'));
}

function renderCustomer(viewer: Viewer, { customerId, tier }: Card, names: CustomerNames | null): Markup {
  if (customerId === null || !names) return html``;
  const word = viewer.t('mention.customer');
  return html`<span>${word}: <a href="/customers/${customerId}">${names.get(customerId) ?? `№ ${customerId}`}</a> ${tierBadge(viewer, tier)}</span>`;
}

/** A post without a title is headed by its thread, else by its first words. */
function headingOf(viewer: Viewer, { title, threadTitle, text }: Card): string {
  if (title ?? threadTitle) return shownText(viewer, title ?? threadTitle ?? '');
  const words = shownText(viewer, text).slice(0, MAX_HEADING).toWellFormed();
  return words === '' ? '…' : words;
}

/** What looks most like a complaint in it. */
function strongestOf({ mentions }: Card): Complaint | undefined {
  const complaints = mentions.map(({ complaint }) => complaint);
  return (
    complaints.find((one) => levelOf(one) === 'alert') ??
    complaints.find((one) => one.isComplaint || levelOf(one) === 'review')
  );
}

/** Not what says nothing, or what stands beside it already. */
function renderKind(viewer: Viewer, { postKind }: Card, isComplaint: boolean): Markup | '' {
  const isTold = postKind && postKind.kind !== 'other' && !(postKind.kind === 'complaint' && isComplaint);
  return isTold ? kindBadge(viewer, postKind) : '';
}

function renderPick(viewer: Viewer, card: Card, form: string | undefined): Markup | '' {
  if (form === undefined) return '';
  const label = viewer.t('bulk.pick', { heading: headingOf(viewer, card) });
  return html`<input type="checkbox" name="pick" value="${card.id}" form="${form}" aria-label="${label}">`;
}

/** One document in a list. */
export function renderCard(viewer: Viewer, card: Card, context: CardContext): Markup {
  const { names, highlights, href = `/mentions/${card.id}`, isOpen = false, picksFor } = context;
  const asked = highlights?.(card.text) ?? [];
  const ranges = asked.length > 0 ? asked : topicSpans(card);
  const complaint = strongestOf(card);
  return html`<article class="mention"${isOpen ? html` aria-current="true"` : ''}>
    <header>
      ${renderPick(viewer, card, picksFor)}<span class="who">${card.author ?? viewer.t('author.unknown')}</span>
      ${renderCustomer(viewer, card, names)}
      <span class="muted">${card.sourceName} · ${siteOf(card.url)} · ${time(viewer, card.time)}</span>
    </header>
    <h3><a href="${href}" data-document="${card.id}">${headingOf(viewer, card)}</a></h3>
    <p>${excerpt(viewer, card.text, ranges, EXCERPT)}</p>
    <footer>${card.mentions.map((m) => html`<span class="topic">${m.topicName} ${tone(viewer, m.sentiment)}${renderMarks(viewer, m)}</span>`)}
      ${complaint ? complaintBadge(viewer, complaint) : ''} ${renderKind(viewer, card, complaint !== undefined)}</footer>
  </article>`;
}
