import { dateFormat, numberFormat } from '../../src/lib/formats.ts';
import { html, type Markup, safeHref } from '../../src/lib/html.ts';
import { REASONS } from '../../src/model/correction.ts';
import type { Tier } from '../../src/model/customer.ts';
import {
  type Complaint,
  type ComplaintReason,
  type KindTag,
  levelOf,
  type Sentiment,
  type Span,
} from '../../src/model/tag.ts';
import type { Viewer } from '../auth/session.ts';
import { shownText } from './private.ts';

function formatter({ language, zone }: Viewer, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return dateFormat(language, { ...options, timeZone: zone });
}

const SHORT = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;

/**
 * Day and minute in the viewer's zone, the year only when it is another one; with the exact time for machines, and
 * with the second and the zone on hover.
 */
export function time(viewer: Viewer, at: Date | null): Markup {
  if (!at) return html`<span class="muted">${viewer.t('time.unknown')}</span>`;
  const year = formatter(viewer, { year: 'numeric' });
  const isThisYear = year.format(at) === year.format(viewer.now);
  const shown = formatter(viewer, isThisYear ? SHORT : { ...SHORT, year: 'numeric' }).format(at);
  const exact = formatter(viewer, { dateStyle: 'medium', timeStyle: 'long' }).format(at);
  return html`<time datetime="${at.toISOString()}" title="${exact}">${shown}</time>`;
}

/** A day in the viewer's zone. */
export function day(viewer: Viewer, at: Date): Markup {
  return html`<time datetime="${at.toISOString()}">${formatter(viewer, { dateStyle: 'medium' }).format(at)}</time>`;
}

const MINUTE_MS = 60_000;

/** `through 3 hours`, `2 days ago`: rounded to the unit that people would say. */
export function distance({ language, now }: Viewer, at: Date): string {
  const words = new Intl.RelativeTimeFormat(language, { style: 'short', numeric: 'always' });
  const minutes = Math.round((at.getTime() - now.getTime()) / MINUTE_MS);
  if (Math.abs(minutes) < 60) return words.format(minutes, 'minute');
  if (Math.abs(minutes) < 48 * 60) return words.format(Math.round(minutes / 60), 'hour');
  return words.format(Math.round(minutes / 60 / 24), 'day');
}

/** `2 900 ₽`; a currency that Intl does not know is written as it stands. */
export function money({ language }: Viewer, amount: number, currency: string): string {
  if (!/^[A-Za-z]{3}$/.test(currency)) return `${amount} ${currency}`;
  const digits = Number.isInteger(amount) ? { maximumFractionDigits: 0 } : {};
  return numberFormat(language, { style: 'currency', currency, ...digits }).format(amount);
}

/** `25 %`; a share below a tenth with one decimal. */
export function percent({ language }: Viewer, share: number): string {
  const digits = share > 0 && share < 0.1 ? 1 : 0;
  return numberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(share);
}

export function number(viewer: Viewer, value: number): string {
  return numberFormat(viewer.language).format(value);
}

const MARKS: Record<string, string> = { negative: '▼', neutral: '■', positive: '▲', unsure: '◇' };

/** Never by colour alone: a shape and a word. */
export function tone(viewer: Viewer, { label, score, confidence }: Sentiment): Markup {
  const word = viewer.t(`tone.${label}`);
  const detail = `${word}, ${score.toFixed(1)}, ${Math.round(confidence * 100)} %`;
  return html`<span class="tone ${label}" title="${detail}"><span aria-hidden="true">${markOf(label)}</span> ${word}</span>`;
}

const markOf = (label: string): string => MARKS[label] ?? '◇';

/** The shape alone, for where the word stands beside it. */
export function toneMark(label: string): Markup {
  return html`<span class="tone ${label}" aria-hidden="true">${markOf(label)}</span>`;
}

export function tierBadge(viewer: Viewer, tier: Tier | null): Markup {
  return tier ? html`<abbr class="tier" title="${viewer.t(`tier.${tier}`)}">${tier}</abbr>` : html``;
}

/** What is not sure says so. */
export function complaintBadge(viewer: Viewer, complaint: Complaint): Markup {
  const { t } = viewer;
  const reason = reasonName(viewer, complaint.reason);
  const detail = t('complaint.probability', { percent: Math.round(complaint.probability * 100) });
  if (levelOf(complaint) === 'review')
    return html`<span class="complaint review" title="${detail}">${t('complaint.review')}: ${reason}</span>`;
  if (!complaint.isComplaint) return html``;
  return html`<span class="complaint" title="${detail}">${t('complaint.label')}: ${reason}</span>`;
}

/** Below it another kind may well be right, too. */
const UNSURE_KIND = 0.5;

/** What a post is for, and how sure that is. */
export function kindBadge({ t }: Viewer, { kind, confidence }: KindTag): Markup {
  const percent = Math.round(confidence * 100);
  const mark = confidence < UNSURE_KIND ? '?' : '';
  return html`<span class="kind" title="${t('kind.sure', { percent })}">${t(`kind.${kind}`)}${mark}</span>`;
}

/** What a complaint is about; an installation's own reason is its own name. */
export function reasonName(viewer: Viewer, reason: ComplaintReason): string {
  const known = REASONS.find((one) => one === reason);
  return known ? viewer.t(`reason.${known}`) : reason;
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

/** Without the part of a word at the end, unless that word is endless. */
function atWord(text: string): string {
  return text.replace(/[^\p{L}\p{N}]*[\p{L}\p{N}]{0,24}$/u, '') || text;
}

/** About `length` characters of a document's text around the first range, as the viewer may see them, with the ranges moved along. */
export function excerpt(viewer: Viewer, whole: string, ranges: readonly Range[], length: number): Markup {
  const text = shownText(viewer, whole);
  const first = ranges.length > 0 ? Math.min(...ranges.map((range) => range.start)) : 0;
  const from = first > length - CONTEXT ? Math.max(0, first - CONTEXT) : 0;
  const isCut = from + length < text.length;
  const cut = text.slice(from, from + length);
  const shown = (isCut ? atWord(cut) : cut).toWellFormed();
  const moved = ranges
    .map(({ start, end }) => ({ start: start - from, end: end - from }))
    .filter(({ end }) => end > 0);
  return html`${from > 0 ? '…' : ''}${marked(shown, moved)}${isCut ? '…' : ''}`;
}
