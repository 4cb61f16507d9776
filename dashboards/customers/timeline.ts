import { html, type Markup } from '../../src/lib/html.ts';
import { CASE_STATUSES } from '../../src/model/case.ts';
import { CONTACT_KINDS } from '../../src/model/customer.ts';
import type { CustomerId, DocumentId } from '../../src/model/ids.ts';
import { type Card, getCards } from '../../src/store/cards.ts';
import {
  countEvents,
  EVENT_KINDS,
  type EventKind,
  listEvents,
  type TimelineEvent,
} from '../../src/store/customer-timeline.ts';
import type { Db } from '../../src/store/db.ts';
import type { Viewer } from '../auth/session.ts';
import { complaintBadge, excerpt, money, number, reasonName, siteOf, time, tone } from '../views/format.ts';
import { renderPages } from '../views/table.ts';
import { channelName } from './words.ts';

const PAGE_SIZE = 30;
const EXCERPT = 200;
const MARKS: Record<EventKind, string> = { purchase: '◆', contact: '✆', mention: '❝', case: '⚑' };

export interface TimelineAsk {
  kind: EventKind | null;
  page: number;
}

/** Of an address: what it does not say, or says wrongly, is everything from the first page. */
export function timelineAsk(kind: unknown, page: number): TimelineAsk {
  return { kind: EVENT_KINDS.find((one) => one === kind) ?? null, page };
}

function renderPurchase(viewer: Viewer, { detail }: TimelineEvent): Markup {
  const { item = '', amount = 0, currency = '', channel } = detail;
  const back = amount < 0 ? html` <span class="tag">${viewer.t('event.refund')}</span>` : '';
  return html`${item}${back}, ${money(viewer, amount, currency)}${channel ? html` <span class="muted">${channelName(viewer, channel)}</span>` : ''}`;
}

function renderContact(viewer: Viewer, { detail }: TimelineEvent): Markup {
  const { t } = viewer;
  const kind = CONTACT_KINDS.find((one) => one === detail.contact);
  const { answered } = detail;
  const answer =
    typeof answered === 'boolean' ? html`, ${t(answered ? 'event.answered' : 'event.unanswered')}` : '';
  return html`${kind ? t(`contact.${kind}`) : ''}, ${channelName(viewer, detail.channel ?? '')}${detail.subject ? html`: ${detail.subject}` : ''} <span class="muted">${t(`event.${detail.direction === 'in' ? 'in' : 'out'}`)}${answer}</span>`;
}

function renderCase(viewer: Viewer, { id, detail }: TimelineEvent): Markup {
  const status = CASE_STATUSES.find((one) => one === detail.status);
  return html`<a href="/cases/${id}">№ ${id}</a>, ${reasonName(viewer, detail.reason ?? '')} <span class="muted">${status ? viewer.t(`case.status.${status}`) : ''}</span>`;
}

function renderMention(viewer: Viewer, card: Card | undefined): Markup {
  if (!card) return html`…`;
  const spans = card.mentions.flatMap((m) => m.spans.filter(({ field }) => field === 'text'));
  const strongest = card.mentions.find(({ complaint }) => complaint.isComplaint);
  return html`<a href="/mentions/${card.id}">${excerpt(viewer, card.text || card.title || '…', spans, EXCERPT)}</a><br>
    <span class="muted">${card.sourceName} · ${siteOf(card.url)}</span> ${card.mentions.map((m) => html`<span>${m.topicName} ${tone(viewer, m.sentiment)}</span> `)}${strongest ? complaintBadge(viewer, strongest.complaint) : ''}`;
}

function renderEvent(viewer: Viewer, event: TimelineEvent, cards: ReadonlyMap<number, Card>): Markup {
  const { kind, at } = event;
  const what =
    kind === 'purchase'
      ? renderPurchase(viewer, event)
      : kind === 'contact'
        ? renderContact(viewer, event)
        : kind === 'case'
          ? renderCase(viewer, event)
          : renderMention(viewer, cards.get(event.id));
  return html`<li class="event"><span class="event-when">${time(viewer, at)}</span><span class="event-kind"><span aria-hidden="true">${MARKS[kind]}</span> ${viewer.t(`event.${kind}`)}</span><div>${what}</div></li>`;
}

function renderFilter(viewer: Viewer, counts: Record<EventKind, number>, kind: EventKind | null): Markup {
  const { t } = viewer;
  const link = (href: string, words: string, n: number, isHere: boolean): Markup =>
    html`<li><a href="${href}#timeline"${isHere ? html` aria-current="true"` : ''}>${words} ${number(viewer, n)}</a></li>`;
  const all = EVENT_KINDS.reduce((sum, one) => sum + counts[one], 0);
  return html`<nav aria-label="${t('event.filter')}"><ul class="quick">${link('?', t('event.all'), all, kind === null)}
    ${EVENT_KINDS.filter((one) => counts[one] > 0).map((one) => link(`?kind=${one}`, t(`event.${one}s`), counts[one], kind === one))}</ul></nav>`;
}

/** Purchases, contacts, posts and cases in one order, newest first, page by page. */
export async function renderTimeline(
  db: Db,
  viewer: Viewer,
  id: CustomerId,
  { kind, page }: TimelineAsk,
): Promise<Markup> {
  const { t } = viewer;
  const [events, counts] = await Promise.all([
    listEvents(db, id, { kind, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
    countEvents(db, id),
  ]);
  const documents = events.filter((one) => one.kind === 'mention').map((one) => one.id as DocumentId);
  const cards = new Map((await getCards(db, documents)).map((card) => [card.id as number, card]));
  const list =
    events.length === 0
      ? html`<p class="empty">${t('event.none')}</p>`
      : html`<ol class="timeline">${events.map((event) => renderEvent(viewer, event, cards))}</ol>`;
  const path = `/customers/${id}?${kind ? `kind=${kind}&` : ''}`;
  const words = { previous: t('page.previous'), next: t('page.next') };
  return html`<section><h2 id="timeline">${t('card.timeline')}</h2>${renderFilter(viewer, counts, kind)}${list}${renderPages(path, page, events.length === PAGE_SIZE, words, '#timeline')}</section>`;
}
