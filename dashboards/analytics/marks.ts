import { html, type Markup } from '../../src/lib/html.ts';
import type { Bar, Column, Part } from './figure.ts';

/** Wide of one column, its gap included. */
export const STEP = 10;
/** The smallest that is seen of something. */
const LEAST = 1.5;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const round = (value: number): number => Math.round(value * 10) / 10;

function rect(look: string, { x, y, width, height }: Box, inside: Markup | '' = ''): Markup {
  return html`<rect class="${look}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}">${inside}</rect>`;
}

/** A mark that leads to its posts and says on hover what it is; whoever has no pointer finds the same in the table. */
function renderPart({ look, words, href }: Part, box: Box, isLinked: boolean): Markup {
  if (!isLinked) return rect(look, box);
  return html`<a href="${href}" tabindex="-1">${rect(look, box, html`<title>${words}</title>`)}</a>`;
}

const sum = (parts: readonly Part[]): number => parts.reduce((all, { value }) => all + value, 0);

/** The largest of all, at least 1. */
export function topOf(all: readonly { parts: readonly Part[] | null; before: number | null }[]): number {
  return Math.max(1, ...all.map(({ parts, before }) => Math.max(parts ? sum(parts) : 0, before ?? 0)));
}

/** Columns from zero, parts one upon the other; what they are compared with stands behind them in outline. */
export function renderColumns(columns: readonly Column[], height: number, isLinked: boolean): Markup {
  const top = topOf(columns);
  const scaled = (value: number): number => (value === 0 ? 0 : Math.max(LEAST, (value / top) * height));
  const drawn = columns.map(({ parts, before }, at) => {
    const x = at * STEP;
    const behind = scaled(before ?? 0);
    const outline =
      behind > 0 ? rect('outline', { x: x + 0.5, y: height - behind, width: STEP - 1, height: behind }) : '';
    let y = height;
    const marks = (parts ?? []).flatMap((part) => {
      const tall = scaled(part.value);
      if (tall === 0) return [];
      y -= tall;
      return [renderPart(part, { x: x + 1.5, y, width: STEP - 3, height: tall }, isLinked)];
    });
    return html`${outline}${marks}`;
  });
  return html`${drawn}`;
}

/** One bar from zero to the right. */
export function renderBar(
  { parts, before }: Bar,
  top: number,
  { width, height }: Pick<Box, 'width' | 'height'>,
  isLinked: boolean,
): Markup {
  const scaled = (value: number): number => (value === 0 ? 0 : Math.max(LEAST / 3, (value / top) * width));
  const behind = scaled(before ?? 0);
  const outline = behind > 0 ? rect('outline', { x: 0, y: 0.5, width: behind, height: height - 1 }) : '';
  let x = 0;
  const marks = parts.flatMap((part) => {
    const wide = scaled(part.value);
    if (wide === 0) return [];
    const mark = renderPart(part, { x, y: 2, width: wide, height: height - 4 }, isLinked);
    x += wide;
    return [mark];
  });
  return html`${outline}${marks}`;
}

/** How dark a cell is: 0 nothing … 4 the most. */
export function levelOf(posts: number, top: number): number {
  return posts === 0 ? 0 : Math.max(1, Math.ceil((posts / top) * 4));
}
