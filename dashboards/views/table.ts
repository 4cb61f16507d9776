import { html, type Markup } from '../../src/lib/html.ts';

type Cell = Markup | string | number | null;

/**
 * A table; on narrow screens each row becomes a block whose cells carry their heading's word. `empty` is shown instead
 * when there are no rows. The roles keep it a table for screen readers when it is drawn as blocks.
 */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  empty: Markup | string,
): Markup {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  const cell = (value: Cell, column: number): Markup =>
    html`<td role="cell" data-label="${head[column] ?? ''}">${value}</td>`;
  return html`<table role="table"><thead role="rowgroup"><tr role="row">${head.map((word) => html`<th scope="col" role="columnheader">${word}</th>`)}</tr></thead>
    <tbody role="rowgroup">${rows.map((row) => html`<tr role="row">${row.map(cell)}</tr>`)}</tbody></table>`;
}

/** The table behind a chart: so narrow that it stays one on every screen, and so long that what each cell says again would be most of the page. */
export function renderFigures(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  empty: Markup | string,
): Markup {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  return html`<table class="figures"><thead><tr>${head.map((word) => html`<th scope="col">${word}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((value) => html`<td>${value}</td>`)}</tr>`)}</tbody></table>`;
}

/** Links to the neighbours of a page of a list; there is a next one when this one is full. */
export function renderPages(
  path: string,
  page: number,
  isFull: boolean,
  words: { previous: string; next: string },
  /** `#timeline`: where on the page the list stands. */
  place = '',
): Markup {
  if (page === 1 && !isFull) return html``;
  return html`<nav class="pager">${page > 1 ? html`<a rel="prev" href="${path}page=${page - 1}${place}">← ${words.previous}</a>` : ''}
    ${isFull ? html`<a rel="next" href="${path}page=${page + 1}${place}">${words.next} →</a>` : ''}</nav>`;
}
