import { html, type Markup, safeHref } from '../../src/lib/html.ts';
import type { Tier } from '../../src/model/customer.ts';
import type { Complaint, Sentiment, Span } from '../../src/model/tag.ts';
import type { Viewer } from '../auth/session.ts';

/** Day and minute in the viewer's zone, with the exact time for machines. */
export function time(viewer: Viewer, at: Date | null): Markup {
  if (!at) return html`<span class="muted">${viewer.t('time.unknown')}</span>`;
  const shown = new Intl.DateTimeFormat(viewer.language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: viewer.zone,
  }).format(at);
  return html`<time datetime="${at.toISOString()}">${shown}</time>`;
}

export function number(viewer: Viewer, value: number): string {
  return new Intl.NumberFormat(viewer.language).format(value);
}

const MARKS: Record<string, string> = { negative: '▼', neutral: '■', positive: '▲', unsure: '◇' };

/** Never by colour alone: a shape and a word. */
export function tone(viewer: Viewer, { label, score, confidence }: Sentiment): Markup {
  const word = viewer.t(`tone.${label}`);
  const detail = `${word}, ${score.toFixed(1)}, ${Math.round(confidence * 100)} %`;
  return html`<span class="tone ${label}" title="${detail}"><span aria-hidden="true">${MARKS[label] ?? '◇'}</span> ${word}</span>`;
}

export function tierBadge(viewer: Viewer, tier: Tier | null): Markup {
  return tier ? html`<abbr class="tier" title="${viewer.t(`tier.${tier}`)}">${tier}</abbr>` : html``;
}

export function complaintBadge(viewer: Viewer, complaint: Complaint): Markup {
  if (!complaint.isComplaint) return html``;
  return html`<span class="complaint">${viewer.t('complaint.label')}: ${viewer.t(`reason.${complaint.reason}`)}</span>`;
}

/** A link that leaves the house. */
export function outside(url: string, text: string): Markup {
  return html`<a href="${safeHref(url)}" rel="noopener noreferrer nofollow" target="_blank">${text}</a>`;
}

export function siteOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : '';
}

type Range = Pick<Span, 'start' | 'end'>;

/** Text with the ranges marked; overlapping ones are joined, and ends outside the text are cut. */
export function marked(text: string, ranges: readonly Range[]): Markup {
  const sorted = [...ranges].sort((a, b) => a.start - b.start);
  const parts: Markup[] = [];
  let at = 0;
  for (const { start, end } of sorted) {
    const from = Math.max(at, start);
    const to = Math.min(text.length, end);
    if (to <= from) continue;
    parts.push(html`${text.slice(at, from)}<mark>${text.slice(from, to)}</mark>`);
    at = to;
  }
  return html`${parts}${text.slice(at)}`;
}

const CONTEXT = 90;

/** About `length` characters around the first range, with the ranges moved along. */
export function excerpt(text: string, ranges: readonly Range[], length: number): Markup {
  const first = ranges.length > 0 ? Math.min(...ranges.map((range) => range.start)) : 0;
  const from = first > length - CONTEXT ? Math.max(0, first - CONTEXT) : 0;
  const shown = text.slice(from, from + length).toWellFormed();
  const moved = ranges
    .map(({ start, end }) => ({ start: start - from, end: end - from }))
    .filter(({ end }) => end > 0);
  return html`${from > 0 ? '…' : ''}${marked(shown, moved)}${from + length < text.length ? '…' : ''}`;
}
