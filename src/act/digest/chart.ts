import { html, Markup } from '../../lib/html.ts';
import type { SentimentLabel } from '../../model/tag.ts';
import { foreign, INK, MUTED, TONE_FILLS } from './frame.ts';
import { TONES } from './texts.ts';
import { TONE_ORDER, type Wording } from './wording.ts';

/** Charts are tables with coloured cells: no mail client blocks those as it blocks pictures, and each cell has its number written in it. */
const TABLE = new Markup('role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"');

const FILLS = {
  now: { colour: '#1f5fa8', ink: '#ffffff' },
  usual: { colour: '#c9d7e8', ink: '#1d2126' },
} as const;

export interface Bar {
  /** Of the longest, 0…1. */
  length: number;
  /** What it says; stands inside where there is room, else beside it. */
  words: string;
  fill: keyof typeof FILLS;
}

/** Shorter bars have their words beside them. */
const ROOM = 45;

function widthOf(length: number): number {
  return Math.min(100, Math.max(1, Math.round(length * 100)));
}

function bar({ length, words, fill }: Bar): Markup {
  const text = 'font-size:13px;line-height:20px;height:20px;';
  if (length <= 0) return html`<p class="ink" style="margin:0 0 2px;${text}${INK}">${words}</p>`;
  const width = widthOf(length);
  const { colour, ink } = FILLS[fill];
  const inside = width >= ROOM ? html`&nbsp;${words}` : html`&nbsp;`;
  const beside =
    width < ROOM
      ? html`<td class="ink" style="padding:0 0 0 6px;text-align:left;${text}${INK}">${words}</td>`
      : width < 100 && html`<td style="${text}">&nbsp;</td>`;
  return html`<table ${TABLE} style="margin:0 0 2px;"><tr><td class="${fill}" width="${width}%" bgcolor="${colour}" style="width:${width}%;padding:0;text-align:left;background-color:${colour};color:${ink};${text}">${inside}</td>${beside}</tr></table>`;
}

export interface LabelledBar {
  label: string;
  length: number;
  words: string;
}

/** Many bars of one sort under each other, each with its name beside it. */
export function labelledBars(rows: readonly LabelledBar[]): Markup {
  const row = ({ label, length, words }: LabelledBar): Markup =>
    html`<tr><td class="muted" width="34%" style="width:34%;padding:0 8px 2px 0;text-align:left;vertical-align:top;font-size:13px;line-height:20px;${MUTED}">${foreign(label)}</td><td style="padding:0;text-align:left;vertical-align:top;">${bar({ length, words, fill: 'now' })}</td></tr>`;
  return html`<table ${TABLE} style="margin:0 0 8px;table-layout:fixed;">${rows.map(row)}</table>`;
}

export function textLabelledBars(rows: readonly LabelledBar[]): string {
  return rows
    .map(({ label, length, words }) => `${label}: ${textBar(length)} ${words}`.replace('  ', ' '))
    .join('\n');
}

/** A name over its bars. */
export function barGroup(name: Markup | string, hint: string, bars: readonly Bar[]): Markup {
  return html`<p class="ink" style="margin:0 0 3px;font-size:14px;line-height:20px;${INK}"><strong>${typeof name === 'string' ? foreign(name) : name}</strong>${hint !== '' && html` <span class="muted" style="font-size:13px;${MUTED}">${hint}</span>`}</p>${bars.map(bar)}<p style="margin:0 0 10px;font-size:1px;line-height:1px;">&nbsp;</p>`;
}

/** Cells as wide as their share, each with its count; the words beside it say the same. */
export function toneBar(counts: Record<SentimentLabel, number>): Markup {
  const present = TONE_ORDER.filter((label) => counts[label] > 0);
  const sum = present.reduce((total, label) => total + counts[label], 0);
  const cells = present.map((label) => {
    const share = widthOf(counts[label] / sum);
    const words = share >= 16 ? `${TONES[label].mark} ${counts[label]}` : share >= 8 ? TONES[label].mark : '';
    const colour = TONE_FILLS[label];
    return html`<td class="${label}" width="${share}%" bgcolor="${colour}" align="center" style="width:${share}%;height:20px;padding:0;background-color:${colour};color:#ffffff;font-size:12px;line-height:20px;">${words}</td>`;
  });
  return html`<table ${TABLE} aria-hidden="true" style="margin:0 0 6px;table-layout:fixed;"><tr>${cells}</tr></table>`;
}

/** All four, also those that are nothing: what is not sure is shown as a label of its own. */
export function toneWords(counts: Record<SentimentLabel, number>, words: Wording): Markup {
  const parts = TONE_ORDER.map(
    (label, at) =>
      html`${at > 0 && ' · '}<span style="white-space:nowrap">${words.tone(label)} <strong>${words.number(counts[label])}</strong></span>`,
  );
  return html`${parts}`;
}

const TEXT_LENGTH = 24;

/** The same in letters; whoever is there at all gets at least one. */
export function textBar(length: number, sign = '█'): string {
  return length <= 0 ? '' : sign.repeat(Math.max(1, Math.round(length * TEXT_LENGTH)));
}

export function textToneBar(counts: Record<SentimentLabel, number>): string {
  const sum = TONE_ORDER.reduce((total, label) => total + counts[label], 0);
  return TONE_ORDER.map((label) => textBar(sum === 0 ? 0 : counts[label] / sum, TONES[label].mark)).join('');
}

export function textTones(counts: Record<SentimentLabel, number>, words: Wording): string {
  return TONE_ORDER.map((label) => `${words.tone(label)} ${words.number(counts[label])}`).join(' · ');
}
