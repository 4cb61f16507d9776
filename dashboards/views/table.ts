import { html, type Markup } from '../../src/lib/html.ts';

type Cell = Markup | string | number | null;

/** A table that scrolls by itself on narrow screens; `empty` is shown instead when there are no rows. */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  empty: string,
): Markup {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  return html`<div class="scroll" tabindex="0"><table><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}

/** Links to the neighbours of a page of a list; there is a next one when this one is full. */
export function renderPages(
  path: string,
  page: number,
  isFull: boolean,
  words: { previous: string; next: string },
): Markup {
  if (page === 1 && !isFull) return html``;
  return html`<nav class="pager">${page > 1 ? html`<a rel="prev" href="${path}page=${page - 1}">← ${words.previous}</a>` : ''}
    ${isFull ? html`<a rel="next" href="${path}page=${page + 1}">${words.next} →</a>` : ''}</nav>`;
}
